import { myWrapUpsSchema, type MyWrapUps } from '../../shared/api/wrap-ups.ts';
import type { WrapUpDraft } from '../../shared/ipc/desk.ts';
import type { CallLedger } from '../ledger/call-ledger.ts';
import type { DeskSession } from './desk-session.ts';
import type { DeskStore } from './desk-store.ts';

const drainMs = 5_000;

/** A wrap-up that the backend waits for, as it was typed last. */
export const owedDraft = ({ draft, ...leg }: MyWrapUps['owed'][number]): WrapUpDraft => ({
  ...leg,
  code: draft?.code ?? null,
  codes: draft?.codes ?? [],
  fields: draft?.fields ?? {},
  notes: draft?.notes ?? '',
  extensions: draft?.extensions ?? 0,
  ...(draft === null ? {} : { revision: draft.revision }),
  ended: true,
});

export type OwedPorts = {
  readonly store: DeskStore;
  readonly session: Pick<DeskSession, 'request' | 'userId'>;
  readonly ledger: Pick<CallLedger, 'adopt' | 'close' | 'wrapUps'>;
  readonly drain: (timeoutMs: number) => Promise<void>;
};

/**
 * Brings a wrap-up here that the backend waits for and this installation knows nothing of: the call was taken on another
 * machine, or the profile was lost. Without it the agent could never be ready again. And lets go of one that was
 * completed elsewhere meanwhile.
 */
export const adoptOwedWrapUps = async ({
  store,
  session,
  ledger,
  drain,
}: OwedPorts): Promise<void> => {
  const userId = session.userId();
  if (userId === null) return;
  const known = (): readonly string[] =>
    ledger
      .wrapUps()
      .filter(({ ended }) => ended)
      .map(({ callId }) => callId);
  const isOwed = (): boolean => store.snapshot().agent?.state.state === 'wrap_up';
  if (!isOwed() && known().length === 0) return;
  // What is complete here but not yet sent is not owed.
  await drain(drainMs);
  if (session.userId() !== userId || (!isOwed() && known().length === 0)) return;
  const query = new URLSearchParams({ known: known().slice(0, 100).join(',') });
  const mine = await session.request({
    method: 'GET',
    path: `/wrap-ups/mine?${query.toString()}`,
    answer: myWrapUpsSchema,
  });
  if (!mine.ok || session.userId() !== userId) return;
  for (const { callId, fact } of mine.value.closed) ledger.close(callId, fact);
  for (const owed of mine.value.owed) ledger.adopt(owedDraft(owed));
};
