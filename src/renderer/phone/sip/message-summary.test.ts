import { expect, test } from 'vitest';
import { readMessageSummary } from './message-summary.ts';

test.each([
  [
    'numbers',
    'Messages-Waiting: yes\r\nMessage-Account: sip:1001@pbx\r\nVoice-Message: 2/8 (0/2)\r\n',
    { newMessages: 2, oldMessages: 8 },
  ],
  [
    'nothing waits',
    'Messages-Waiting: no\r\nVoice-Message: 0/0 (0/0)\r\n',
    { newMessages: 0, oldMessages: 0 },
  ],
  [
    'other cases and gaps',
    'messages-waiting : YES\nvoice-message : 3 / 0\n',
    { newMessages: 3, oldMessages: 0 },
  ],
  [
    'something waits, without a number',
    'Messages-Waiting: yes\r\n',
    { newMessages: 1, oldMessages: 0 },
  ],
  [
    'faxes alone',
    'Messages-Waiting: no\r\nFax-Message: 4/0\r\n',
    { newMessages: 0, oldMessages: 0 },
  ],
  ['more than can be', 'Voice-Message: 999999999/1\r\n', { newMessages: 9_999, oldMessages: 1 }],
])('a summary is read: %s', (_what, body, expected) => {
  expect(readMessageSummary(body)).toEqual(expected);
});

test.each([
  ['nothing', ''],
  ['something else', '<dialog-info/>'],
  ['no number', 'Voice-Message: many/none\r\n'],
  ['a negative number', 'Voice-Message: -1/0\r\n'],
  ['a number without end', `Voice-Message: ${'9'.repeat(400)}/0\r\n`],
  ['a body without end', `Messages-Waiting: yes\r\n${'x'.repeat(9_000)}`],
])('what is no summary says nothing: %s', (_what, body) => {
  expect(readMessageSummary(body)).toBeNull();
});
