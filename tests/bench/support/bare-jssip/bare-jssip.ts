import { UA, WebSocketInterface } from 'jssip';

/**
 * The phone that JsSIP's own documentation shows: register, answer, play. What the engine is measured against, so
 * nothing here is clever.
 */

type Session = {
  readonly direction: 'incoming' | 'outgoing';
  readonly connection: RTCPeerConnection | null;
  on(event: string, listener: (event: { peerconnection: RTCPeerConnection }) => void): void;
  answer(options: object): void;
  terminate(): void;
};
type BareAgent = {
  start(): void;
  on(event: string, listener: (event: { session: Session }) => void): void;
};

const now = () => performance.timeOrigin + performance.now();
const player = new Audio();
player.autoplay = true;
let session: Session | null = null;

const bare = {
  registered: false,
  /** Epoch ms of the frame that shows the ring. */
  shownAt: 0,
  answeredAt: 0,
  pressedAt: 0,
  idleAt: 0,
  /** The frame that shows the end. */
  endShownAt: 0,
  start: (account: { uri: string; password: string; url: string }) => {
    // Our declarations know only what the engine uses; this is the documented configuration.
    const agent = new (UA as unknown as new (configuration: object) => BareAgent)({
      sockets: [new WebSocketInterface(account.url)],
      uri: account.uri,
      password: account.password,
    });
    agent.on('registered', () => {
      bare.registered = true;
    });
    agent.on('newRTCSession', ({ session: incoming }) => {
      if (incoming.direction !== 'incoming') return;
      session = incoming;
      bare.shownAt = 0;
      bare.answeredAt = 0;
      document.body.textContent = 'Ringing';
      requestAnimationFrame(() => {
        bare.shownAt = now();
      });
      incoming.on('peerconnection', ({ peerconnection }) => {
        peerconnection.addEventListener('track', ({ streams }) => {
          player.srcObject = streams[0] ?? null;
        });
      });
      for (const event of ['ended', 'failed']) {
        incoming.on(event, () => {
          bare.idleAt = now();
          document.body.textContent = 'Idle';
          requestAnimationFrame(() => {
            bare.endShownAt = now();
          });
        });
      }
    });
    agent.start();
  },
  answer: (audio: MediaTrackConstraints) => {
    bare.answeredAt = now();
    session?.answer({ mediaConstraints: { audio, video: false } });
  },
  end: () => {
    bare.pressedAt = now();
    session?.terminate();
  },
};

Object.assign(window, { bare });
