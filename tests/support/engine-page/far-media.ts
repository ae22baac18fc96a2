import type { Page } from 'playwright';
import type { EngineBrowser } from './engine-page.ts';

/** The audio behind a scripted peer: a real connection, in a page of its own, that a call can live on. */
export type FarMedia = {
  /** An offer that nothing is bound to, as good as one that is refused. */
  readonly draft: () => Promise<string>;
  readonly offer: () => Promise<string>;
  readonly take: (answer: string) => Promise<void>;
  /** The offer was refused. */
  readonly withdraw: () => Promise<void>;
  readonly answer: (offer: string) => Promise<string>;
  readonly close: () => Promise<void>;
};

export type FarMediaPage = {
  readonly open: () => FarMedia;
  readonly close: () => Promise<void>;
};

type FarWindow = { farPeers: Map<number, RTCPeerConnection>; farMicrophone: MediaStream };
type Step = 'draft' | 'offer' | 'take' | 'withdraw' | 'answer' | 'close';

/** Runs in the page. Serialised: it sees nothing of this file. */
const step = async ([id, what, sdp]: readonly [number, Step, string]): Promise<string> => {
  const { farPeers, farMicrophone } = window as unknown as FarWindow;
  let peer = farPeers.get(id);
  if (peer === undefined) {
    peer = new RTCPeerConnection();
    farPeers.set(id, peer);
    const [track] = farMicrophone.getAudioTracks();
    if (track !== undefined && what !== 'answer') peer.addTrack(track, farMicrophone);
  }
  const gathered = async (one: RTCPeerConnection) => {
    while (one.iceGatheringState !== 'complete') await new Promise((done) => setTimeout(done, 5));
    return one.localDescription?.sdp ?? '';
  };
  switch (what) {
    case 'draft':
      return (await peer.createOffer()).sdp ?? '';
    case 'offer':
      await peer.setLocalDescription(await peer.createOffer());
      return gathered(peer);
    case 'take':
      await peer.setRemoteDescription({ type: 'answer', sdp });
      return '';
    case 'withdraw':
      await peer.setLocalDescription({ type: 'rollback' });
      return '';
    case 'answer': {
      await peer.setRemoteDescription({ type: 'offer', sdp });
      const [track] = farMicrophone.getAudioTracks();
      if (track !== undefined && peer.getSenders().every((sender) => sender.track === null))
        peer.addTrack(track, farMicrophone);
      await peer.setLocalDescription(await peer.createAnswer());
      return gathered(peer);
    }
    case 'close':
      peer.close();
      farPeers.delete(id);
      return '';
  }
};

export const openFarMedia = async (browser: EngineBrowser): Promise<FarMediaPage> => {
  const page: Page = await browser.openRaw('nobody.html');
  await page.evaluate(async () => {
    const farMicrophone = await navigator.mediaDevices.getUserMedia({ audio: true });
    Object.assign(window, { farPeers: new Map(), farMicrophone });
  });
  let count = 0;
  return {
    open: () => {
      count += 1;
      const id = count;
      const run = (what: Step, sdp = '') => page.evaluate(step, [id, what, sdp] as const);
      return {
        draft: () => run('draft'),
        offer: () => run('offer'),
        take: async (answer) => {
          await run('take', answer);
        },
        withdraw: async () => {
          await run('withdraw');
        },
        answer: (offer) => run('answer', offer),
        close: async () => {
          await run('close');
        },
      };
    },
    close: () => page.close(),
  };
};
