import type { Call, CallEvent, Stamp } from '../../../shared/domain/call/call.ts';
import { callTransition } from '../../../shared/domain/call/call.ts';
import type { PhoneAnswer } from '../../../shared/ipc/phone.ts';
import type { Result } from '../../../shared/result.ts';
import { failure, success } from '../../../shared/result.ts';
import type { Logger } from '../log.ts';
import type { CallAudio } from '../media/call-audio.ts';
import { createCallAudio } from '../media/call-audio.ts';
import type { Microphone } from '../media/microphone.ts';
import type { PhoneStore } from '../phone-state.ts';
import type { Leg, LegSignal } from '../sip/leg.ts';
import type { CallSound } from '../sound/call-sound.ts';

/** How long an ended call stays in the snapshot, so that its last facts are seen. */
const endedStaysMs = 6_000;
/** A next call within this time finds the microphone open. */
const microphoneLingersMs = 1_000;

export type Refusal = Extract<PhoneAnswer, { readonly ok: false }>['why'];
export type Outcome = Result<null, Refusal>;

/** A call as it lives here: its dialog and its audio. The domain's call is in the store. */
export type Line = {
  readonly callId: string;
  readonly leg: Leg;
  readonly audio: CallAudio;
};

export type Lines = {
  readonly get: (callId: string) => Line | undefined;
  readonly all: () => Iterable<Line>;
  readonly callOf: (callId: string) => Call | undefined;
  readonly apply: (callId: string, event: CallEvent) => void;
  readonly add: (leg: Leg, call: Call) => Line;
  /** Opens the microphone for this call; a failure may be tried again. */
  readonly attach: (line: Line) => Promise<Outcome>;
  /** Opens the microphone for a call that is about to be. */
  readonly openMicrophone: () => Promise<Outcome>;
};

/** The lines of this phone: turns what legs signal into the domain's events. */
export const createLines = (ports: {
  readonly store: PhoneStore;
  readonly microphone: Microphone;
  readonly stamp: () => Stamp;
  readonly speaker: () => string | null;
  readonly sound: Pick<CallSound, 'listening' | 'noteBang'>;
  readonly onEnded: (callId: string) => void;
  readonly isAutomatic: (callId: string) => boolean;
  readonly log: Logger;
}): Lines => {
  const { store, microphone, log } = ports;
  const lines = new Map<string, Line>();
  const attached = new Map<string, Promise<Outcome>>();
  let closeTimer: ReturnType<typeof setTimeout> | undefined;

  const callOf = (callId: string): Call | undefined =>
    store.get().calls.find((call) => call.callId === callId);

  const apply = (callId: string, event: CallEvent) => {
    const call = callOf(callId);
    if (call === undefined) return;
    const next = callTransition(call, event);
    if (!next.ok) {
      log.debug('event dropped', { callId, event: event.kind, why: next.why });
      return;
    }
    const { calls } = store.get();
    store.update({ calls: calls.map((one) => (one.callId === callId ? next.value : one)) });
  };

  const tellPath = (callId: string, stands: boolean) => {
    const lost = store.get().lostPaths ?? [];
    const others = lost.filter((one) => one.callId !== callId);
    const wasLost = others.length < lost.length;
    if (wasLost !== stands) return;
    store.update({
      lostPaths: stands ? others : [...others, { callId, since: ports.stamp().at }],
    });
  };

  const release = (callId: string) => {
    tellPath(callId, true);
    lines.get(callId)?.audio.close();
    lines.delete(callId);
    attached.delete(callId);
    if (lines.size === 0) microphone.rest();
    clearTimeout(closeTimer);
    closeTimer = setTimeout(() => {
      if (lines.size === 0) microphone.close();
    }, microphoneLingersMs);
    ports.onEnded(callId);
  };

  /** Once the far side knows; until then it stays in sight. */
  const forgetLater = (callId: string) => {
    setTimeout(() => {
      const { calls } = store.get();
      store.update({ calls: calls.filter((call) => call.callId !== callId) });
    }, endedStaysMs);
  };

  const take = (callId: string, signal: LegSignal) => {
    switch (signal.kind) {
      case 'path':
        tellPath(callId, signal.stands);
        break;
      case 'remote_alerting':
      case 'remote_changed':
      case 'confirmed':
        apply(callId, signal);
        break;
      case 'answered': {
        const how = ports.isAutomatic(callId) ? ({ automatic: true } as const) : {};
        apply(callId, { ...signal, ...how, stamp: ports.stamp() });
        // By now the tone has stopped.
        microphone.talk();
        break;
      }
      case 'held':
      case 'resumed':
        apply(callId, { ...signal, stamp: ports.stamp() });
        break;
      case 'ended':
        apply(callId, { ...signal, stamp: ports.stamp() });
        release(callId);
        if (signal.released) forgetLater(callId);
        break;
      case 'released':
        apply(callId, signal);
        forgetLater(callId);
        break;
    }
  };

  const openMicrophone = async (): Promise<Result<MediaStreamTrack, Refusal>> => {
    clearTimeout(closeTimer);
    const opened = await microphone.open();
    return opened.ok ? opened : failure('no_microphone');
  };

  const attach = async (line: Line): Promise<Outcome> => {
    const opened = await openMicrophone();
    if (opened.ok) await line.audio.useMicrophone(opened.value);
    else attached.delete(line.callId);
    return opened.ok ? success(null) : opened;
  };

  return {
    get: (callId) => lines.get(callId),
    all: () => lines.values(),
    callOf,
    apply,
    add: (leg, call) => {
      const { callId } = call;
      store.update({ calls: [...store.get().calls, call] });
      const sound = {
        listening: ports.sound.listening,
        onBang: (peakDb: number) => ports.sound.noteBang(callId, peakDb),
      };
      const audio = createCallAudio(leg.peer, leg.useTrack, ports.speaker(), sound, log);
      const line: Line = { callId, leg, audio };
      lines.set(callId, line);
      leg.listen({
        signal: (signal) => take(callId, signal),
        remoteTrack: (track) => audio.playRemote(track),
      });
      return line;
    },
    attach: (line) => {
      const begun = attached.get(line.callId) ?? attach(line);
      attached.set(line.callId, begun);
      return begun;
    },
    openMicrophone: async () => {
      const opened = await openMicrophone();
      return opened.ok ? success(null) : opened;
    },
  };
};
