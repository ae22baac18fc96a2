import type { JournalFact } from '../../../src/shared/api/events.ts';
import type { EndOutcome, LedgerFact } from '../../../src/shared/domain/handle-time/fact.ts';
import { ledger } from '../journal.ts';

/** Numbers in [0, 1). */
export type Random = () => number;

/** What a phone told, in the order in which it was told. */
export type Scene = {
  readonly facts: readonly JournalFact[];
  /** Calls (by key) whose last leg was answered, is over and lacks its wrap-up. */
  readonly owed: readonly string[];
};

const uuid = (random: Random): string => {
  const hex = (length: number): string =>
    Array.from({ length }, () => Math.floor(random() * 16).toString(16)).join('');
  return `${hex(8)}-${hex(4)}-7${hex(3)}-8${hex(3)}-${hex(12)}`;
};

const chance = (random: Random, share: number): boolean => random() < share;
const pick = <Value>(random: Random, values: readonly [Value, ...Value[]]): Value =>
  values[Math.floor(random() * values.length)] ?? values[0];

type Stamp = {
  readonly id: string;
  readonly callId: string;
  readonly callKey: string;
  readonly at: number;
};

/** Steps of time between facts; now and then two things happen in one millisecond. */
const createTeller = (random: Random, startAt: number) => {
  let at = startAt;
  return {
    pass: (maximumMs: number): void => {
      at += chance(random, 0.1) ? 0 : Math.floor(random() * maximumMs);
    },
    stamp: (callId: string, callKey: string): Stamp => ({
      id: uuid(random),
      callId,
      callKey,
      at,
    }),
  };
};

/**
 * One agent's day, the same for the same dice: calls in and out, some never answered, held, with colleagues asked
 * meanwhile, handed over, come back as a second leg of the same contact, wrapped up or not yet.
 */
export const callScene = (random: Random, length: number, startAt: number): Scene => {
  const facts: JournalFact[] = [];
  const owed = new Set<string>();
  const teller = createTeller(random, startAt);
  const tell = (fact: LedgerFact): void => {
    facts.push(ledger(fact));
  };

  const consult = (customerLeg: string, customerKey: string): void => {
    const [callId, callKey] = [uuid(random), uuid(random)];
    tell({ kind: 'consult_began', ...teller.stamp(customerLeg, customerKey) });
    const dialed = { remoteNumber: '1002', consultFor: customerLeg };
    tell({ kind: 'dialed', ...teller.stamp(callId, callKey), ...dialed });
    teller.pass(20_000);
    const isAnswered = chance(random, 0.7);
    if (isAnswered) tell({ kind: 'answered', ...teller.stamp(callId, callKey) });
    teller.pass(60_000);
    const outcome = isAnswered ? 'completed' : 'no_answer';
    const end = { side: 'local', outcome, sipCode: null, cause: null } as const;
    tell({ kind: 'ended', ...teller.stamp(callId, callKey), ...end });
    tell({ kind: 'consult_ended', ...teller.stamp(customerLeg, customerKey) });
  };

  /** `comesBack`: it is handed over and returns, so that this leg is not the last one of its call. */
  const leg = (callKey: string, comesBack: boolean): void => {
    const callId = uuid(random);
    const remoteNumber = `+1303555${String(Math.floor(random() * 10_000)).padStart(4, '0')}`;
    const stamp = () => teller.stamp(callId, callKey);
    if (chance(random, 0.7)) {
      const queue = chance(random, 0.8) ? 'support' : null;
      tell({ kind: 'offered', ...stamp(), queue, remoteNumber, remoteName: '' });
    } else tell({ kind: 'dialed', ...stamp(), remoteNumber });
    teller.pass(20_000);
    if (!comesBack && chance(random, 0.15)) {
      const outcome = pick<EndOutcome>(random, [
        'cancelled',
        'no_answer',
        'rejected',
        'phone_failed',
      ]);
      const end = { side: 'remote', outcome, sipCode: 487, cause: null } as const;
      tell({ kind: 'ended', ...stamp(), ...end });
      return;
    }
    tell({ kind: 'answered', ...stamp() });
    if (chance(random, 0.4)) {
      facts.push({ topic: 'consent', fact: { kind: 'asked', ...stamp() } });
      teller.pass(5_000);
      facts.push({ topic: 'consent', fact: { kind: 'granted', ...stamp() } });
    }
    for (let holds = Math.floor(random() * 3); holds > 0; holds -= 1) {
      teller.pass(60_000);
      tell({ kind: 'held', ...stamp() });
      teller.pass(30_000);
      if (chance(random, 0.4)) consult(callId, callKey);
      if (chance(random, 0.9)) tell({ kind: 'resumed', ...stamp() });
    }
    teller.pass(90_000);
    const outcome = comesBack || chance(random, 0.1) ? 'transferred' : 'completed';
    tell({ kind: 'ended', ...stamp(), side: 'local', outcome, sipCode: null, cause: 16 });
    teller.pass(60_000);
    if (comesBack || chance(random, 0.9)) {
      tell({ kind: 'wrap_up_completed', ...stamp(), code: 'resolved', notes: 'Said “yes” 👍' });
    } else owed.add(callKey);
  };

  while (facts.length < length) {
    const callKey = uuid(random);
    // Who was handed over may come back, as a new leg of the same contact.
    for (
      let returns = chance(random, 0.2) ? 1 + Math.floor(random() * 2) : 0;
      returns >= 0;
      returns -= 1
    ) {
      leg(callKey, returns > 0);
      teller.pass(30_000);
    }
  }
  return { facts, owed: [...owed].sort() };
};
