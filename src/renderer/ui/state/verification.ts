import type { VerificationAttempt } from '../../../shared/api/guidance.ts';
import type { Customer } from '../../../shared/api/records.ts';
import {
  foldAttempt,
  verificationState,
  type VerificationPolicy,
  type VerificationState,
} from '../../../shared/domain/verification/verification.ts';
import { groupBy } from '../../../shared/group-by.ts';
import { serverNow } from '../bridge/clock.ts';
import { useGuides } from './guidance-store.ts';
import { useMyId } from './hands.ts';
import { useIsEmergency } from './use-emergency.ts';
import type { Work } from './work.ts';

export const customerOf = ({ card }: Work): Customer | null =>
  card !== null && 'customer' in card.match ? card.match.customer : null;

/** Attempts that were made at this desk, as far as it knows by itself. */
const ownAttempts = (
  { draft }: Work,
  policy: VerificationPolicy,
  me: string,
): readonly VerificationAttempt[] => {
  const presses = (draft?.guidance ?? []).filter((fact) => fact.kind === 'verification_pressed');
  const byPolicy = presses.filter(
    (press) => press.policy === policy.code && press.version === policy.version,
  );
  return [...groupBy(byPolicy, ({ attempt }) => attempt)].flatMap(([id, told]) => {
    const folded = foldAttempt(policy, told);
    const [first] = told;
    if (folded === null || first === undefined) return [];
    return [
      {
        ...folded,
        ...{ id, policy: policy.code, version: policy.version, customerId: first.customerId },
        answers: [...folded.answers],
        by: { id: me, name: '' },
        here: true,
      },
    ];
  });
};

export type Verification = {
  readonly policy: VerificationPolicy;
  readonly customer: Customer;
  readonly state: VerificationState;
  /** What the state comes from. */
  readonly attempt: VerificationAttempt | null;
  /** The last one of this agent in this call. */
  readonly own: VerificationAttempt | null;
};

/** All attempts that are known: what the backend tells of others, and what this desk knows by itself. */
const attemptsOf = (
  work: Work,
  customer: Customer,
  own: readonly VerificationAttempt[],
): readonly VerificationAttempt[] => {
  const ids = new Set(own.map(({ id }) => id));
  const told = [...(work.card?.verifications ?? []), ...(customer.verifications?.lately ?? [])];
  return [...told.filter(({ id }) => !ids.has(id)), ...own];
};

/** Where the customer of a call stands; null: nothing is asked, or nobody knows who it is. */
export const useVerification = (work: Work | null): Verification | null => {
  const me = useMyId();
  const { policy } = useGuides(work?.queue ?? null);
  const isEmergency = useIsEmergency(work);
  const customer = work === null ? null : customerOf(work);
  if (work === null || policy === null || customer === null || isEmergency) return null;
  const own = ownAttempts(work, policy, me).filter(({ customerId }) => customerId === customer.id);
  const known = verificationState(
    policy,
    customer.id,
    attemptsOf(work, customer, own),
    serverNow(),
  );
  const last = own.toSorted((a, b) => a.beganAt - b.beganAt).at(-1) ?? null;
  return { policy, customer, ...known, own: last };
};
