/** Minutes of the clock on the wall, whole days, or weeks that begin on Monday (ISO 8601). */
export const reportIntervals = ['15', '30', '60', 'day', 'week'] as const;
export type ReportInterval = (typeof reportIntervals)[number];
