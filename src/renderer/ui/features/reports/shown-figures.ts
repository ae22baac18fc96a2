import {
  figureNames,
  isMeaningful,
  type FigureName,
  type ReportSubject,
} from '../../../../shared/domain/reporting/figures.ts';

const ofQueues: readonly FigureName[] = [
  'offered',
  'answered',
  'abandoned',
  'abandonRate',
  'serviceLevel',
  'asaMs',
  'longestWaitMs',
  'handled',
  'ahtMs',
  'fcr',
  'csat',
  'nps',
];
const ofAgents: readonly FigureName[] = [
  'handled',
  'ahtMs',
  'talkMs',
  'holdMs',
  'wrapUpMs',
  'occupancy',
  'transferRate',
  'missedCounted',
  'fcr',
  'csat',
  'nps',
];
const ofCodes: readonly FigureName[] = ['handled', 'ahtMs', 'transferRate', 'fcr'];

/** What a table shows first. */
export const mainFigures: Readonly<Record<ReportSubject, readonly FigureName[]>> = {
  total: [...ofQueues, 'occupancy'],
  queue: ofQueues,
  agent: ofAgents,
  team: ofAgents,
  code: ofCodes,
};

/** Everything that such a line can tell. */
export const allFigures = (subject: ReportSubject): readonly FigureName[] =>
  figureNames.filter((name) => isMeaningful(name, { subject, someAgents: false }));

const headOfAgents: readonly FigureName[] = [
  'handled',
  'ahtMs',
  'occupancy',
  'transferRate',
  'missedCounted',
  'fcr',
  'csat',
  'nps',
];

/** What stands large above it. */
export const headFigures: Readonly<Record<ReportSubject, readonly FigureName[]>> = {
  total: [
    'serviceLevel',
    'abandonRate',
    'asaMs',
    'offered',
    'handled',
    'ahtMs',
    'occupancy',
    'fcr',
    'csat',
    'nps',
  ],
  queue: [
    'serviceLevel',
    'abandonRate',
    'asaMs',
    'offered',
    'handled',
    'ahtMs',
    'fcr',
    'csat',
    'nps',
  ],
  agent: headOfAgents,
  team: headOfAgents,
  code: ofCodes,
};

/** Whether a target is reached; null: there is none, or nothing to hold against it. */
export const reaches = (
  figure: FigureName,
  value: number | null,
  target: { readonly serviceLevel: number | null; readonly ahtMs: number | null },
): boolean | null => {
  if (value === null) return null;
  if (figure === 'serviceLevel' && target.serviceLevel !== null)
    return value >= target.serviceLevel;
  if (figure === 'ahtMs' && target.ahtMs !== null) return value <= target.ahtMs;
  return null;
};
