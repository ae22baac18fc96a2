import type { Call } from '../../../shared/domain/call/call.ts';
import { isEndGuarded } from '../../../shared/domain/call/end-guard.ts';
import type { PhoneAnswer, PhoneCommand, TransferTarget } from '../../../shared/ipc/phone.ts';
import { answered, changed, consulting, dialing, ended, joined, parted, passing } from './calls.ts';
import type { MemoryBridge } from './memory-bridge.ts';

/** What the engine does with the agent's commands, as far as a scene shows it. */

/** What main does when an answered call ends. */
export const owe = (bridge: MemoryBridge, call: Call, now: number): void => {
  const known = bridge.desk().wrapUps.find((draft) => draft.callId === call.callId);
  bridge.changeDesk({
    wrapUps: [
      ...bridge.desk().wrapUps.filter((draft) => draft.callId !== call.callId),
      {
        callId: call.callId,
        callKey: call.callKey,
        queue: call.queue,
        remoteNumber: call.remote.number,
        remoteName: call.remote.name,
        ...known,
        code: known?.code ?? null,
        notes: known?.notes ?? '',
        ended: true,
        facts: call.facts,
      },
    ],
    agent: {
      state: { state: 'wrap_up', callKeys: [call.callKey], next: { kind: 'ready' } },
      since: now,
      doNotDisturb: false,
      revision: 10,
    },
  });
};

const hangUp = { side: 'local', outcome: 'completed', sipCode: null, cause: 16 } as const;
const transferred = { side: 'local', outcome: 'transferred', sipCode: null, cause: null } as const;

const nameOf = (to: TransferTarget): string => {
  switch (to.kind) {
    case 'agent':
      return to.extension;
    case 'queue':
      return to.queue;
    case 'number':
      return to.number;
  }
};

const held = (call: Call, now: number): Call =>
  call.state === 'connected' && call.hold === 'none' ? changed(call, 'hold', now) : call;

export const obeyed = (bridge: MemoryBridge, command: PhoneCommand, now: number): PhoneAnswer => {
  const { calls } = bridge.phone();
  const put = (...next: readonly Call[]): PhoneAnswer => {
    const added = next.filter((call) => !calls.some(({ callId }) => callId === call.callId));
    bridge.changePhone({
      calls: [
        ...calls.map((call) => next.find(({ callId }) => callId === call.callId) ?? call),
        ...added,
      ],
    });
    return { ok: true, value: { callId: next[0]?.callId ?? null } };
  };
  if (command.kind === 'dial') {
    return put(dialing(now, command.number), ...calls.map((call) => held(call, now)));
  }
  if (command.kind === 'voicemail') {
    return put(dialing(now, '*97'), ...calls.map((call) => held(call, now)));
  }
  if (command.kind === 'pick_up') {
    bridge.changeDesk({
      parked: bridge.desk().parked.filter(({ callKey }) => callKey !== command.callKey),
    });
    return put(dialing(now, command.number), ...calls.map((one) => held(one, now)));
  }
  const find = (callId: string): Call | undefined => calls.find((call) => call.callId === callId);
  const call = find(command.callId);
  if (call === undefined) return { ok: false, why: 'no_such_call' };
  switch (command.kind) {
    case 'answer':
      bridge.changeDesk({
        agent: {
          state: { state: 'engaged', callKeys: [call.callKey], next: { kind: 'ready' } },
          since: now,
          doNotDisturb: false,
          revision: 9,
        },
      });
      return put(answered(call, now));
    case 'reject': {
      const { reason } = command;
      const end = { side: 'local', outcome: 'rejected', sipCode: 603, cause: null } as const;
      return put(ended(call, now, reason === undefined ? end : { ...end, rejection: reason }));
    }
    case 'end': {
      if (isEndGuarded(call, now)) return { ok: false, why: 'just_answered' };
      const next = ended(call, now, hangUp);
      const answer = put(next);
      if (call.consultFor === null) owe(bridge, next, now);
      return answer;
    }
    case 'resume':
      return put(
        changed(call, 'resume', now),
        ...calls.filter((other) => other !== call).map((other) => held(other, now)),
      );
    case 'hold':
    case 'mute':
    case 'unmute':
      return put(changed(call, command.kind, now));
    case 'transfer':
      return put(passing(held(call, now), { state: 'asked', to: nameOf(command.to) }));
    case 'park':
      return put(passing(held(call, now), { state: 'asked', to: 'park' }));
    case 'consult': {
      const [customer, consult] = consulting(call, now, { number: nameOf(command.to), name: '' });
      return put(consult, customer);
    }
    case 'complete_transfer': {
      const other = find(command.withCallId);
      if (other === undefined) return { ok: false, why: 'no_such_call' };
      const next = ended(call, now, transferred);
      const answer = put(next, ended(other, now, hangUp));
      owe(bridge, next, now);
      return answer;
    }
    case 'merge': {
      const other = find(command.withCallId);
      if (other === undefined) return { ok: false, why: 'no_such_call' };
      return put(joined(call, now), joined(other, now));
    }
    case 'split':
      return put(
        parted(call),
        ...calls.filter((other) => other !== call).map((other) => held(parted(other), now)),
      );
    case 'send_digits':
    case 'tell_recording':
    case 'set_volume':
    case 'was_loud':
      return { ok: true, value: { callId: call.callId } };
  }
};
