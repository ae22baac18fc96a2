import type { ReportLine } from '../../../../shared/api/reports.ts';

export const handleParts = ['talk', 'consult', 'hold', 'wrap_up'] as const;
export type HandlePart = (typeof handleParts)[number];

export type DayHour = {
  /** Epoch ms. */
  readonly from: number;
  readonly calls: number;
  readonly handleMs: number;
  readonly parts: Readonly<Record<HandlePart, number>>;
};

const hourMs = 3_600_000;

const nothingIn = (from: number): DayHour => ({
  from,
  calls: 0,
  handleMs: 0,
  parts: { talk: 0, consult: 0, hold: 0, wrap_up: 0 },
});

const hourOf = ({ from, figures }: ReportLine): DayHour => ({
  from,
  calls: figures.handled ?? 0,
  handleMs: figures.handleMs ?? 0,
  parts: {
    talk: figures.talkMs ?? 0,
    consult: figures.consultMs ?? 0,
    hold: figures.holdMs ?? 0,
    wrap_up: figures.wrapUpMs ?? 0,
  },
});

/** From the first hour with something in it to the last one; hours of which the report says nothing are empty. */
export const dayHours = (lines: readonly ReportLine[]): readonly DayHour[] =>
  lines.flatMap((line, index) => {
    const next = lines[index + 1];
    const gap = next === undefined ? 0 : Math.round((next.from - line.to) / hourMs);
    return [
      hourOf(line),
      ...Array.from({ length: gap }, (_, count) => nothingIn(line.to + count * hourMs)),
    ];
  });
