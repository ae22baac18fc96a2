import { expect, test } from 'vitest';
import { allowedActions, jointActions, partnerOf } from './allowed-actions.ts';
import { callTransition, dialedCall, offeredCall, type Call, type CallEvent } from './call.ts';

const stamp = { id: 'fact', at: 1 };
const remote = { number: '+34600000001', name: '' };

const after = (call: Call, ...events: readonly CallEvent[]): Call =>
  events.reduce((state, event) => {
    const next = callTransition(state, event);
    if (!next.ok) throw new Error(next.why);
    return next.value;
  }, call);

const answered: CallEvent = { kind: 'answered', stamp };
const talking = (call: Call): Call => after(call, answered, { kind: 'confirmed' });
const held = (call: Call): Call => after(call, { kind: 'held', by: 'local', stamp });
const joined = (call: Call): Call => after(call, { kind: 'conference_changed', conference: true });

const customer = talking(
  offeredCall({ callId: 'customer', callKey: 'k1', remote, queue: 'support', stamp }),
);
const colleague = talking(
  dialedCall({ callId: 'colleague', callKey: 'k1', remote, stamp, consultFor: 'customer' }),
);
const another = talking(
  offeredCall({ callId: 'another', callKey: 'k2', remote, queue: null, stamp }),
);

test('a customer can be handed over, a colleague who was asked cannot', () => {
  expect(allowedActions(customer)).toContain('transfer');
  expect(allowedActions(customer)).toContain('consult');
  expect(allowedActions(colleague)).not.toContain('transfer');
  expect(allowedActions(colleague)).not.toContain('consult');
});

test('a call that is being handed over can only be ended, until that failed', () => {
  const asked = after(customer, {
    kind: 'transfer_changed',
    transfer: { state: 'asked', to: '1002' },
  });
  expect(allowedActions(asked)).toEqual(['end']);
  expect(jointActions(asked, [asked, another])).toEqual([]);
  const failed = after(asked, {
    kind: 'transfer_changed',
    transfer: { state: 'failed', to: '1002', sipCode: 486 },
  });
  expect(allowedActions(failed)).toContain('transfer');
});

test('the partner of a call is the consult made for it, whatever else is on hold', () => {
  const calls = [held(customer), colleague, held(another)];
  expect(partnerOf(held(customer), calls)?.callId).toBe('colleague');
  expect(partnerOf(colleague, calls)?.callId).toBe('customer');
  expect(jointActions(colleague, calls)).toEqual(['complete_transfer', 'merge']);
});

test('without a consult the one other call is the partner, and of two none is', () => {
  expect(partnerOf(customer, [customer, held(another)])?.callId).toBe('another');
  const third = { ...held(another), callId: 'third' };
  expect(partnerOf(customer, [customer, held(another), third])).toBeNull();
  expect(jointActions(customer, [customer])).toEqual([]);
});

test('in a conference nobody is put on hold; it can be split, or left to the others', () => {
  const calls = [joined(customer), joined(colleague)];
  const [first] = calls;
  if (first === undefined) throw new Error('no call');
  expect(allowedActions(first)).not.toContain('hold');
  expect(allowedActions(first)).toContain('mute');
  expect(jointActions(first, calls)).toEqual(['split', 'complete_transfer']);
});
