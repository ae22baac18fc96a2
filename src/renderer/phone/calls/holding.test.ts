import { expect, test } from 'vitest';
import { callTransition, offeredCall, type Call } from '../../../shared/domain/call/call.ts';
import { failure, success, type Result } from '../../../shared/result.ts';
import type { NegotiationFailure } from '../sip/negotiation.ts';
import { createHolding } from './holding.ts';
import type { Line, Lines } from './lines.ts';

const quiet = () => undefined;
const log = { error: quiet, warn: quiet, info: quiet, debug: quiet };
const stamp = () => ({ id: 'fact', at: 1_000 });
const remote = { number: '+12025550123', name: 'Carol Customer' };

type Answer = Result<null, NegotiationFailure>;

/** A call that goes on, at a PBX that answers when it is told to. */
const desk = () => {
  let call: Call = offeredCall({ callId: 'a', callKey: 'k', remote, queue: null, stamp: stamp() });
  let silent = false;
  const asked: { readonly hold: boolean; readonly answer: (answer: Answer) => void }[] = [];
  const apply: Lines['apply'] = (_callId, event) => {
    const next = callTransition(call, event);
    if (next.ok) call = next.value;
  };
  apply('a', { kind: 'answered', stamp: stamp() });
  apply('a', { kind: 'confirmed' });
  const line = {
    callId: 'a',
    leg: {
      setHold: (hold: boolean) =>
        new Promise<Answer>((answer) => {
          asked.push({ hold, answer });
        }),
    },
    audio: {
      setHeld: (held: boolean) => {
        silent = held;
      },
    },
    // Of a line what holding needs.
  } as unknown as Line;
  const lines = { callOf: () => call, apply, all: () => [line] } as unknown as Lines;
  const { setHold } = createHolding({ lines, stamp, log });
  return {
    setHold: (hold: boolean) => setHold(line, hold),
    asked,
    isSilent: () => silent,
    hold: () => (call.state === 'connected' ? call.hold : null),
  };
};

test('a second wish for the same while the first is under way asks the PBX nothing', async () => {
  const at = desk();
  const first = at.setHold(true);
  const second = at.setHold(true);
  at.asked[0]?.answer(success(null));
  expect(await Promise.all([first, second])).toEqual([success(null), success(null)]);
  expect(at.asked).toHaveLength(1);
  expect(at.isSilent()).toBe(true);
});

test('a wish that is refused leaves the sound as the call is by then', async () => {
  const at = desk();
  const held = at.setHold(true);
  const resumed = at.setHold(false);
  const heldAgain = at.setHold(true);
  at.asked[0]?.answer(success(null));
  await held;
  at.asked[1]?.answer(success(null));
  await resumed;
  // The agent holds again: nothing is sent meanwhile, though the resume was done.
  expect(at.isSilent()).toBe(true);
  at.asked[2]?.answer(failure('refused'));
  expect((await heldAgain).ok).toBe(false);
  expect([at.hold(), at.isSilent()]).toEqual(['none', false]);

  const again = at.setHold(true);
  at.asked[3]?.answer(success(null));
  await again;
  const refused = at.setHold(false);
  at.asked[4]?.answer(failure('timeout'));
  await refused;
  expect([at.hold(), at.isSilent()]).toEqual(['local', true]);
});

test('an older wish that is refused late silences nobody who was resumed', async () => {
  const at = desk();
  const first = at.setHold(true);
  const second = at.setHold(false);
  at.asked[0]?.answer(failure('timeout'));
  await first;
  at.asked[1]?.answer(failure('refused'));
  await second;
  expect([at.hold(), at.isSilent()]).toEqual(['none', false]);
});
