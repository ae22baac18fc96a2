import type { GuidanceFact } from '../../shared/api/guidance.ts';
import type { Call } from '../../shared/domain/call/call.ts';
import type { LedgerFact } from '../../shared/domain/handle-time/fact.ts';
import { asksForWrapUp } from '../../shared/domain/handle-time/segments.ts';
import type { WrapUpProgress } from '../../shared/domain/wrap-up/readiness.ts';
import { isSilent, type WrapUpWords } from '../../shared/domain/wrap-up/wrap-up-words.ts';
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

/** A leg that nobody answered, or a colleague, or a mailbox, owes nothing from its end on. */
export const owesNothing = (leg: WrapUpDraft): boolean => leg.ended && !asksForWrapUp(leg.facts);

export const wordsOf = ({ code, codes, fields, notes }: WrapUpDraft): WrapUpWords => ({
  codes: code === null ? [] : [code, ...(codes ?? [])],
  fields: fields ?? {},
  notes,
});

export const withWords = (
  leg: WrapUpDraft,
  { codes: [code, ...codes], fields, notes }: WrapUpWords,
): WrapUpDraft => ({ ...leg, code: code ?? null, codes, fields, notes });

export const withGuidance = (leg: WrapUpDraft, fact: GuidanceFact): WrapUpDraft => ({
  ...leg,
  guidance: [...(leg.guidance ?? []), fact],
});

/** Epoch ms; null: the call goes on. */
export const endedAtOf = (leg: WrapUpDraft): number | null =>
  leg.facts.find((fact) => fact.kind === 'ended')?.at ?? null;

export const progressOf = (leg: WrapUpDraft): WrapUpProgress => ({
  ...wordsOf(leg),
  endedAt: endedAtOf(leg),
  extensions: leg.extensions ?? 0,
});

/** Shown on the desk: the call has ended, or something was chosen ahead or pressed. */
export const isShown = (leg: WrapUpDraft): boolean =>
  leg.ended || leg.guidance !== undefined || !isSilent(wordsOf(leg));

/** The instant of the last fact, epoch ms. */
export const lastAt = (leg: WrapUpDraft): number =>
  leg.facts.reduce((latest, fact) => Math.max(latest, fact.at), 0);

export const isLive = (call: Call): boolean => call.state !== 'ended';
