import type { JoinOrder } from '../../../shared/ipc/supervision.ts';
import type { Logger } from '../log.ts';
import { textOf } from '../log.ts';
import type { CallAudio } from '../media/call-audio.ts';
import { createCallAudio } from '../media/call-audio.ts';
import type { Microphone } from '../media/microphone.ts';
import type { PhoneStore } from '../phone-state.ts';
import type { Leg } from '../sip/leg.ts';
import type { Listening } from '../sound/listening.ts';

/**
 * A supervisor's line to an agent's call. It is none of this phone's calls: it never rings, has no facts, and ends as
 * soon as a call of one's own is dialled or answered.
 */
export type JoinLine = {
  /** What main says now, whole. */
  readonly follow: (order: JoinOrder) => void;
  /** Whether the phone may take the line of this join. */
  readonly expects: (joinId: string) => boolean;
  readonly take: (joinId: string, leg: Leg) => void;
  /** This call is being handed to this phone. */
  readonly isAwaited: (callKey: string) => boolean;
  /** Before main hears of it: what it says next holds again. */
  readonly closeMicrophone: () => void;
  readonly audio: () => CallAudio | undefined;
  readonly microphoneReplaced: (track: MediaStreamTrack) => void;
  readonly speakerChosen: (deviceId: string | null) => void;
  readonly end: () => void;
};

const nothing: JoinOrder = { joinId: null, microphoneOpen: false, takeOver: null };
/** A call in one of these is the supervisor's own conversation. */
const ownConversation: ReadonlySet<string> = new Set([
  'dialing',
  'alerting',
  'answering',
  'connected',
]);

export const createJoinLine = (ports: {
  readonly store: PhoneStore;
  readonly microphone: Microphone;
  readonly speaker: () => string | null;
  readonly listening: Listening;
  readonly log: Logger;
}): JoinLine => {
  const { store, microphone, log } = ports;
  let order = nothing;
  let line: { readonly joinId: string; readonly leg: Leg; readonly audio: CallAudio } | null = null;

  const hasOwnConversation = () =>
    store.get().calls.some(({ state }) => ownConversation.has(state));

  /** The microphone is as main says; whatever else happens, it is closed. */
  const apply = () => {
    if (line === null) return;
    line.audio.setMuted(!(order.microphoneOpen && order.joinId === line.joinId));
    const { join } = store.get();
    const state = line.audio.isMuted() ? 'closed' : 'open';
    if (join && join.microphone !== state) store.update({ join: { ...join, microphone: state } });
  };

  const over = (leg: Leg) => {
    if (line?.leg !== leg) return;
    line.audio.close();
    line = null;
    store.update({ join: null });
    if (store.get().calls.some(({ state }) => state !== 'ended')) return;
    microphone.rest();
    microphone.close();
  };

  const end = () => {
    line?.audio.setMuted(true);
    line?.leg.end('ended');
  };

  const begin = async (joinId: string, leg: Leg, audio: CallAudio): Promise<void> => {
    const opened = await microphone.open();
    // Without a microphone the call can be heard all the same.
    if (opened.ok) await audio.useMicrophone(opened.value);
    if (line?.leg !== leg) return;
    const answered = await leg.answer();
    if (!answered.ok) {
      log.warn('a join was not answered', { joinId, why: answered.why });
      leg.end('media_failed');
    }
  };

  const isBeingHandedOver = () =>
    store
      .get()
      .calls.some(({ callKey, state }) => state === 'offered' && callKey === order.takeOver);
  store.subscribe(() => {
    if (line !== null && (hasOwnConversation() || isBeingHandedOver())) end();
  });

  return {
    follow: (next) => {
      order = next;
      if (line !== null && line.joinId !== order.joinId) end();
      apply();
    },
    expects: (joinId) => order.joinId === joinId && line === null && !hasOwnConversation(),
    take: (joinId, leg) => {
      // It is none of this agent's calls: nothing is noted of it.
      const sound = { listening: ports.listening, onBang: () => undefined };
      const audio = createCallAudio(leg.peer, leg.useTrack, ports.speaker(), sound, log);
      audio.setMuted(true);
      line = { joinId, leg, audio };
      store.update({ join: { joinId, state: 'connecting', microphone: 'closed' } });
      leg.listen({
        signal: (signal) => {
          if (signal.kind === 'answered') microphone.talk();
          if (signal.kind === 'confirmed' && line?.leg === leg) {
            store.update({ join: { joinId, state: 'connected', microphone: 'closed' } });
            apply();
          }
          if (signal.kind === 'ended') over(leg);
        },
        remoteTrack: (track) => audio.playRemote(track),
      });
      begin(joinId, leg, audio).catch((error: unknown) => {
        log.error('a join failed', { joinId, error: textOf(error) });
        leg.end('media_failed');
      });
    },
    isAwaited: (callKey) => order.takeOver === callKey,
    closeMicrophone: () => {
      order = { ...order, microphoneOpen: false };
      apply();
    },
    audio: () => line?.audio,
    microphoneReplaced: (track) => {
      line?.audio
        .useMicrophone(track)
        .then(apply, (error: unknown) =>
          log.warn('microphone not replaced', { error: textOf(error) }),
        );
    },
    speakerChosen: (deviceId) => void line?.audio.setSpeaker(deviceId),
    end,
  };
};
