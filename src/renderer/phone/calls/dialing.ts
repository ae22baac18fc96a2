import type { Call, Stamp } from '../../../shared/domain/call/call.ts';
import { consults, dialedCall } from '../../../shared/domain/call/call.ts';
import type { TransferTarget } from '../../../shared/ipc/phone.ts';
import type { Result } from '../../../shared/result.ts';
import { failure, success } from '../../../shared/result.ts';
import type { UserAgent } from '../sip/user-agent.ts';
import { dialedNumber } from './dialed-number.ts';
import type { Holding } from './holding.ts';
import type { Lines, Refusal } from './lines.ts';

/** The new call's id. */
type Dialed = Promise<Result<string, Refusal>>;

export type Dialing = {
  readonly dial: (typed: string) => Dialed;
  /** Calls somebody for this customer's sake; the customer waits on hold, also when nobody answers. */
  readonly consult: (customer: Call, to: TransferTarget) => Dialed;
};

/** Calls that this agent makes. */
export const createDialing = (ports: {
  readonly lines: Lines;
  readonly holding: Holding;
  readonly stamp: () => Stamp;
  /** null while the phone is not registered. */
  readonly userAgent: () => UserAgent | null;
}): Dialing => {
  const { lines } = ports;
  let dialing = false;

  const start = async (typed: string, customer: Call | null): Dialed => {
    const userAgent = ports.userAgent();
    if (userAgent === null) return failure('not_registered');
    const number = dialedNumber(typed, userAgent.account.country);
    if (number === null) return failure('not_a_number');
    if (dialing) return failure('busy');
    dialing = true;
    try {
      const [free, opened] = await Promise.all([
        ports.holding.holdOthers(null),
        lines.openMicrophone(),
      ]);
      if (!free.ok) return free;
      if (!opened.ok) return opened;
      if (customer !== null && lines.get(customer.callId) === undefined) {
        return failure('no_such_call');
      }
      const callKey = customer?.callKey ?? crypto.randomUUID();
      const callId = crypto.randomUUID();
      const remote = { number, name: '' };
      const queue = customer?.queue ?? null;
      const leg = userAgent.newLeg({ callKey, remote, queue, isConsult: customer !== null });
      const stamp = ports.stamp();
      const consult = customer === null ? {} : { consultFor: customer.callId };
      const line = lines.add(leg, dialedCall({ callId, callKey, remote, stamp, ...consult }));
      if (customer !== null)
        lines.apply(customer.callId, { kind: 'consult_began', stamp: ports.stamp() });
      await lines.attach(line);
      leg.dial(number);
      return success(callId);
    } finally {
      dialing = false;
    }
  };

  return {
    dial: (typed) => start(typed, null),
    consult: async (customer, to) => {
      if (to.kind === 'queue') return failure('not_allowed');
      if (consults(customer)) return failure('busy');
      return start(to.kind === 'agent' ? to.extension : to.number, customer);
    },
  };
};
