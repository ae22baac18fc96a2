import type { Call, RemoteParty, Stamp } from '../../../shared/domain/call/call.ts';
import { consults, dialedCall } from '../../../shared/domain/call/call.ts';
import { callsForHelp } from '../../../shared/domain/phone-number/emergency-numbers.ts';
import type { PhoneCommand, TransferTarget } from '../../../shared/ipc/phone.ts';
import type { Result } from '../../../shared/result.ts';
import { failure, success } from '../../../shared/result.ts';
import type { UserAgent } from '../sip/user-agent.ts';
import { dialedNumber } from './dialed-number.ts';
import type { Holding } from './holding.ts';
import type { Lines, Refusal } from './lines.ts';

type CallBack = NonNullable<Extract<PhoneCommand, { readonly kind: 'dial' }>['callBack']>;
type PickUp = Extract<PhoneCommand, { readonly kind: 'pick_up' }>;
/** Whom the call is with as long as the PBX says nothing else; `callKey`: the call's that it is a part of. */
type Shown = {
  readonly remote: RemoteParty;
  readonly callKey: string | null;
  readonly callBack?: CallBack | undefined;
};

/** A call for help waits for a device no longer than this. */
const helpWaitsMs = 1_500;

/** The new call's id. */
type Dialed = Promise<Result<string, Refusal>>;

export type Dialing = {
  readonly dial: (typed: string, callBack?: CallBack) => Dialed;
  /** Takes a customer from a parking place, in the customer's own call. */
  readonly pickUp: (parked: PickUp) => Dialed;
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
  /** Registered or not: a call for help is tried all the same. */
  readonly anyUserAgent: () => UserAgent | null;
  /** Where the agent is, for whoever sends help; null: not known. */
  readonly location: () => string | null;
  /** What reaches the agent's own mailbox; null: nothing does. */
  readonly mailbox: () => string | null;
}): Dialing => {
  const { lines } = ports;
  let dialing = false;

  /** Others on hold and the microphone open, as far as that goes in a moment; whoever calls for help is put through without. */
  const prepareHelp = async (): Promise<void> => {
    const enough = new Promise((resolve) => setTimeout(resolve, helpWaitsMs));
    const prepared = Promise.allSettled([ports.holding.holdOthers(null), lines.openMicrophone()]);
    await Promise.race([prepared, enough]);
  };

  const callForHelp = async (user: string): Dialed => {
    const userAgent = ports.anyUserAgent();
    if (userAgent === null) return failure('not_registered');
    // A second press is not a second call.
    for (const { callId: already } of lines.all()) {
      if (lines.callOf(already)?.remote.number === user) return success(already);
    }
    await prepareHelp();
    const callKey = crypto.randomUUID();
    const callId = crypto.randomUUID();
    const remote = { number: user, name: '' };
    const leg = userAgent.newLeg({ callKey, remote, queue: null, isConsult: false });
    const line = lines.add(leg, dialedCall({ callId, callKey, remote, stamp: ports.stamp() }));
    const attached = lines.attach(line);
    await Promise.race([attached, new Promise((resolve) => setTimeout(resolve, helpWaitsMs))]);
    leg.dial(user, ports.location());
    return success(callId);
  };

  const begin = async (user: string, shown: Shown, customer: Call | null): Dialed => {
    const userAgent = ports.userAgent();
    if (userAgent === null) return failure('not_registered');
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
      const callKey = customer?.callKey ?? shown.callKey ?? crypto.randomUUID();
      const callId = crypto.randomUUID();
      const { remote, callBack } = shown;
      const queue = customer?.queue ?? null;
      const leg = userAgent.newLeg({ callKey, remote, queue, isConsult: customer !== null });
      const stamp = ports.stamp();
      const consult = customer === null ? {} : { consultFor: customer.callId };
      const mailbox = user === ports.mailbox() ? ({ mailbox: true } as const) : {};
      const line = lines.add(
        leg,
        dialedCall({
          ...{ callId, callKey, remote, stamp, ...consult, ...mailbox },
          ...(callBack === undefined ? {} : { callBack }),
        }),
      );
      if (customer !== null)
        lines.apply(customer.callId, { kind: 'consult_began', stamp: ports.stamp() });
      await lines.attach(line);
      leg.dial(user);
      return success(callId);
    } finally {
      dialing = false;
    }
  };

  const start = (typed: string, customer: Call | null, callBack?: CallBack): Dialed => {
    const country = ports.anyUserAgent()?.account.country ?? '';
    if (customer === null && callsForHelp(typed, country)) {
      return callForHelp(typed.replaceAll(/\D/gu, ''));
    }
    const userAgent = ports.userAgent();
    if (userAgent === null) return Promise.resolve(failure('not_registered'));
    const number = dialedNumber(typed, userAgent.account.country);
    if (number === null) return Promise.resolve(failure('not_a_number'));
    return begin(number, { remote: { number, name: '' }, callKey: null, callBack }, customer);
  };

  return {
    dial: (typed, callBack) => start(typed, null, callBack),
    pickUp: ({ slot, callKey, number, name }) =>
      begin(`park-${slot}`, { remote: { number, name }, callKey }, null),
    consult: async (customer, to) => {
      if (to.kind === 'queue') return failure('not_allowed');
      if (consults(customer)) return failure('busy');
      return start(to.kind === 'agent' ? to.extension : to.number, customer);
    },
  };
};
