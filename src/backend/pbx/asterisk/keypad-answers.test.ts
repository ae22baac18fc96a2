import { expect, test } from 'vitest';
import { amiMessage } from '../ami/ami-message.ts';
import { createCallTracker } from './call-tracker.ts';

const said = 'yes:1764000000000:1764000004000:support:consent:es:keypad-1:2026%2E1%3Aa';

const userEvent = (name: string, headers: Readonly<Record<string, string>>, channel: string) =>
  amiMessage([
    ['Event', 'UserEvent'],
    ['UserEvent', name],
    ['Channel', channel],
    ['Uniqueid', '1.1'],
    ['Linkedid', '1.1'],
    ...Object.entries(headers),
  ]);

const trunk = 'PJSIP/trunk-00000001';

test('an answer is read whole, with its times as long ago as the PBX says', () => {
  const [answer, ...more] = createCallTracker().take(
    userEvent('RingsideSaid', { Said: said }, trunk),
    9_000,
  );
  expect(more).toEqual([]);
  expect(answer).toEqual({
    kind: 'keypad_answered',
    at: 9_000,
    callKey: '1.1',
    queue: 'support',
    answer: 'granted',
    promptedAt: 5_000,
    reference: '1764000004000',
    prompt: {
      kind: 'consent',
      language: 'es',
      wordingVersion: 'keypad-1',
      ruleVersion: '2026.1:a',
    },
  });
});

test('the same answer is told once, and a second one of the call as well', () => {
  const tracker = createCallTracker();
  const take = (text: string) =>
    tracker.take(userEvent('RingsideSaid', { Said: text }, trunk), 9_000).length;
  expect([take(said), take(said), take(said.replace('04000:', '04001:'))]).toEqual([1, 0, 1]);
});

test('what is no answer of the dialplan says nothing, and neither does an agent’s phone', () => {
  const take = (text: string, channel = trunk) =>
    createCallTracker().take(userEvent('RingsideSaid', { Said: text }, channel), 9_000);
  for (const text of ['', 'yes', said.replace('yes', 'maybe'), `${said}:`, said.replace('es:', '')])
    expect(take(text)).toEqual([]);
  expect(take(said, 'PJSIP/1001-00000001')).toEqual([]);
  expect(
    createCallTracker().take(
      userEvent('RingsidePrompt', { Queue: 'support' }, 'PJSIP/1001-00000001'),
      9_000,
    ),
  ).toEqual([]);
});
