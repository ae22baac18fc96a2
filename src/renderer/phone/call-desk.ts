import { isAllowed } from '../../shared/domain/call/allowed-actions.ts';
import type { Call, CallEvent, Stamp } from '../../shared/domain/call/call.ts';
import { callTransition, dialedCall, offeredCall } from '../../shared/domain/call/call.ts';
import type { EngineSetup, PhoneAnswer, PhoneCommand } from '../../shared/ipc/phone.ts';
import type { Result } from '../../shared/result.ts';
import { failure, success } from '../../shared/result.ts';
import { dialedNumber } from './dialed-number.ts';
import type { Logger } from './log.ts';
import { textOf } from './log.ts';
import type { CallAudio } from './media/call-audio.ts';
import { createCallAudio } from './media/call-audio.ts';
import type { Microphone } from './media/microphone.ts';
import type { PhoneStore } from './phone-state.ts';
import type { Leg, LegSignal } from './sip/leg.ts';
import type { UserAgent } from './sip/user-agent.ts';

/** How long an ended call stays in the snapshot, so that its last facts are seen. */
const endedStaysMs = 6_000;
/** The call and its record go to the screen first; whoever answers sooner than this waits for the microphone. */
const microphoneAfterMs = 100;
/** A next call within this time finds the microphone open. */
const microphoneLingersMs = 1_000;

type Refusal = Extract<PhoneAnswer, { readonly ok: false }>['why'];
type Outcome = Result<null, Refusal>;

type Line = {
  readonly callId: string;
  readonly leg: Leg;
  readonly audio: CallAudio;
  attached: Promise<Outcome> | null;
  answering: Promise<Outcome> | null;
};

export type CallDesk = {
  readonly offered: (leg: Leg) => void;
  readonly command: (command: PhoneCommand) => Promise<PhoneAnswer>;
  readonly audioOf: (callId: string) => CallAudio | undefined;
  readonly microphoneReplaced: (track: MediaStreamTrack) => void;
  readonly speakerChosen: (deviceId: string | null) => void;
  /** Hangs up everything, now. */
  readonly endAll: () => void;
};

/** The agent's calls: turns signals of the legs into the domain's calls, and commands into deeds. */
export const createCallDesk = (ports: {
  readonly store: PhoneStore;
  readonly microphone: Microphone;
  readonly stamp: () => Stamp;
  readonly setup: () => EngineSetup;
  readonly userAgent: () => UserAgent | null;
  readonly log: Logger;
}): CallDesk => {
  const { store, microphone, log } = ports;
  const lines = new Map<string, Line>();
  let closeTimer: ReturnType<typeof setTimeout> | undefined;
  let dialing = false;

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

  const release = (callId: string) => {
    lines.get(callId)?.audio.close();
    lines.delete(callId);
    if (lines.size === 0) microphone.rest();
    clearTimeout(closeTimer);
    closeTimer = setTimeout(() => {
      if (lines.size === 0) microphone.close();
    }, microphoneLingersMs);
    setTimeout(() => {
      const { calls } = store.get();
      store.update({ calls: calls.filter((call) => call.callId !== callId) });
    }, endedStaysMs);
  };

  const take = (callId: string, signal: LegSignal) => {
    switch (signal.kind) {
      case 'remote_alerting':
      case 'confirmed':
        apply(callId, signal);
        break;
      case 'answered':
      case 'held':
      case 'resumed':
      case 'ended':
        apply(callId, { ...signal, stamp: ports.stamp() });
        // By now the tone has stopped.
        if (signal.kind === 'answered') microphone.talk();
        if (signal.kind === 'ended') release(callId);
        break;
    }
  };

  const addLine = (leg: Leg, call: Call): Line => {
    const { speaker } = ports.setup().devices;
    store.update({ calls: [...store.get().calls, call] });
    const audio = createCallAudio(leg.peer, leg.useTrack, speaker, log);
    const line: Line = { callId: call.callId, leg, audio, attached: null, answering: null };
    lines.set(call.callId, line);
    leg.listen({
      signal: (signal) => take(call.callId, signal),
      remoteTrack: (track) => audio.playRemote(track),
    });
    return line;
  };

  /** Opens the microphone for this call; a failure may be tried again. */
  const attach = (line: Line): Promise<Outcome> => {
    line.attached ??= (async () => {
      clearTimeout(closeTimer);
      const opened = await microphone.open();
      if (!opened.ok) {
        line.attached = null;
        return failure('no_microphone');
      }
      await line.audio.useMicrophone(opened.value);
      return success(null);
    })();
    return line.attached;
  };

  const setHold = async (line: Line, hold: boolean): Promise<Outcome> => {
    // Privacy first: silence both ways before the PBX agrees.
    if (hold) line.audio.setHeld(true);
    const done = await line.leg.setHold(hold);
    if (!done.ok) {
      log.warn('hold failed', { callId: line.callId, hold, why: done.why });
      line.audio.setHeld(!hold);
      return failure('phone_failed');
    }
    line.audio.setHeld(hold);
    const stamp = ports.stamp();
    apply(line.callId, { kind: hold ? 'held' : 'resumed', by: 'local', stamp });
    return success(null);
  };

  /** One live conversation at a time: every other one is put on hold first. */
  const holdOthers = async (callId: string | null): Promise<Outcome> => {
    for (const line of lines.values()) {
      if (line.callId === callId) continue;
      const call = callOf(line.callId);
      if (call?.state === 'dialing' || call?.state === 'alerting' || call?.state === 'answering') {
        return failure('busy');
      }
      if (call?.state !== 'connected' || call.hold === 'local' || call.hold === 'both') continue;
      const held = await setHold(line, true);
      if (!held.ok) return held;
    }
    return success(null);
  };

  const answer = (line: Line): Promise<Outcome> => {
    const answering = async (): Promise<Outcome> => {
      const [free, ready] = await Promise.all([holdOthers(line.callId), attach(line)]);
      if (!free.ok) return free;
      if (!ready.ok) return ready;
      const answered = await line.leg.answer();
      if (answered.ok) return success(null);
      return failure(answered.why === 'ended' ? 'no_such_call' : 'phone_failed');
    };
    line.answering ??= answering().then((outcome) => {
      line.answering = null;
      return outcome;
    });
    return line.answering;
  };

  const setMuted = (line: Line, muted: boolean): Outcome => {
    line.audio.setMuted(muted);
    const isMuted = line.audio.isMuted();
    apply(line.callId, { kind: 'mute_changed', muted: isMuted });
    return isMuted === muted ? success(null) : failure('no_microphone');
  };

  const dial = async (typed: string): Promise<Result<string, Refusal>> => {
    const userAgent = ports.userAgent();
    if (userAgent === null || store.get().registration.state !== 'registered') {
      return failure('not_registered');
    }
    const number = dialedNumber(typed, userAgent.account.country);
    if (number === null) return failure('not_a_number');
    if (dialing) return failure('busy');
    dialing = true;
    try {
      clearTimeout(closeTimer);
      const [free, opened] = await Promise.all([holdOthers(null), microphone.open()]);
      if (!free.ok) return free;
      if (!opened.ok) return failure('no_microphone');
      const callKey = crypto.randomUUID();
      const callId = crypto.randomUUID();
      const remote = { number, name: '' };
      const leg = userAgent.newLeg({ callKey, remote });
      const line = addLine(leg, dialedCall({ callId, callKey, remote, stamp: ports.stamp() }));
      await attach(line);
      leg.dial(number);
      return success(callId);
    } finally {
      dialing = false;
    }
  };

  const onCall = async (
    command: Exclude<PhoneCommand, { readonly kind: 'dial' }>,
  ): Promise<Outcome> => {
    const line = lines.get(command.callId);
    const call = callOf(command.callId);
    if (call === undefined || line === undefined) return failure('no_such_call');
    if (
      command.kind === 'complete_transfer' ||
      command.kind === 'merge' ||
      command.kind === 'split' ||
      !isAllowed(call, command.kind)
    ) {
      return failure('not_allowed');
    }
    switch (command.kind) {
      case 'transfer':
      case 'consult':
        return failure('not_allowed');
      case 'answer':
        return answer(line);
      case 'reject':
        line.leg.end('rejected');
        return success(null);
      case 'end':
        line.leg.end('ended');
        return success(null);
      case 'hold':
        return setHold(line, true);
      case 'resume': {
        const free = await holdOthers(line.callId);
        return free.ok ? setHold(line, false) : free;
      }
      case 'mute':
      case 'unmute':
        return setMuted(line, command.kind === 'mute');
      case 'send_digits':
        return line.leg.sendDigits(command.digits) ? success(null) : failure('phone_failed');
    }
  };

  return {
    offered: (leg) => {
      const { callKey, remote, queue } = leg;
      const callId = crypto.randomUUID();
      const line = addLine(
        leg,
        offeredCall({ callId, callKey, remote, queue, stamp: ports.stamp() }),
      );
      setTimeout(() => {
        if (!lines.has(callId)) return;
        attach(line).catch((error: unknown) => {
          log.warn('preparing audio failed', { error: textOf(error) });
        });
      }, microphoneAfterMs);
    },
    command: async (command) => {
      if (command.kind === 'dial') {
        const dialed = await dial(command.number);
        return dialed.ok ? { ok: true, value: { callId: dialed.value } } : dialed;
      }
      const done = await onCall(command);
      return done.ok ? { ok: true, value: { callId: command.callId } } : done;
    },
    audioOf: (callId) => lines.get(callId)?.audio,
    microphoneReplaced: (track) => {
      for (const line of lines.values()) {
        line.audio.useMicrophone(track).then(
          () => apply(line.callId, { kind: 'mute_changed', muted: line.audio.isMuted() }),
          (error: unknown) => log.warn('microphone not replaced', { error: textOf(error) }),
        );
      }
    },
    speakerChosen: (deviceId) => {
      for (const { audio } of lines.values()) audio.setSpeaker(deviceId);
    },
    endAll: () => {
      for (const { leg } of lines.values()) leg.end('ended');
    },
  };
};
