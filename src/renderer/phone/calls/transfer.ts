import type { Call } from '../../../shared/domain/call/call.ts';
import type { TransferTarget } from '../../../shared/ipc/phone.ts';
import { failure, success } from '../../../shared/result.ts';
import type { Logger } from '../log.ts';
import type { DialogName } from '../sip/referral.ts';
import { dialedNumber } from './dialed-number.ts';
import type { Holding } from './holding.ts';
import type { Line, Lines, Outcome } from './lines.ts';

/** The two are joined within the PBX, which takes no time. */
const joinWithinMs = 10_000;
/** The target rings; longer than any PBX lets it. */
const ringWithinMs = 120_000;

export type Transfer = {
  /** Hands the far side over unasked. Answered when the PBX agrees to try or refuses; the rest is in the call. */
  readonly blind: (line: Line, to: TransferTarget) => Promise<Outcome>;
  /** To a parking place of the PBX. */
  readonly park: (line: Line) => Promise<Outcome>;
  /** The far sides of both calls talk with each other; both calls end here. */
  readonly complete: (line: Line, other: Line) => Promise<Outcome>;
};

/** What our dialplan calls the way to a parking place; in the call's account it is the target's name. */
const parkingUser = 'park';

/** What to call for this target: a user at our PBX; null when it is no number. */
const userOf = (to: TransferTarget, country: string): string | null => {
  switch (to.kind) {
    case 'agent':
      return to.extension;
    case 'queue':
      return `queue-${to.queue}`;
    case 'number':
      return dialedNumber(to.number, country);
  }
};

/**
 * Asterisk that transcodes takes the packets of whoever speaks next for late ones of ours, and drops them for minutes,
 * unless its music came between.
 */
const musicBetweenMs = 250;

const isTalkedWith = (call: Call | undefined): boolean =>
  call?.state === 'connected' && call.hold !== 'local' && call.hold !== 'both';

/** Calls that the agent hands over to somebody else. */
export const createTransfer = (ports: {
  readonly lines: Lines;
  readonly holding: Holding;
  readonly country: () => string;
  readonly log: Logger;
}): Transfer => {
  const { lines, holding, log } = ports;
  const joining = new Set<string>();

  /** Back to the agent, unless somebody else has them by now. */
  const returnFarSide = async (line: Line) => {
    for (const other of lines.all()) {
      if (other.callId !== line.callId && isTalkedWith(lines.callOf(other.callId))) return;
    }
    const resumed = await holding.setHold(line, false);
    if (!resumed.ok) log.warn('not resumed after a transfer', { callId: line.callId });
  };

  const join = (customer: Line, target: Line, replaces: DialogName) => {
    const user = lines.callOf(target.callId)?.remote.number ?? '';
    const referral = customer.leg.refer({ user, replaces }, joinWithinMs);
    target.leg.joinedBy(referral);
    return referral;
  };

  const handOver = async (line: Line, user: string, shown: string): Promise<Outcome> => {
    const { callId } = line;
    if (isTalkedWith(lines.callOf(callId))) {
      const held = await holding.setHold(line, true);
      if (!held.ok) return held;
    }
    const tell = (state: 'asked' | 'ringing') =>
      lines.apply(callId, { kind: 'transfer_changed', transfer: { state, to: shown } });
    tell('asked');
    return new Promise((resolve) => {
      const handlers = { accepted: () => resolve(success(null)), ringing: () => tell('ringing') };
      void line.leg.refer({ user }, ringWithinMs, handlers).then(async (transferred) => {
        if (!transferred.ok) {
          const { sipCode } = transferred.why;
          const transfer = { state: 'failed', to: shown, sipCode } as const;
          lines.apply(callId, { kind: 'transfer_changed', transfer });
          if (lines.get(callId) !== undefined) await returnFarSide(line);
        }
        resolve(transferred.ok ? success(null) : failure('transfer_refused'));
      });
    });
  };

  return {
    blind: (line, to) => {
      const user = userOf(to, ports.country());
      if (user === null) return Promise.resolve(failure('not_a_number'));
      return handOver(line, user, to.kind === 'queue' ? to.queue : user);
    },
    park: (line) => handOver(line, parkingUser, parkingUser),
    complete: async (line, other) => {
      const isConsult = lines.callOf(line.callId)?.consultFor === other.callId;
      const [customer, target] = isConsult ? [other, line] : [line, other];
      const replaces = target.leg.dialog();
      if (replaces === null) return failure('not_allowed');
      if (joining.has(customer.callId) || joining.has(target.callId)) return failure('busy');
      joining.add(customer.callId).add(target.callId);
      const talked = isTalkedWith(lines.callOf(customer.callId));
      const held = talked ? await holding.setHold(customer, true) : success(null);
      if (talked) await new Promise((resolve) => setTimeout(resolve, musicBetweenMs));
      const joined = held.ok ? await join(customer, target, replaces) : held;
      joining.delete(customer.callId);
      joining.delete(target.callId);
      if (!joined.ok && held.ok && talked && lines.get(customer.callId) !== undefined) {
        await holding.setHold(customer, false);
      }
      if (!joined.ok) return failure('transfer_refused');
      // Out at once: nobody hears an agent who has left.
      target.audio.setHeld(true);
      return success(null);
    },
  };
};
