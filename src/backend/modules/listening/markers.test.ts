import { expect, test } from 'vitest';
import type { ConsentFactKind } from '../../../shared/domain/consent/consent.ts';
import type { LedgerFact } from '../../../shared/domain/handle-time/fact.ts';
import { markersOf } from './markers.ts';

const startedAt = 1_800_000_000_000;
const leg = { callId: 'leg', callKey: 'key' };
let count = 0;
const base = (second: number) => ({
  ...leg,
  id: `f${String((count += 1))}`,
  at: startedAt + second * 1_000,
});
const word = (kind: ConsentFactKind, second: number) => ({ ...base(second), kind });
const nothing = { startedAt, seconds: 60, consentFacts: [], legs: [], pauses: [] };
const legOf = (name: string, ...facts: readonly LedgerFact[]) => ({ agent: { name }, facts });
const dialed = (second: number) => ({
  ...base(second),
  kind: 'dialed' as const,
  remoteNumber: '+13035550123',
  remoteName: '',
});
const endedAt = (second: number, outcome: 'completed' | 'transferred'): LedgerFact => ({
  ...base(second),
  kind: 'ended',
  side: 'local',
  outcome,
  sipCode: 200,
  cause: null,
});

test('the word under which it began stands at its beginning; older ones are left to the history', () => {
  const consentFacts = [word('withdrawn', 40), word('asked', -9), word('granted', -0.2)];
  expect(markersOf({ ...nothing, consentFacts })).toEqual([
    { kind: 'consent', atMs: 0, word: 'granted', before: false },
    { kind: 'consent', atMs: 40_000, word: 'withdrawn', before: false },
  ]);
  const [early] = markersOf({ ...nothing, consentFacts: [word('granted', -30)] });
  expect(early).toMatchObject({ atMs: 0, before: true });
});

test('hold and a transfer stand where they were, as far as they are in the recording', () => {
  const legs = [
    legOf(
      'Ana',
      dialed(-20),
      { ...base(-10), kind: 'answered' },
      { ...base(-2), kind: 'held' },
      { ...base(5), kind: 'resumed' },
      { ...base(20), kind: 'held' },
      endedAt(30, 'transferred'),
    ),
    legOf('Bruno', dialed(28), { ...base(30), kind: 'answered' }, endedAt(70, 'completed')),
  ];
  expect(markersOf({ ...nothing, legs })).toEqual([
    { kind: 'hold', atMs: 0, toMs: 5_000, name: 'Ana' },
    { kind: 'hold', atMs: 20_000, toMs: 30_000, name: 'Ana' },
    { kind: 'transferred', atMs: 30_000, name: 'Ana' },
    { kind: 'joined', atMs: 30_000, name: 'Bruno' },
  ]);
});

test('a colleague who was only asked did not join', () => {
  const consult = { ...dialed(10), consultFor: 'leg' };
  const legs = [legOf('Bruno', consult, { ...base(12), kind: 'answered' })];
  expect(markersOf({ ...nothing, legs })).toEqual([]);
});

test('a pause says whether its silence was proven', () => {
  const at = (second: number) => startedAt + second * 1_000;
  const pauses = [
    { why: 'payment' as const, pausedAt: at(10), resumedAt: at(20), proven: true },
    { why: 'payment' as const, pausedAt: at(30), resumedAt: at(35), proven: false },
    { why: 'desk_lost' as const, pausedAt: at(50), resumedAt: null, proven: null },
    { why: 'payment' as const, pausedAt: at(61), resumedAt: at(62), proven: null },
  ];
  expect(markersOf({ ...nothing, pauses })).toEqual([
    { kind: 'pause', why: 'payment', atMs: 10_000, toMs: 20_000, proven: true },
    { kind: 'pause', why: 'payment', atMs: 30_000, toMs: 35_000, proven: false },
    { kind: 'pause', why: 'desk_lost', atMs: 50_000, toMs: 60_000, proven: null },
  ]);
});
