import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { LedgerFact } from '../handle-time/fact.ts';
import { handleTimeOf, segmentsOf } from '../handle-time/segments.ts';
import { factWords, wrapUpRecordOf } from './wrap-up-record.ts';

const base = (id: string, at: number) => ({ id, callId: 'leg', callKey: 'call', at });
const call: readonly LedgerFact[] = [
  { kind: 'offered', ...base('o', 0), queue: 'support', remoteNumber: '', remoteName: '' },
  { kind: 'answered', ...base('a', 1_000) },
  {
    kind: 'ended',
    ...base('e', 5_000),
    side: 'local',
    outcome: 'completed',
    sipCode: null,
    cause: null,
  },
];
const completed = (
  id: string,
  at: number,
  code: string,
  by?: 'timer' | 'supervisor',
): LedgerFact => ({
  kind: 'wrap_up_completed',
  ...base(id, at),
  code,
  notes: id,
  ...(by === undefined ? {} : { by }),
});
const corrected = (id: string, at: number, code: string): LedgerFact => ({
  kind: 'wrap_up_corrected',
  ...base(id, at),
  code,
  notes: id,
});

test('until it is completed there is no record, whatever a correction says', () => {
  expect(wrapUpRecordOf(call)).toBeNull();
  expect(wrapUpRecordOf([...call, corrected('c', 9_000, 'b')])).toBeNull();
});

test('a correction changes the words and keeps the handle time and what was said before', () => {
  const facts = [...call, completed('w', 8_000, 'a'), corrected('c', 90_000, 'b')];
  expect(wrapUpRecordOf(facts)).toMatchObject({
    completedAt: 8_000,
    correctedAt: 90_000,
    current: { codes: ['b'], notes: 'c' },
    versions: [{ codes: ['a'] }, { codes: ['b'] }],
  });
  expect(handleTimeOf(segmentsOf(facts), 0)).toMatchObject({ wrapUpMs: 3_000, handleMs: 7_000 });
});

test('the agent’s own word stands before one that stood in for it, whichever came first', () => {
  for (const by of ['timer', 'supervisor'] as const) {
    const facts = [completed('mine', 7_000, 'own'), completed('theirs', 9_000, 'other', by)];
    expect(wrapUpRecordOf([...call, ...facts])).toMatchObject({
      completedAt: 7_000,
      completedBy: 'agent',
      current: { codes: ['own'] },
    });
    const late = [completed('theirs', 7_000, 'other', by), completed('mine', 9_000, 'own')];
    expect(wrapUpRecordOf([...call, ...late])).toMatchObject({
      completedAt: 7_000,
      completedBy: by,
      current: { codes: ['own'] },
    });
  }
});

test('no code is an answer where none was asked for', () => {
  expect(wrapUpRecordOf([completed('w', 1, '')])?.current.codes).toEqual([]);
  expect(factWords({ codes: [], fields: {}, notes: '' })).toEqual({ code: '', notes: '' });
  expect(factWords({ codes: ['a', 'b'], fields: { x: '1', y: ' ' }, notes: 'n' })).toEqual({
    code: 'a',
    codes: ['b'],
    fields: { x: '1' },
    notes: 'n',
  });
});

const wrapUpFact = fc
  .record({
    at: fc.integer({ min: 5_000, max: 20_000 }),
    code: fc.constantFrom('', 'a', 'b', 'c'),
    kind: fc.constantFrom('agent', 'timer', 'supervisor', 'correction'),
  })
  .map(({ at, code, kind }): ((id: string) => LedgerFact) => (id) => {
    if (kind === 'correction') return corrected(id, at, code);
    return kind === 'agent' ? completed(id, at, code) : completed(id, at, code, kind);
  });

test('any order and any repetition of facts adds up to the same record and the same segments', () => {
  fc.assert(
    fc.property(
      fc.array(wrapUpFact, { minLength: 1, maxLength: 8 }),
      fc.array(fc.nat(), { minLength: 22, maxLength: 22 }),
      (makers, keys) => {
        const facts = [...call, ...makers.map((make, at) => make(`w${String(at)}`))];
        const shuffled = [...facts, ...facts]
          .map((fact, at) => ({ fact, key: keys[at] ?? 0 }))
          .sort((a, b) => a.key - b.key)
          .map(({ fact }) => fact);
        expect(wrapUpRecordOf(shuffled)).toEqual(wrapUpRecordOf(facts));
        expect(segmentsOf(shuffled)).toEqual(segmentsOf(facts));
        const record = wrapUpRecordOf(facts);
        const ends = segmentsOf(facts).find(({ kind }) => kind === 'wrap_up')?.endedAt ?? null;
        expect(ends).toBe(record?.completedAt ?? null);
        // Nothing that was said is gone.
        if (record !== null) expect(record.versions).toHaveLength(makers.length);
      },
    ),
  );
});
