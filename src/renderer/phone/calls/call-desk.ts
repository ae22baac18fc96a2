import { isAllowed, jointActions, partnerOf } from '../../../shared/domain/call/allowed-actions.ts';
import type { Stamp } from '../../../shared/domain/call/call.ts';
import { isEndGuarded } from '../../../shared/domain/call/end-guard.ts';
import { isDirect } from '../../../shared/domain/call/incoming.ts';
import { offeredCall } from '../../../shared/domain/call/call.ts';
import type { EngineSetup, PhoneAnswer, PhoneCommand } from '../../../shared/ipc/phone.ts';
import { failure, success } from '../../../shared/result.ts';
import type { Logger } from '../log.ts';
import { textOf } from '../log.ts';
import type { CallAudio } from '../media/call-audio.ts';
import type { Microphone } from '../media/microphone.ts';
import type { PhoneStore } from '../phone-state.ts';
import type { Leg } from '../sip/leg.ts';
import type { UserAgent } from '../sip/user-agent.ts';
import type { SoundCommand } from '../../../shared/ipc/sound.ts';
import type { CallSound } from '../sound/call-sound.ts';
import { createAutoAnswer } from './auto-answer.ts';
import { createConference } from './conference.ts';
import { createDialing } from './dialing.ts';
import { createHolding } from './holding.ts';
import type { Line, Outcome } from './lines.ts';
import { createLines } from './lines.ts';
import type { Offer } from './offers.ts';
import { createOffers } from './offers.ts';
import { createTransfer } from './transfer.ts';

/** The call and its record go to the screen first; whoever answers sooner than this waits for the microphone. */
const microphoneAfterMs = 100;
/** Longer than any answer on a machine that is not short of time. */
const answerIsSlowMs = 3_000;

type OnCall<Kind> = Extract<PhoneCommand, { readonly callId: string; readonly kind: Kind }>;
type JointCommand = OnCall<'complete_transfer' | 'merge' | 'split'>;
type PlainCommand = Exclude<
  PhoneCommand,
  | JointCommand
  | SoundCommand
  | { readonly kind: 'dial' | 'voicemail' | 'pick_up' | 'consult' | 'tell_recording' }
>;

export type CallDesk = {
  readonly offered: (leg: Leg) => void;
  readonly refuses: (offer: Offer) => boolean;
  /** Whether this call is told of in another way than by ringing. */
  readonly isQuiet: (callId: string) => boolean;
  readonly command: (command: PhoneCommand) => Promise<PhoneAnswer>;
  readonly audioOf: (callId: string) => CallAudio | undefined;
  /** Resolves when every call sends it. */
  readonly microphoneReplaced: (track: MediaStreamTrack) => Promise<void>;
  /** Resolves when every call would be heard there. */
  readonly speakerChosen: (deviceId: string | null) => Promise<void>;
  /** Hangs up everything, now. */
  readonly endAll: () => void;
};

/** The agent's calls: takes every command and sees to it that it is allowed; how it is done, its neighbours know. */
export const createCallDesk = (ports: {
  readonly store: PhoneStore;
  readonly microphone: Microphone;
  readonly stamp: () => Stamp;
  readonly setup: () => EngineSetup;
  /** For `setSinkId`; null: the system's. */
  readonly speaker: () => string | null;
  readonly userAgent: () => UserAgent | null;
  readonly sound: CallSound;
  /** This call is being handed to this phone, which answers it by itself. */
  readonly isAwaited: (callKey: string) => boolean;
  readonly log: Logger;
}): CallDesk => {
  const { store, stamp, log } = ports;
  const answering = new Map<string, Promise<Outcome>>();
  const offers = createOffers(ports);

  const lines = createLines({
    ...ports,
    isAutomatic: (callId) => autoAnswer.isAutomatic(callId),
    onEnded: (callId) => {
      conference.left(callId);
      const call = lines.callOf(callId);
      if (call?.state === 'ended' && call.end.outcome === 'transferred') {
        offers.handedOver(call.callKey);
      }
      // Whoever was asked is gone; the customer waits on hold until the agent is back.
      const customer = call?.consultFor;
      if (customer) lines.apply(customer, { kind: 'consult_ended', stamp: stamp() });
    },
  });
  const holding = createHolding({ lines, stamp, log });
  const conference = createConference({ lines, holding, stamp, log });
  const transfer = createTransfer({
    lines,
    holding,
    country: () => ports.setup().account?.country ?? '',
    log,
  });
  const mailbox = () => ports.setup().account?.voicemailNumber ?? null;
  const dialing = createDialing({
    lines,
    holding,
    stamp,
    userAgent: () => (store.get().registration.state === 'registered' ? ports.userAgent() : null),
    anyUserAgent: ports.userAgent,
    location: () => ports.setup().location ?? null,
    mailbox,
  });

  const answer = (line: Line): Promise<Outcome> => {
    const waitsFor = new Set(['holds', 'microphone', 'leg']);
    const done = (what: string) => () => void waitsFor.delete(what);
    const begin = async (): Promise<Outcome> => {
      const [free, ready] = await Promise.all([
        holding.holdOthers(line.callId).finally(done('holds')),
        lines.attach(line).finally(done('microphone')),
      ]);
      if (!free.ok) return free;
      if (!ready.ok) return ready;
      const answered = await line.leg.answer();
      if (answered.ok) return success(null);
      return failure(answered.why === 'ended' ? 'no_such_call' : 'phone_failed');
    };
    const start = (): Promise<Outcome> => {
      const timer = setTimeout(() => {
        log.warn('an answer takes its time', {
          callId: line.callId,
          waitsFor: [...waitsFor].join(' '),
        });
      }, answerIsSlowMs);
      return begin().finally(() => {
        clearTimeout(timer);
        answering.delete(line.callId);
      });
    };
    const begun = answering.get(line.callId) ?? start();
    answering.set(line.callId, begun);
    return begun;
  };

  const autoAnswer = createAutoAnswer({ ...ports, lines, answer });

  const setMuted = (line: Line, muted: boolean): Outcome => {
    const joined = conference.members();
    for (const one of joined.includes(line) ? joined : [line]) {
      one.audio.setMuted(muted);
      lines.apply(one.callId, { kind: 'mute_changed', muted: one.audio.isMuted() });
    }
    return line.audio.isMuted() === muted ? success(null) : failure('no_microphone');
  };

  const onCall = async (line: Line, command: PlainCommand): Promise<Outcome> => {
    if (command.kind !== 'mute' && command.kind !== 'unmute' && command.kind !== 'send_digits') {
      // Seen, and answered by a deed.
      lines.apply(line.callId, { kind: 'transfer_changed', transfer: null });
    }
    switch (command.kind) {
      case 'answer':
        autoAnswer.leave(line.callId);
        return answer(line);
      case 'reject':
        line.leg.end(isDirect(line.leg) ? (command.reason ?? 'rejected') : 'rejected');
        return success(null);
      case 'end': {
        const call = lines.callOf(line.callId);
        const guarded = call !== undefined && isEndGuarded(call, stamp().at);
        if (guarded && command.leaving !== true) return failure('just_answered');
        line.leg.end('ended');
        return success(null);
      }
      case 'hold':
        return holding.setHold(line, true);
      case 'resume': {
        const free = await holding.holdOthers(line.callId);
        return free.ok ? holding.setHold(line, false) : free;
      }
      case 'mute':
      case 'unmute':
        return setMuted(line, command.kind === 'mute');
      case 'transfer':
        return transfer.blind(line, command.to);
      case 'park':
        return transfer.park(line);
      case 'send_digits':
        return line.leg.sendDigits(command.digits) ? success(null) : failure('phone_failed');
    }
  };

  const onBoth = (command: JointCommand, line: Line): Promise<Outcome> => {
    const { calls } = store.get();
    const call = lines.callOf(line.callId);
    const partner = call === undefined ? null : partnerOf(call, calls);
    const other = partner === null ? undefined : lines.get(partner.callId);
    if (
      call === undefined ||
      other === undefined ||
      !jointActions(call, calls).includes(command.kind) ||
      (command.kind !== 'split' && command.withCallId !== other.callId)
    ) {
      return Promise.resolve(failure('not_allowed'));
    }
    switch (command.kind) {
      case 'complete_transfer':
        return transfer.complete(line, other);
      case 'merge':
        return conference.merge(line, other);
      case 'split':
        return conference.split(line, other);
    }
  };

  const answerOf = async (outcome: Promise<Outcome>, callId: string): Promise<PhoneAnswer> => {
    const done = await outcome;
    return done.ok ? { ok: true, value: { callId } } : done;
  };

  return {
    offered: (leg) => {
      const { callKey, remote, queue } = leg;
      const callId = crypto.randomUUID();
      const isAutomatic = ports.isAwaited(callKey) || offers.deedFor(leg) === 'answer';
      if (isAutomatic) autoAnswer.expect(callId);
      const line = lines.add(leg, offeredCall({ callId, callKey, remote, queue, stamp: stamp() }));
      if (isAutomatic) {
        autoAnswer.begin(line);
        return;
      }
      setTimeout(() => {
        if (lines.get(callId) === undefined) return;
        lines.attach(line).catch((error: unknown) => {
          log.warn('preparing audio failed', { error: textOf(error) });
        });
      }, microphoneAfterMs);
    },
    command: async (command) => {
      if (command.kind === 'dial' || command.kind === 'voicemail') {
        const number = command.kind === 'dial' ? command.number : mailbox();
        if (number === null) return failure('not_allowed');
        const callBack = command.kind === 'dial' ? command.callBack : undefined;
        const dialed = await dialing.dial(number, callBack);
        return dialed.ok ? { ok: true, value: { callId: dialed.value } } : dialed;
      }
      if (command.kind === 'pick_up') {
        const dialed = await dialing.pickUp(command);
        return dialed.ok ? { ok: true, value: { callId: dialed.value } } : dialed;
      }
      const { callId } = command;
      const line = lines.get(callId);
      const call = lines.callOf(callId);
      if (call === undefined || line === undefined) return failure('no_such_call');
      switch (command.kind) {
        case 'complete_transfer':
        case 'merge':
        case 'split':
          return answerOf(onBoth(command, line), callId);
        case 'consult': {
          if (!isAllowed(call, command.kind)) return failure('not_allowed');
          const dialed = await dialing.consult(call, command.to);
          return dialed.ok ? { ok: true, value: { callId: dialed.value } } : dialed;
        }
        case 'set_volume':
        case 'was_loud':
          return answerOf(Promise.resolve(ports.sound.command(command, line.audio)), callId);
        case 'tell_recording': {
          if (call.state !== 'connected') return failure('not_allowed');
          const told = await line.leg.tellRecording(command.on);
          return told.ok ? { ok: true, value: { callId } } : failure('phone_failed');
        }
        case 'park':
          if (!isAllowed(call, 'transfer')) return failure('not_allowed');
          return answerOf(onCall(line, command), callId);
        default:
          if (!isAllowed(call, command.kind)) return failure('not_allowed');
          return answerOf(onCall(line, command), callId);
      }
    },
    refuses: (offer) => !ports.isAwaited(offer.callKey) && offers.deedFor(offer) === 'refuse',
    isQuiet: autoAnswer.isQuiet,
    audioOf: (callId) => lines.get(callId)?.audio,
    microphoneReplaced: async (track) => {
      const replaced = [...lines.all()].map(({ callId, audio }) =>
        audio.useMicrophone(track).then(
          () => lines.apply(callId, { kind: 'mute_changed', muted: audio.isMuted() }),
          (error: unknown) => log.warn('microphone not replaced', { error: textOf(error) }),
        ),
      );
      await Promise.all(replaced);
    },
    speakerChosen: async (deviceId) => {
      await Promise.all([...lines.all()].map(({ audio }) => audio.setSpeaker(deviceId)));
    },
    endAll: () => {
      for (const { leg } of lines.all()) leg.end('ended');
    },
  };
};
