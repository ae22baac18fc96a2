import { expect, test } from 'vitest';
import { htmlOfCall } from './call-text.ts';
import type { CallRecord } from './connector.ts';

const call = {
  ...{ callId: 'k', direction: 'inbound', customerNumber: '', companyNumber: '', agentName: 'Ana' },
  ...{ startedAt: 0, endedAt: 1, talkSeconds: 1, title: 'Incoming call', revision: 0, notes: '' },
} as const satisfies Omit<CallRecord, 'lines'>;
const htmlOf = (value: string): string =>
  htmlOfCall({ ...call, lines: [{ label: 'Line', value }] }, 'Ringside k');

test('a line that is an address can be followed, and no other', () => {
  expect(htmlOf('https://ringside.example/open?a=1&b=2')).toContain(
    '<a href="https://ringside.example/open?a=1&amp;b=2">https://ringside.example/open?a=1&amp;b=2</a>',
  );
  for (const other of [
    'http://ringside.example',
    'see https://ringside.example',
    'https://ringside.example/"><b>',
    'javascript:alert(1)//https://ringside.example',
  ]) {
    expect(htmlOf(other)).not.toMatch(/<a |<b>[^L]/u);
  }
});
