import { expect, test } from 'vitest';
import { createInviteGate } from './invite-gate.ts';

const setUp = () => {
  let at = 0;
  const gate = createInviteGate(() => at);
  return {
    wait: (ms: number) => {
      at += ms;
    },
    invite: (call: string, inside: string | null = null) =>
      gate.refusal({ method: 'INVITE', call_id: call, from_tag: 'a', to_tag: inside, cseq: 1 }),
  };
};

test('of a flood of 100 calls a second a person sees few, and as soon as it is over calls come again', () => {
  const { wait, invite } = setUp();
  let admitted = 0;
  for (let count = 0; count < 1_000; count += 1) {
    if (invite(`flood-${count}`) === null) admitted += 1;
    wait(10);
  }
  expect(admitted).toBeLessThanOrEqual(6 + 20);
  invite('one more');
  expect(invite('too soon')).toBe(486);
  wait(500);
  expect(invite('a customer')).toBeNull();
});

test('a call that is repeated counts once and gets the same answer', () => {
  const { invite } = setUp();
  for (let count = 0; count < 50; count += 1) expect(invite('the same')).toBeNull();
  for (let count = 0; count < 5; count += 1) expect(invite(`other-${count}`)).toBeNull();
  expect(invite('one too many')).toBe(486);
  expect(invite('one too many')).toBe(486);
  for (let count = 0; count < 2_000; count += 1) invite(`flood-${count}`);
  expect(invite('the same')).toBeNull();
});

test('a refused call stays refused while it is repeated, also when the flood is over', () => {
  const { wait, invite } = setUp();
  for (let count = 0; count < 7; count += 1) invite(`call-${count}`);
  wait(2_000);
  expect(invite('call-6')).toBe(486);
  wait(40_000);
  expect(invite('call-6')).toBeNull();
});

test('what belongs to a call under way passes', () => {
  const { invite } = setUp();
  for (let count = 0; count < 500; count += 1) expect(invite('ours', 'tag')).toBeNull();
});

test('calls at the pace of a busy queue all come in', () => {
  const { wait, invite } = setUp();
  for (let count = 0; count < 500; count += 1) {
    expect(invite(`call-${count}`)).toBeNull();
    wait(700);
  }
});
