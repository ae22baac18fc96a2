import type { SummaryGiven } from '../summaries/summary-centre.ts';

/** Written to the data folder: nobody is there to get mail. */
export const seedSummaries: readonly SummaryGiven[] = [
  { name: 'daily', every: 'day', at: '06:00', file: true },
  { name: 'weekly', every: 'week', at: '06:00', file: true },
];
