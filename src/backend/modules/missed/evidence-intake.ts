import { Compile } from 'typebox/compile';
import {
  evidenceEventSchema,
  type EvidenceEvent,
  type LineEvent,
  type OfferEvidenceEvent,
  type ProofEvent,
  type ShiftCheckEvent,
} from '../../../shared/api/evidence.ts';
import type { Now } from '../../clock.ts';
import type { Log } from '../../log.ts';
import { explainErrors } from '../../plugins/validation.ts';
import type { LineProofs } from '../line-quality/line-proofs.ts';
import type { LineSummaries } from '../line-quality/line-summaries.ts';
import type { LineVerdicts } from '../line-quality/line-verdicts.ts';
import type { Ledger } from '../ledger/ledger-service.ts';
import type { ShiftChecks } from '../shift-checks/shift-checks.ts';
import type { MissedOffers } from './missed-offers.ts';

type Needs = {
  readonly missed: Pick<MissedOffers, 'take'>;
  readonly lineSummaries: Pick<LineSummaries, 'take'>;
  readonly lineProofs: LineProofs;
  readonly verdicts: Pick<LineVerdicts, 'told' | 'proven'>;
  readonly shiftChecks: Pick<ShiftChecks, 'take'>;
  readonly now: Now;
  readonly log: Log;
};

const evidenceEvent = Compile(evidenceEventSchema);
/** A client's clock may be off by a little; a day is a fault. */
const farthestAheadMs = 86_400_000;

const property = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? Reflect.get(value, name) : undefined;

const isEvidence = (event: unknown): boolean =>
  property(property(event, 'body'), 'topic') === 'evidence';

/** By who takes it. */
const sorted = (events: readonly EvidenceEvent[]) => {
  const lines: LineEvent[] = [];
  const proofs: ProofEvent[] = [];
  const checks: ShiftCheckEvent[] = [];
  const ofOffers: OfferEvidenceEvent[] = [];
  for (const { body, ...event } of events) {
    const { topic, fact } = body;
    if (fact.kind === 'line') lines.push({ ...event, body: { topic, fact } });
    else if (fact.kind === 'proof') proofs.push({ ...event, body: { topic, fact } });
    else if (fact.kind === 'shift_check') checks.push({ ...event, body: { topic, fact } });
    else ofOffers.push({ ...event, body: { topic, fact } });
  }
  return { lines, proofs, checks, ofOffers };
};

/**
 * What a desk says of itself comes in the same batches as the facts of calls. It is taken first: the end of an offer is
 * judged by it. How well a call was heard is kept as it is told.
 */
export const withEvidence = (
  ledger: Ledger,
  { missed, lineSummaries, lineProofs, verdicts, shiftChecks, now, log }: Needs,
): Ledger => {
  const flawOf = (agentId: string, given: unknown): string | null => {
    if (!evidenceEvent.Check(given)) return explainErrors(evidenceEvent.Errors(given), 'event');
    if (given.agentId !== agentId) return 'event/agentId is another agent';
    const { fact } = given.body;
    const last = fact.kind === 'desk_span' ? fact.until : fact.at;
    const first = fact.kind === 'ring' ? fact.offeredAt : fact.at;
    if (last > now() + farthestAheadMs) return 'event/body/fact lies more than a day ahead';
    return first > last ? 'event/body/fact ends before it begins' : null;
  };

  return {
    ...ledger,
    store: async (agentId, given) => {
      const evidence = given.filter(isEvidence);
      const facts = given.filter((event) => !isEvidence(event));
      const refused: { readonly id: string; readonly why: string }[] = [];
      const readable: EvidenceEvent[] = [];
      for (const event of evidence) {
        const why = flawOf(agentId, event);
        // Checked by `flawOf`.
        if (why === null) readable.push(event as EvidenceEvent);
        else refused.push({ id: String(property(event, 'id')).slice(0, 64), why });
      }
      const { ofOffers, lines, proofs, checks } = sorted(readable);
      refused.push(...(await missed.take(agentId, ofOffers)));
      refused.push(...(await lineSummaries.take(agentId, lines)));
      refused.push(...(await lineProofs.take(agentId, proofs)));
      refused.push(...(await shiftChecks.take(agentId, checks)));
      for (const { id, why } of refused)
        log.warn({ agentId, eventId: id, why }, 'evidence refused');
      const refusedIds = new Set(refused.map(({ id }) => id));
      const stored = readable.map(({ id }) => id).filter((id) => !refusedIds.has(id));
      const heard = lines.filter(({ id }) => !refusedIds.has(id));
      verdicts.told(
        agentId,
        heard.map(({ body }) => body.fact.callId),
      );
      const proven = [...proofs, ...checks].filter(({ id }) => !refusedIds.has(id));
      verdicts.proven(
        agentId,
        proven.map(({ body }) => body.fact.at),
      );
      const receipt = await ledger.store(agentId, facts);
      return {
        stored: [...new Set([...stored, ...receipt.stored])],
        refused: [...refused, ...receipt.refused],
      };
    },
  };
};
