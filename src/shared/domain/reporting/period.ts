/** Stretches of days that move with the calendar; a saved view and a summary name one of them. */
export const reportPeriods = [
  'today',
  'yesterday',
  'this_week',
  'last_week',
  'last_7_days',
  'this_month',
  'last_month',
  'last_28_days',
  'last_12_weeks',
] as const;
export type ReportPeriod = (typeof reportPeriods)[number];
