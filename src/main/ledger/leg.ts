import type { Call } from '../../shared/domain/call/call.ts';
import type { LedgerFact } from '../../shared/domain/handle-time/fact.ts';
import { isConsultLeg } from '../../shared/domain/handle-time/segments.ts';
import type { WrapUpDraft } from '../../shared/ipc/desk.ts';

/** What the ledger knows of one leg, from its first fact to its wrap-up. */

const hasFact = (draft: WrapUpDraft, kind: LedgerFact['kind']): boolean =>
  draft.facts.some((fact) => fact.kind === kind);

/** The leg as of its call's first sight. */
export const legOf = (call: Call): WrapUpDraft => ({
  callId: call.callId,
  callKey: call.callKey,
  queue: call.queue,
  remoteNumber: call.remote.number,
  remoteName: call.remote.name,
  code: null,
  notes: '',
  ended: false,
  facts: [],
});

export const withFacts = (leg: WrapUpDraft, facts: readonly LedgerFact[]): WrapUpDraft => {
  const next = { ...leg, facts: [...leg.facts, ...facts] };
  return { ...next, ended: hasFact(next, 'ended') };
};

/** An answered leg owes its wrap-up from its end on; one that nobody answered, or a colleague, owes nothing. */
export const owesNothing = (leg: WrapUpDraft): boolean =>
  leg.ended && (!hasFact(leg, 'answered') || isConsultLeg(leg.facts));

/** Shown on the desk: the call has ended, or something was chosen ahead. */
export const isShown = (leg: WrapUpDraft): boolean =>
  leg.ended || leg.code !== null || leg.notes !== '';

/** The instant of the last fact, epoch ms. */
export const lastAt = (leg: WrapUpDraft): number =>
  leg.facts.reduce((latest, fact) => Math.max(latest, fact.at), 0);

export const isLive = (call: Call): boolean => call.state !== 'ended';
