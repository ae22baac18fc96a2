import type { UiAnswer } from '../../../shared/ipc/contract.ts';
import type { Report, ReportLine } from '../../../shared/api/reports.ts';
import { figuresOf } from '../../../shared/domain/reporting/figures.ts';
import { addSums, noSums, type Sums } from '../../../shared/domain/reporting/sums.ts';

/** A made-up agent's day so far, which adds up to what the rail shows. */

const minute = 60_000;
const hourMs = 60 * minute;

const work = (handled: number, talk: number, hold: number, wrapUp: number, consult = 0): Sums =>
  addSums(noSums, {
    handled,
    talkMs: talk * 1_000,
    holdMs: hold * 1_000,
    wrapUpMs: wrapUp * 1_000,
    consultMs: consult * 1_000,
    engagedMs: (talk + hold + consult) * 1_000,
    afterCallMs: wrapUp * 1_000,
    readyMs: hourMs - (talk + hold + wrapUp + consult) * 1_000 - 5 * minute,
    notReadyMs: 5 * minute,
  });

const scope = { subject: 'total', someAgents: true } as const;

const lineOf = (from: number, to: number, sums: Sums): ReportLine => ({
  ...{ from, to, local: '', key: '', name: '', missedByCause: { asleep: 1 } },
  figures: figuresOf({ sums, longestWaitMs: null, view: 'ringside', scope }),
});

const reportOf = (interval: 'day' | '60', now: number, lines: ReportLine[]): Report => ({
  ...{ view: 'ringside', by: 'total', interval, zone: 'Europe/Madrid', definitions: {}, lines },
  ...{ from: now - 8 * hourMs, to: now, readAt: now },
});

export const myDayOf = (
  now: number,
  today: { readonly contacts: number; readonly handleMs: number; readonly missed: number },
): UiAnswer<'reports.myDay'> => {
  const begun = now - (now % hourMs) - 5 * hourMs;
  const hours = [
    work(4, 900, 95, 200),
    work(6, 1_080, 0, 310, 190),
    work(5, 960, 240, 250),
    noSums,
    work(5, 760, 30, 190),
  ];
  const told = hours.reduce((sum, each) => addSums(sum, each));
  const handled = today.contacts - told.handled;
  const handleMs = today.handleMs - told.talkMs - told.holdMs - told.consultMs - told.wrapUpMs;
  const last = addSums(noSums, {
    handled,
    talkMs: handleMs - 90_000,
    wrapUpMs: 90_000,
    engagedMs: handleMs - 90_000,
    afterCallMs: 90_000,
  });
  const all = addSums(addSums(told, last), {
    transferred: 2,
    missed: today.missed + 1,
    missedCounted: today.missed,
    firstContacts: 12,
    firstRepeated: 1,
  });
  const lines = [...hours, last].map((sums, index) =>
    lineOf(begun + index * hourMs, begun + (index + 1) * hourMs, sums),
  );
  return {
    ok: true,
    value: {
      day: reportOf('day', now, [lineOf(begun, now, all)]),
      hours: reportOf(
        '60',
        now,
        lines.filter(({ figures }) => (figures.handled ?? 0) > 0),
      ),
    },
  };
};
