import {
  allowedActions,
  jointActions,
  partnerOf,
  type JointAction,
} from '../../../shared/domain/call/allowed-actions.ts';
import { wasAnswered, type Call } from '../../../shared/domain/call/call.ts';
import type { PhoneCommand } from '../../../shared/ipc/phone.ts';
import type { Work } from './work.ts';

/** Several calls at once, as the desk shows them: who is heard, who waits, and what joins them. */

/** A work whose call is up or on its way out. */
export type Leg = Work & { readonly call: Call };

const isLeg = (work: Work): work is Leg =>
  work.call !== null && (work.stage === 'live' || work.stage === 'outgoing');

/** The calls that belong to what the centre shows: all that are up; beside a wrap-up, the colleague asked for it. */
export const legsOf = (works: readonly Work[], centre: Work): readonly Leg[] =>
  works
    .filter(isLeg)
    .filter((leg) => centre.stage !== 'wrap_up' || leg.consultFor === centre.callId);

export const isOnHold = (call: Call): boolean =>
  call.state === 'connected' && (call.hold === 'local' || call.hold === 'both');

export const isInConference = (call: Call): boolean =>
  call.state === 'connected' && call.conference;

/** Whom the agent hears, and so whom mute, hold and digits are for: never somebody who waits while another talks. */
export const heardLeg = (works: readonly Work[], centre: Work): Leg | null => {
  const legs = legsOf(works, centre);
  const heard = legs.filter((leg) => !isOnHold(leg.call));
  const preferred = heard.length > 0 ? heard : legs;
  return preferred.find((leg) => leg.callId === centre.callId) ?? preferred[0] ?? null;
};

/** The one other call that a single press brings back; the one that is heard goes on hold by that. */
export const swapLeg = (works: readonly Work[], centre: Work): Leg | null => {
  const legs = legsOf(works, centre);
  const waiting = legs.filter((leg) => allowedActions(leg.call).includes('resume'));
  return legs.length > 1 && waiting.length === 1 ? (waiting[0] ?? null) : null;
};

/** Since when a leg is as it is: on hold, talked with, or dialled. */
export const legSince = (leg: Leg): number | null => {
  const kinds = isOnHold(leg.call) ? ['held'] : ['resumed', 'answered', 'dialed'];
  return leg.call.facts.findLast((fact) => kinds.includes(fact.kind))?.at ?? null;
};

const callsOf = (works: readonly Work[]): readonly Call[] =>
  works.flatMap((work) => (work.call === null ? [] : [work.call]));

export const jointActionsOf = (works: readonly Work[], centre: Work): readonly JointAction[] =>
  centre.call === null ? [] : jointActions(centre.call, callsOf(works));

/** The command of a joint action: it names the customer's call first, the colleague's second. */
export const jointCommand = (
  kind: JointAction,
  works: readonly Work[],
  centre: Work,
): PhoneCommand | null => {
  const { call } = centre;
  const partner = call === null ? null : partnerOf(call, callsOf(works));
  if (call === null || partner === null) return null;
  if (kind === 'split') return { kind, callId: call.callId };
  const [first, second] = call.consultFor === partner.callId ? [partner, call] : [call, partner];
  return { kind, callId: first.callId, withCallId: second.callId };
};

/** Whom the agent called beside this call and did not reach, or who left: for as long as the phone knows it. */
export const goneBeside = (works: readonly Work[], centre: Work): readonly Work[] => {
  const began = centre.facts[0]?.at ?? 0;
  return works.filter(
    ({ stage, call, direction, consultFor, facts }) =>
      centre.stage === 'live' &&
      stage === 'over' &&
      direction === 'outbound' &&
      call?.state === 'ended' &&
      call.end.side !== 'local' &&
      (consultFor === centre.callId || (consultFor === null && !wasAnswered(call))) &&
      (facts[0]?.at ?? 0) > began,
  );
};

export type Panel = 'transfer' | 'add_call';

/** What can be opened for a call: to hand it over, or to dial another beside it. One colleague is asked at a time. */
export const panelsOf = (works: readonly Work[], centre: Work): readonly Panel[] => {
  const leg = heardLeg(works, centre);
  const legs = legsOf(works, centre);
  if (leg?.callId !== centre.callId || legs.some((other) => other.consultFor !== null)) return [];
  if (!allowedActions(leg.call).includes('transfer')) return [];
  return legs.every((other) => other.stage === 'live') ? ['transfer', 'add_call'] : ['transfer'];
};
