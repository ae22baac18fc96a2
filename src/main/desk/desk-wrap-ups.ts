import { Type } from 'typebox';
import { withoutLongNumbers, wordsWithoutCards } from '../../shared/domain/payment/card-digits.ts';
import { rulesFor } from '../../shared/domain/wrap-up/wrap-up-rules.ts';
import type { WrapUpTerms, WrapUpWords } from '../../shared/domain/wrap-up/wrap-up-words.ts';
import type { SessionView } from '../../shared/ipc/desk.ts';
import type { UiHandlers } from '../ipc/ui-answers.ts';
import type { CallLedger } from '../ledger/call-ledger.ts';
import { createWrapUpTimer } from '../ledger/wrap-up-timer.ts';
import type { DeskSession } from './desk-session.ts';
import type { DeskStore } from './desk-store.ts';
import { createDraftCopies } from './draft-copies.ts';
import { adoptOwedWrapUps } from './owed-wrap-ups.ts';

/** What the backend told of a queue's wrap-ups. */
export const termsOf = (session: SessionView, queue: string | null): WrapUpTerms =>
  session.state === 'signed_in'
    ? { queue, rules: rulesFor(session.wrapUpRules ?? [], queue), codes: session.wrapUpCodes }
    : { queue, rules: rulesFor([], queue), codes: [] };

type Said = {
  readonly code: string | null;
  readonly codes?: readonly string[];
  readonly fields?: Readonly<Record<string, string>>;
  readonly notes: string;
};

const wordsOf = ({ code, codes = [], fields = {}, notes }: Said): WrapUpWords => ({
  codes: code === null || code === '' ? [] : [code, ...codes],
  fields,
  notes,
});

type Ports = {
  readonly store: DeskStore;
  readonly session: Pick<DeskSession, 'request' | 'userId'>;
  readonly ledger: CallLedger;
  readonly now: () => number;
  readonly drain: (timeoutMs: number) => Promise<void>;
  /** A card is being taken in this call. */
  readonly isCardTaken: (callId: string) => boolean;
};

/** Wrap-ups beyond this machine's journal: they end in time, and are copied to the backend and brought from there. */
export const createDeskWrapUps = (ports: Ports) => {
  const { store, session, ledger, now, drain, isCardTaken } = ports;
  const timer = createWrapUpTimer({ now, nextEndAt: ledger.nextEndAt, expire: ledger.expire });
  const copies = createDraftCopies({
    drafts: ledger.wrapUps,
    isOnline: () => session.userId() !== null && store.snapshot().backend.state === 'connected',
    put: async (callId, body) => {
      const answer = await session.request({
        method: 'PUT',
        path: `/wrap-ups/${callId}/draft`,
        body,
        answer: Type.Object({ kept: Type.Boolean() }),
      });
      return answer.ok;
    },
  });
  const changed = (): void => {
    timer.arm();
    copies.changed();
  };
  let shownSession: SessionView | null = null;
  store.subscribe((snapshot) => {
    // The rules come with the session.
    if (snapshot.session === shownSession) return;
    shownSession = snapshot.session;
    changed();
  });
  const handlers: Pick<
    UiHandlers,
    'wrapUp.draft' | 'wrapUp.complete' | 'wrapUp.extend' | 'wrapUp.correct'
  > = {
    'wrapUp.draft': ({ callId, ...said }) => {
      const words = wordsOf(said);
      // Half of a card's number looks like any other.
      const kept = isCardTaken(callId) ? wordsWithoutCards(words, withoutLongNumbers) : words;
      return ledger.draft(callId, kept);
    },
    'wrapUp.complete': ({ callId, ...said }) => ledger.complete(callId, wordsOf(said)),
    'wrapUp.extend': ({ callId }) => ledger.extend(callId),
    'wrapUp.correct': ({ callId, callKey, queue, after, ...said }) =>
      ledger.correct({ callId, callKey, queue, after }, wordsOf(said)),
  };
  return {
    handlers,
    changed,
    online: () => {
      void adoptOwedWrapUps({ store, session, ledger, drain });
      copies.changed();
    },
    stop: () => {
      timer.stop();
      copies.stop();
    },
  };
};
