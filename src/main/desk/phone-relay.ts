import { callTransition, type Call } from '../../shared/domain/call/call.ts';
import type { PhoneAnswer, PhoneCommand, PhoneSnapshot } from '../../shared/ipc/phone.ts';
import { isLive } from '../ledger/leg.ts';
import { createLogger } from '../log/logger.ts';

const log = createLogger('phone');
const commandTimeoutMs = 20_000;
/** How long a call that was lost with its engine stays on screen, as the engine itself keeps ended calls. */
const lostShownMs = 10_000;

export type RelayPorts = {
  /** Server's clock, epoch ms. */
  readonly now: () => number;
  readonly newId: (epochMs: number) => string;
  readonly newCommandId: () => string;
  /** False when no engine is there to take it. */
  readonly order: (commandId: string, command: PhoneCommand) => boolean;
  /** Called in the same turn in which the engine's report arrived. */
  readonly publish: (snapshot: PhoneSnapshot) => void;
};

/** Main's copy of the phone: the last snapshot, commands on their way, and what an engine took down with it. */
export type PhoneRelay = {
  readonly snapshot: () => PhoneSnapshot;
  readonly take: (snapshot: PhoneSnapshot) => void;
  readonly command: (command: PhoneCommand) => Promise<PhoneAnswer>;
  readonly answered: (commandId: string, answer: PhoneAnswer) => void;
  /** The engine's process is gone: its calls have ended, and its commands are refused. */
  readonly engineLost: () => void;
};

const nobody: PhoneSnapshot = {
  revision: 0,
  engineId: '00000000-0000-0000-0000-000000000000',
  registration: { state: 'unregistered' },
  calls: [],
  voicemail: null,
  presence: {},
  devices: {
    microphones: [],
    speakers: [],
    problem: null,
  },
};

export const createPhoneRelay = (ports: RelayPorts): PhoneRelay => {
  const pending = new Map<string, (answer: PhoneAnswer) => void>();
  let snapshot = nobody;
  let revision = 0;
  let lost: readonly Call[] = [];

  /** The revision is main's own, so that it rises across engines too. */
  const show = (next: PhoneSnapshot): void => {
    revision += 1;
    snapshot = { ...next, revision };
    ports.publish(snapshot);
  };

  const lostCall = (call: Call): Call => {
    const at = Math.max(ports.now(), call.facts.at(-1)?.at ?? 0);
    const ended = callTransition(call, {
      kind: 'ended',
      end: { side: 'system', outcome: 'phone_failed', sipCode: null, cause: null },
      stamp: { id: ports.newId(at), at },
    });
    return ended.ok ? ended.value : call;
  };

  const forgetLost = (calls: readonly Call[]): void => {
    lost = lost.filter((call) => !calls.includes(call));
    show({ ...snapshot, calls: snapshot.calls.filter((call) => !calls.includes(call)) });
  };

  return {
    snapshot: () => snapshot,
    take: (next) => show(lost.length === 0 ? next : { ...next, calls: [...lost, ...next.calls] }),
    command: (command) => {
      const commandId = ports.newCommandId();
      if (!ports.order(commandId, command)) {
        return Promise.resolve({ ok: false, why: 'phone_restarting' });
      }
      return new Promise((resolve) => {
        const settle = (answer: PhoneAnswer): void => {
          clearTimeout(timer);
          pending.delete(commandId);
          resolve(answer);
        };
        const timer = setTimeout(() => {
          log.error('The engine did not answer a command', { kind: command.kind });
          settle({ ok: false, why: 'phone_failed' });
        }, commandTimeoutMs);
        pending.set(commandId, settle);
      });
    },
    answered: (commandId, answer) => {
      const settle = pending.get(commandId);
      if (settle === undefined) log.warn('An answer to no command', { commandId });
      else settle(answer);
    },
    engineLost: () => {
      for (const settle of pending.values()) settle({ ok: false, why: 'phone_restarting' });
      const taken = snapshot.calls.filter(isLive).map(lostCall);
      lost = [...lost, ...taken];
      if (taken.length > 0) {
        log.error('Calls were lost with the engine', { calls: taken.length });
        setTimeout(() => forgetLost(taken), lostShownMs).unref();
      }
      show({
        ...snapshot,
        registration: { state: 'unregistered' },
        voicemail: null,
        presence: {},
        calls: snapshot.calls.map(
          (call) => taken.find((other) => other.callId === call.callId) ?? call,
        ),
      });
    },
  };
};
