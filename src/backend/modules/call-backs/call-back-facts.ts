import type { JournalEvent } from '../../../shared/api/events.ts';
import {
  attemptOutcomeOf,
  callBackTransition,
  type CallBack,
} from '../../../shared/domain/call-back/call-back.ts';
import type { LedgerFact } from '../../../shared/domain/handle-time/fact.ts';
import type { Transaction } from '../../database/database.ts';
import { readCallBackRules } from './call-back-centre.ts';
import {
  endAttempt,
  findOpenAttempts,
  insertAttempt,
  lockCallBack,
  saveCallBack,
  type KnownCallBack,
} from './call-back-repository.ts';

/** Calls that were made for a call-back, as the phones tell of them. */

type DialedFor = Extract<LedgerFact, { readonly kind: 'dialed' }> & {
  readonly callBackId: string;
};

const dialedFor = (events: readonly JournalEvent[]): readonly DialedFor[] =>
  events
    .map(({ body }) => body.fact)
    .filter((fact): fact is DialedFor => fact.kind === 'dialed' && fact.callBackId !== undefined);

/** Whose call-back it is to dial: the own, one that is offered to the agent, and the own promise for a queue. */
const isTheirs = ({ callBack, createdBy }: KnownCallBack, agentId: string): boolean => {
  const { owner, standing } = callBack;
  if (owner !== null) return owner === agentId;
  return standing.state === 'offered' ? standing.to === agentId : createdBy === agentId;
};

/** By call key, the queue whose rules the call follows; of calls that were made for a call-back of this agent. */
export const findQueuesOfCalls = async (
  transaction: Transaction,
  agentId: string,
  events: readonly JournalEvent[],
): Promise<ReadonlyMap<string, string>> => {
  const queues = new Map<string, string>();
  for (const { callKey, callBackId } of dialedFor(events)) {
    const known = await lockCallBack(transaction, callBackId);
    const queue = known === null || !isTheirs(known, agentId) ? null : known.callBack.queue;
    if (queue !== null) queues.set(callKey, queue);
  }
  return queues;
};

/** What changed, and who had it before. */
export type TouchedCallBack = { readonly id: string; readonly before: CallBack };

/** Keeps what these news say of attempts. Answers the call-backs that changed by it. */
export const takeCallBackNews = async (
  transaction: Transaction,
  agentId: string,
  news: readonly JournalEvent[],
  facts: ReadonlyMap<string, readonly LedgerFact[]>,
): Promise<readonly TouchedCallBack[]> => {
  const touched: TouchedCallBack[] = [];
  for (const { callBackId, callId, callKey, at } of dialedFor(news)) {
    const known = await lockCallBack(transaction, callBackId);
    if (known === null || !isTheirs(known, agentId)) continue;
    const next = callBackTransition(known.callBack, { kind: 'dial', by: agentId, callId });
    if (!next.ok) continue;
    if (!(await insertAttempt(transaction, { callId, callBackId, callKey, agentId, at }))) continue;
    await saveCallBack(transaction, { ...known, callBack: next.callBack });
    touched.push({ id: callBackId, before: known.callBack });
  }
  const ended = news
    .map(({ body }) => body.fact)
    .filter((fact): fact is Extract<LedgerFact, { kind: 'ended' }> => fact.kind === 'ended');
  const open = await findOpenAttempts(
    transaction,
    ended.map(({ callId }) => callId),
  );
  if (open.length === 0) return touched;
  const { maximumAttempts: maximum } = await readCallBackRules(transaction);
  for (const { callId, callBackId } of open) {
    const known = await lockCallBack(transaction, callBackId);
    const end = ended.find((fact) => fact.callId === callId);
    if (known === null || end === undefined) continue;
    const answeredAt = facts.get(callId)?.find(({ kind }) => kind === 'answered')?.at ?? null;
    const outcome = attemptOutcomeOf(end.outcome, answeredAt !== null);
    await endAttempt(transaction, callId, outcome, answeredAt);
    const over = { kind: 'call_over', callId, outcome, maximum, at: end.at } as const;
    const next = callBackTransition(known.callBack, over);
    if (!next.ok) continue;
    await saveCallBack(transaction, { ...known, callBack: next.callBack });
    touched.push({ id: callBackId, before: known.callBack });
  }
  return touched;
};
