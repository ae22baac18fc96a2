import { expect, test } from 'vitest';
import { requestWithoutCards } from './free-text.ts';

const card = '4111111111111111';
const blank = '••••••••••••••••';

test('what people wrote is blanked wherever it stands, and nothing else is', () => {
  expect(
    requestWithoutCards({
      callKey: card,
      number: card,
      notes: card,
      fields: { reference: card, amount: '12' },
      answers: [{ key: card, note: `so ${card}` }],
      revision: 7,
      code: null,
    }),
  ).toEqual({
    callKey: card,
    number: card,
    notes: blank,
    fields: { reference: blank, amount: '12' },
    answers: [{ key: card, note: `so ${blank}` }],
    revision: 7,
    code: null,
  });
});

test.each([null, undefined, 5, 'text', []])('%j is left as it is', (request) => {
  expect(requestWithoutCards(request)).toEqual(request);
});
