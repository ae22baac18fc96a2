/**
 * What a report adds up, for every quarter of an hour, agent, queue and wrap-up code. Sums alone can be corrected by a
 * negative, so nothing here is a mean or a share: those are made from the sums (`figuresOf`).
 */
export const sumNames = [
  // One contact's wait in one queue, in the quarter of an hour in which it entered the queue.
  'offered',
  'answered',
  'abandoned',
  'abandonedShort',
  'leftOtherwise',
  'answeredInTime',
  'abandonedInTime',
  'answerWaitMs',
  'abandonWaitMs',
  // The same wait in the quarter of an hour in which it left the queue, as other vendors count.
  'leftAnswered',
  'leftAbandoned',
  'leftAbandonedShort',
  'leftAnsweredInTime',
  'leftAbandonedInTime',
  'leftAnswerWaitMs',
  'leftAbandonWaitMs',
  // One leg at one agent, when it began to ring.
  'rang',
  // One leg at one agent, when its wrap-up was complete.
  'handled',
  'transferred',
  'talkMs',
  'consultMs',
  'holdMs',
  'wrapUpMs',
  'dialMs',
  // An agent's time in each state, in the quarter of an hour in which it passed.
  'readyMs',
  'reservedMs',
  'engagedMs',
  'afterCallMs',
  'notReadyMs',
  // Offers that the agent missed.
  'missed',
  'missedCounted',
  // Contacts of known customers, and those that came back for the same topic in time.
  'firstContacts',
  'firstRepeated',
  // One survey, when it was asked.
  'surveysAsked',
  'surveysAnswered',
  'csatAnswers',
  'csatPoints',
  'csatHigh',
  'npsAnswers',
  'npsPromoters',
  'npsDetractors',
  'resolvedAnswers',
  'resolvedYes',
] as const;

export type SumName = (typeof sumNames)[number];
export type Sums = Readonly<Record<SumName, number>>;

export const noSums: Sums = Object.fromEntries(sumNames.map((name) => [name, 0])) as Record<
  SumName,
  number
>;

export const addSums = (a: Sums, b: Partial<Sums>): Sums =>
  Object.fromEntries(sumNames.map((name) => [name, a[name] + (b[name] ?? 0)])) as Record<
    SumName,
    number
  >;
