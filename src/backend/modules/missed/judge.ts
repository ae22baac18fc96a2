import type { EvidenceFact } from '../../../shared/api/evidence.ts';
import type { AgentEvent, AgentStanding } from '../../../shared/domain/agent/agent.ts';
import {
  afterMiss,
  isCalledOff,
  missedCause,
  type PbxWord,
} from '../../../shared/domain/missed/missed.ts';
import type { Now } from '../../clock.ts';
import type { Transaction } from '../../database/database.ts';
import type { MintId } from '../../identifiers.ts';
import type { Log } from '../../log.ts';
import type { TimedStep } from '../agent/agent-step.ts';
import { findContactByCallKey } from '../contacts/contact-repository.ts';
import { canonicalJson } from '../../canonical-json.ts';
import { clockSlackMs, evidenceFor, type Window } from './evidence.ts';
import {
  countInRow,
  findEvidence,
  findOfferedAt,
  insertMissed,
  lockMissedWithin,
  readMissesBeforeNotReady,
  rejudge,
  type KeptEvidence,
  type MissedRow,
} from './missed-repository.ts';

type OfferEnded = Extract<AgentEvent, { readonly kind: 'offer_ended' }>;

/** Nobody took the call, and nobody declined it. */
export const isUnanswered = (event: AgentEvent): event is OfferEnded =>
  event.kind === 'offer_ended' && ['missed', 'unreached', 'failed'].includes(event.how);

/** What is about to happen to an agent. */
export type ToldEvent = {
  readonly agentId: string;
  readonly timed: TimedStep;
  readonly event: AgentEvent;
  /** The agent's revision after it. */
  readonly revision: number;
  /** Steps of the same transaction that are not in the log yet. */
  readonly pending: readonly {
    readonly at: number;
    readonly revision: number;
    readonly event: object;
  }[];
};

/** Judges offers that went unanswered, inside the transactions that bring the news. */
export type Judge = {
  /**
   * An offer that ends unanswered is judged and kept; answers how it counts for the agent's state. Anything else is
   * answered as it came.
   */
  readonly judge: (
    transaction: Transaction,
    standing: AgentStanding,
    told: ToldEvent,
  ) => Promise<AgentEvent>;
  /** By all that is known now; true: a cause changed. */
  readonly judgeAnew: (transaction: Transaction, rows: readonly MissedRow[]) => Promise<boolean>;
};

type Needs = { readonly now: Now; readonly mintId: MintId; readonly log: Log };

/** What ends a row of misses. */
const breaksRow: ReadonlySet<unknown> = new Set(['answered', 'wished', 'signed_in']);

const property = (event: object, name: string): unknown => Reflect.get(event, name);

/** What the PBX says of an offer that nobody answered; null: it is another's word. */
const wordOf = ({ step, source }: TimedStep): PbxWord | null =>
  step.kind === 'leg_over' && source === 'pbx' && !step.answered ? (step.pbx ?? null) : null;

export const createJudge = ({ now, mintId, log }: Needs): Judge => {
  const judged = (
    given: Window,
    known: Pick<KeptEvidence, 'pbx' | 'phoneFailed'>,
    facts: readonly EvidenceFact[],
  ): Window & Pick<MissedRow, 'cause' | 'counted' | 'evidence' | 'judgedAt'> => {
    const { window, ring, spans } = evidenceFor(given, facts);
    const evidence: KeptEvidence = { ring, spans, ...known };
    const offer = { offeredAt: window.offeredAt, endedAt: window.at };
    const { cause, isHuman } = missedCause(offer, evidence);
    return { ...window, cause, counted: isHuman, evidence, judgedAt: now() };
  };

  const factsOf = (transaction: Transaction, agentId: string, { offeredAt, at }: Window) =>
    findEvidence(transaction, agentId, offeredAt - clockSlackMs, at + clockSlackMs);

  /** When it was offered by what the log says, or is about to. */
  const windowOf = async (
    transaction: Transaction,
    { agentId, timed: { at }, pending }: ToldEvent,
    callKey: string,
  ): Promise<Window> => {
    const inBatch = pending.findLast(
      ({ event }) =>
        property(event, 'kind') === 'offered' && property(event, 'callKey') === callKey,
    );
    const told = inBatch?.at ?? (await findOfferedAt(transaction, agentId, callKey)) ?? at;
    return { callKey, offeredAt: Math.min(told, at), at };
  };

  const judgeOffer = async (
    transaction: Transaction,
    told: ToldEvent,
    event: OfferEnded,
  ): Promise<OfferEnded> => {
    const { agentId, timed, revision, pending } = told;
    const contact = await findContactByCallKey(transaction, event.callKey);
    const window = await windowOf(transaction, told, event.callKey);
    const phoneFailed = event.how === 'failed' && timed.source === 'client';
    const facts = await factsOf(transaction, agentId, window);
    const judgement = judged(window, { pbx: wordOf(timed), phoneFailed }, facts);
    // The phone knows before the PBX has told that the caller is gone.
    if (event.how === 'missed' && isCalledOff(judgement.evidence)) {
      return { ...event, how: 'withdrawn' };
    }
    if (contact !== null) {
      const { id: contactId, queue } = contact;
      const row = { id: mintId(), agentId, contactId, queue, revision, ...judgement };
      await insertMissed(transaction, row);
    }
    // A phone that failed under a call may do so again: it is out, as ever.
    if (event.how === 'failed') return event;
    const broken = pending.findLast((line) => breaksRow.has(property(line.event, 'kind')));
    const inRow = await countInRow(transaction, agentId, broken?.revision ?? 0);
    const limit = await readMissesBeforeNotReady(transaction);
    const how = judgement.counted ? 'missed' : 'unreached';
    return afterMiss(judgement.cause, inRow, limit) === 'stays'
      ? { ...event, how, stays: true }
      : { ...event, how };
  };

  /** The PBX's word on an offer whose end the phone had told first. */
  const pbxSaid = async (
    transaction: Transaction,
    agentId: string,
    { callKey, at }: { readonly callKey: string; readonly at: number },
    pbx: PbxWord,
  ): Promise<void> => {
    const from = at - clockSlackMs;
    const rows = await lockMissedWithin(transaction, agentId, from, at + clockSlackMs);
    const row = rows.find((each) => each.callKey === callKey && each.evidence.pbx === null);
    if (row === undefined) return;
    const { phoneFailed } = row.evidence;
    const facts = await factsOf(transaction, agentId, row);
    await rejudge(transaction, { ...row, ...judged(row, { pbx, phoneFailed }, facts) });
  };

  const judge: Judge['judge'] = async (transaction, standing, told) => {
    const { agentId, timed, event } = told;
    if (!standing.signedIn) return event;
    if (isUnanswered(event) && standing.offers.includes(event.callKey)) {
      return judgeOffer(transaction, told, event);
    }
    const word = wordOf(timed);
    if (event.kind === 'call_ended' && word !== null && !standing.calls.includes(event.callKey)) {
      await pbxSaid(transaction, agentId, { callKey: event.callKey, at: timed.at }, word);
    }
    return event;
  };

  const judgeAnew: Judge['judgeAnew'] = async (transaction, rows) => {
    let changed = false;
    for (const row of rows) {
      const { pbx, phoneFailed } = row.evidence;
      const facts = await factsOf(transaction, row.agentId, row);
      const next = { ...row, ...judged(row, { pbx, phoneFailed }, facts) };
      if (canonicalJson(next.evidence) === canonicalJson(row.evidence)) continue;
      await rejudge(transaction, next);
      if (next.cause === row.cause) continue;
      changed = true;
      log.info({ agentId: row.agentId, missed: row.id, cause: next.cause }, 'a miss was re-judged');
    }
    return changed;
  };

  return { judge, judgeAnew };
};
