import type {
  AdherenceDay,
  AdherenceException,
  JudgedSpanView,
  ShiftView,
} from '../../../shared/api/shifts.ts';
import { partsOf, usualGraceMs } from '../../../shared/domain/schedule/adherence.ts';
import { uuid } from './people.ts';

const minuteMs = 60_000;

/** A shift around now, so that every scene has a past and a future whatever time it is. `nextInMs`: until the break. */
export const shiftOf = (now: number, nextInMs = 12 * minuteMs): ShiftView => {
  const breakAt = Math.ceil((now + nextInMs) / minuteMs) * minuteMs;
  const at = (minutes: number): number => breakAt + minutes * minuteMs;
  return {
    zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    from: now - 18 * 60 * minuteMs,
    to: now + 48 * 60 * minuteMs,
    plan: [
      { kind: 'work', label: '', startsAt: at(-180), endsAt: at(-90) },
      { kind: 'meeting', label: 'Team meeting', startsAt: at(-90), endsAt: at(-60) },
      { kind: 'work', label: '', startsAt: at(-60), endsAt: at(0) },
      { kind: 'break', label: '', startsAt: at(0), endsAt: at(15) },
      { kind: 'work', label: '', startsAt: at(15), endsAt: at(120) },
      { kind: 'meal', label: '', startsAt: at(120), endsAt: at(150) },
      { kind: 'work', label: '', startsAt: at(150), endsAt: at(300) },
    ],
    fitting: [
      { kind: 'break', reasons: ['break', 'lunch'] },
      { kind: 'meal', reasons: ['lunch', 'break'] },
      { kind: 'meeting', reasons: ['meeting'] },
    ],
  };
};

const exceptionOf = (
  id: number,
  span: Pick<AdherenceException, 'startsAt' | 'endsAt'>,
  part: Partial<AdherenceException>,
): AdherenceException => ({
  id: uuid(id),
  agentId: uuid(1),
  agentName: 'Ana Ferreira',
  ...span,
  cause: 'note',
  note: 'Fire drill on the second floor',
  state: 'pending',
  askedAt: span.endsAt,
  decidedAt: null,
  decidedBy: null,
  answer: '',
  ...part,
});

/** A day with everything in it; without a schedule, an empty one. */
export const shiftDayOf = (
  now: number,
  shift: ShiftView | null,
  asked: readonly AdherenceException[] = [],
): AdherenceDay => {
  const midnight = new Date(now).setHours(0, 0, 0, 0);
  const start = shift?.plan[0]?.startsAt ?? now;
  const at = (minutes: number): number => start + minutes * minuteMs;
  const judged = (
    from: number,
    to: number,
    verdict: JudgedSpanView['verdict'],
    state: JudgedSpanView['state'],
    part: Partial<JudgedSpanView> = {},
  ): JudgedSpanView => ({
    startsAt: at(from),
    endsAt: Math.min(at(to), now),
    kind: 'work',
    label: '',
    state,
    reason: null,
    verdict,
    offer: null,
    ...part,
  });
  const meeting = { kind: 'meeting', label: 'Team meeting' } as const;
  const spans: readonly JudgedSpanView[] = [
    judged(0, 2, 'grace', 'offline'),
    judged(2, 31, 'adherent', 'ready'),
    judged(31, 43, 'excused', 'not_ready', { reason: 'break' }),
    judged(43, 58, 'adherent', 'engaged'),
    judged(58, 67, 'out', 'not_ready', { reason: 'phone_failed', offer: 'technical' }),
    judged(67, 90, 'adherent', 'engaged'),
    judged(90, 93, 'grace', 'engaged', meeting),
    judged(93, 99, 'out', 'engaged', { ...meeting, offer: 'call' }),
    judged(99, 120, 'adherent', 'not_ready', { ...meeting, reason: 'meeting' }),
    judged(120, 130, 'adherent', 'ready'),
    judged(130, 138, 'out', 'not_ready', { reason: 'training' }),
    judged(138, 400, 'adherent', 'ready'),
  ];
  const parts = partsOf(shift === null ? [] : spans);
  const share = (ms: number): number | null =>
    parts.scheduledMs === 0 ? null : ms / parts.scheduledMs;
  return {
    day: new Date(now).toLocaleDateString('en-CA'),
    zone: shift?.zone ?? Intl.DateTimeFormat().resolvedOptions().timeZone,
    from: midnight,
    to: midnight + 24 * 60 * minuteMs,
    plan: shift?.plan ?? [],
    spans: shift === null ? [] : spans,
    parts,
    share: share(parts.adherentMs + parts.graceMs),
    excusedShare: share(parts.adherentMs + parts.graceMs + parts.excusedMs),
    graceMs: usualGraceMs,
    formula: '',
    exceptions:
      shift === null
        ? []
        : [
            exceptionOf(
              880,
              { startsAt: at(31), endsAt: at(43) },
              {
                state: 'approved',
                decidedAt: now,
                decidedBy: 'Sofia Lindqvist',
                answer: 'I was there too.',
              },
            ),
            ...asked,
          ],
    work: { contacts: 23, handleMs: 23 * 252_000, breaks: 1, breakMs: 14 * minuteMs, owed: 1 },
  };
};

/** What was asked for in this page: with the supervisor from then on. */
export const askedOf = (
  count: number,
  asked: Pick<AdherenceException, 'startsAt' | 'endsAt' | 'cause' | 'note'>,
): AdherenceException => exceptionOf(890 + count, asked, asked);

/** What agents ask a supervisor to excuse. */
export const waitingAt = (now: number): readonly AdherenceException[] => [
  exceptionOf(
    896,
    { startsAt: now - 55 * minuteMs, endsAt: now - 41 * minuteMs },
    { agentName: 'Tom Okafor', note: 'The fire drill on the second floor.' },
  ),
  exceptionOf(
    897,
    { startsAt: now - 26 * 60 * minuteMs, endsAt: now - 26 * 60 * minuteMs + 9 * minuteMs },
    { agentName: 'Ana Ribeiro', cause: 'technical', note: '' },
  ),
];
