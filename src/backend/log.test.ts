import { expect, test } from 'vitest';
import { createLog } from './log.ts';

const card = '4111 1111 1111 1111';

const written = (write: (log: ReturnType<typeof createLog>) => void): string => {
  const lines: string[] = [];
  write(createLog('debug', { write: (line) => void lines.push(line) }));
  return lines.join('');
};

test('no line holds the digits of a card, wherever they come from', () => {
  const text = written((log) => {
    log.info({ why: `refused: ${card}`, details: { said: [card] } }, 'odd');
    log.error({ error: new Error(`invalid input: "${card}"`) }, 'failed');
  });
  expect(text).toContain('refused: ••••');
  expect(text).not.toContain('1111');
});

test('ids are told to the letter', () => {
  const callKey = '4111111111111111';
  expect(written((log) => log.info({ callKey }, 'a call'))).toContain(callKey);
});
