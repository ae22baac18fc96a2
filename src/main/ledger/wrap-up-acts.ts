import type { JournalFact } from '../../shared/api/events.ts';
import type {
  WrapUpCompletedFact,
  WrapUpCorrectedFact,
} from '../../shared/domain/handle-time/fact.ts';
import {
  endsAtOf,
  wordsAtTimeOut,
  wrapUpReadiness,
} from '../../shared/domain/wrap-up/readiness.ts';
import {
  factWords,
  wordsIn,
  wrapUpRecordOf,
  type WrapUpFact,
} from '../../shared/domain/wrap-up/wrap-up-record.ts';
import {
  flawsOf,
  flawText,
  sameWords,
  underRules,
  type WrapUpTerms,
  type WrapUpWords,
} from '../../shared/domain/wrap-up/wrap-up-words.ts';
import type { Refusal } from '../../shared/ipc/contract.ts';
import type { WrapUpDraft } from '../../shared/ipc/desk.ts';
import { failure, success, type Result } from '../../shared/result.ts';
import type { DraftChange } from '../journal/journal.ts';
import { createLogger } from '../log/logger.ts';
import { endedAtOf, lastAt, progressOf, withFacts, withWords, wordsOf } from './leg.ts';

const log = createLogger('wrap-up');

/** The legs of whoever is signed in, as the ledger keeps them. */
export type LegBook = {
  /** null: nobody is signed in, or the leg is not this agent's. */
  readonly own: (callId: string) => WrapUpDraft | null;
  readonly all: () => readonly WrapUpDraft[];
  /** Facts and drafts are on the disk when this succeeds. */
  readonly write: (
    facts: readonly JournalFact[],
    drafts: readonly DraftChange[],
  ) => Result<null, Refusal>;
  readonly keep: (draft: WrapUpDraft) => void;
  readonly finish: (draft: WrapUpDraft) => void;
  readonly finished: () => WrapUpDraft | null;
};

export type WrapUpPorts = {
  readonly now: () => number;
  readonly newId: (epochMs: number) => string;
  readonly onChange: () => void;
  readonly terms: (queue: string | null) => WrapUpTerms;
};

/** The call whose complete wrap-up is put right. */
export type CorrectedLeg = {
  readonly callId: string;
  readonly callKey: string;
  readonly queue: string | null;
  /** When what is put right was said, epoch ms: a correction comes after it, whatever a clock says. */
  readonly after: number;
};

/** What an agent, or time, does with wrap-ups. */
export type WrapUpActs = {
  readonly draft: (callId: string, words: WrapUpWords) => Result<null, Refusal>;
  /** Where a queue lets nobody out early, the wrap-up stays until its time is over. */
  readonly complete: (callId: string, words: WrapUpWords) => Result<null, Refusal>;
  readonly extend: (callId: string) => Result<null, Refusal>;
  readonly correct: (leg: CorrectedLeg, words: WrapUpWords) => Result<WrapUpCorrectedFact, Refusal>;
  /** Somebody else completed it; what was typed here and is not in `fact` is added to it. */
  readonly close: (callId: string, fact: WrapUpFact) => void;
  /** When the next wrap-up ends by itself, epoch ms. */
  readonly nextEndAt: () => number | null;
  /** Ends those whose time is over, each at the instant when it was. */
  readonly expire: () => void;
};

const refusal = (code: Refusal['code'], detail: string): Result<never, Refusal> =>
  failure({ code, detail });

const textOf = (flaws: Parameters<typeof flawText>[0][]): string => flaws.map(flawText).join('; ');

/** What somebody said in an agent's place, with the notes of the agent's that are not in it. */
const added = (said: WrapUpWords, own: WrapUpWords): WrapUpWords => {
  const notes = own.notes.trim();
  return notes === '' || said.notes.includes(notes)
    ? said
    : {
        codes: said.codes,
        fields: { ...own.fields, ...said.fields },
        notes: [said.notes, notes].filter((part) => part !== '').join('\n'),
      };
};

export const createWrapUpActs = (book: LegBook, ports: WrapUpPorts): WrapUpActs => {
  const { now, newId, onChange, terms } = ports;

  const keepWords = (kept: WrapUpDraft, change: Partial<WrapUpDraft>): Result<null, Refusal> => {
    const draft = { ...kept, ...change, revision: now() };
    const written = book.write([], [{ callId: kept.callId, draft }]);
    if (!written.ok) return written;
    book.keep(draft);
    onChange();
    return written;
  };

  const finish = (
    kept: WrapUpDraft,
    words: WrapUpWords,
    at: number,
    by: Pick<WrapUpCompletedFact, 'by'>,
  ): Result<null, Refusal> => {
    const { callId, callKey } = kept;
    const fact: WrapUpCompletedFact = {
      kind: 'wrap_up_completed',
      id: newId(now()),
      callId,
      callKey,
      // Server's clock: a correction of it between the two must not make the wrap-up negative.
      at: Math.max(at, lastAt(kept)),
      ...factWords(words),
      ...by,
    };
    const written = book.write([{ topic: 'ledger', fact }], [{ callId, draft: null }]);
    if (!written.ok) return written;
    book.finish(withFacts(withWords(kept, words), [fact]));
    return written;
  };

  const writeCorrection = (
    leg: CorrectedLeg,
    words: WrapUpWords,
    drafts: readonly DraftChange[] = [],
  ): Result<WrapUpCorrectedFact, Refusal> => {
    const at = Math.max(now(), leg.after + 1);
    const { callId, callKey } = leg;
    const fact: WrapUpCorrectedFact = {
      kind: 'wrap_up_corrected',
      id: newId(at),
      callId,
      callKey,
      at,
      ...factWords(words),
    };
    const written = book.write([{ topic: 'ledger', fact }], drafts);
    return written.ok ? success(fact) : written;
  };

  /** It was completed between a key and that key's way here: the last letters are said all the same. */
  const addLate = (callId: string, words: WrapUpWords): Result<null, Refusal> => {
    const last = book.finished();
    const record = last?.callId === callId ? wrapUpRecordOf(last.facts) : null;
    if (last === null || record === null || record.completedBy === 'agent') {
      return refusal('no_such_call', callId);
    }
    const { current, completedBy } = record;
    const said =
      completedBy === 'supervisor'
        ? added(current, words)
        : { ...words, codes: words.codes.length === 0 ? current.codes : words.codes };
    if (sameWords(said, current)) return success(null);
    const fact = writeCorrection({ ...last, after: current.at }, said);
    if (!fact.ok) return fact;
    book.finish(withFacts(withWords(last, said), [fact.value]));
    onChange();
    return success(null);
  };

  const overdue = (draft: WrapUpDraft): number | null => {
    const endsAt = endsAtOf(terms(draft.queue).rules, progressOf(draft));
    return endsAt !== null && endsAt <= now() ? endsAt : null;
  };

  const expire = (): void => {
    let changed = false;
    for (const draft of book.all()) {
      const endsAt = overdue(draft);
      if (endsAt === null) continue;
      const held = terms(draft.queue);
      const words = wordsAtTimeOut(held.rules, wordsOf(draft));
      const isDone = draft.done === true && flawsOf(held, words).length === 0;
      changed = finish(draft, words, endsAt, isDone ? {} : { by: 'timer' }).ok || changed;
    }
    if (changed) onChange();
  };

  return {
    draft: (callId, words) => {
      const kept = book.own(callId);
      return kept === null ? addLate(callId, words) : keepWords(kept, withWords(kept, words));
    },
    complete: (callId, typed) => {
      const kept = book.own(callId);
      if (kept === null) return refusal('no_such_call', callId);
      if (!kept.ended) return refusal('conflict', 'The call has not ended');
      const held = terms(kept.queue);
      const words = underRules(held.rules, typed);
      const said = withWords(kept, words);
      const { flaws, endsAtOnce, isOver } = wrapUpReadiness(held, progressOf(said), now());
      if (flaws.length > 0) return refusal('invalid', textOf([...flaws]));
      if (!endsAtOnce || isOver) return keepWords(kept, { ...said, done: true });
      const written = finish(kept, words, now(), {});
      if (written.ok) onChange();
      return written;
    },
    extend: (callId) => {
      const kept = book.own(callId);
      if (kept === null) return refusal('no_such_call', callId);
      const { mayExtend } = wrapUpReadiness(terms(kept.queue), progressOf(kept), now());
      if (!mayExtend) return refusal('conflict', 'There is no more time to take');
      return keepWords(kept, { extensions: (kept.extensions ?? 0) + 1 });
    },
    correct: (leg, words) => {
      const flaws = flawsOf(terms(leg.queue), words);
      if (flaws.length > 0) return refusal('invalid', textOf(flaws));
      const fact = writeCorrection(leg, words);
      if (!fact.ok) return fact;
      const last = book.finished();
      if (last?.callId === leg.callId) book.finish(withFacts(last, [fact.value]));
      onChange();
      return fact;
    },
    close: (callId, fact) => {
      const kept = book.own(callId);
      if (kept?.ended !== true) return;
      const own = wordsOf(kept);
      const said = wordsIn(fact);
      const isOwnWord = fact.kind === 'wrap_up_corrected' || fact.by === undefined;
      const words = isOwnWord ? said : added(said, own);
      const adds = words !== said;
      if (adds) {
        const leg = { ...kept, after: fact.at };
        const correction = writeCorrection(leg, words, [{ callId, draft: null }]);
        if (!correction.ok) return;
        book.finish(withFacts(kept, [fact, correction.value]));
      } else {
        if (!book.write([], [{ callId, draft: null }]).ok) return;
        book.finish(withFacts(kept, [fact]));
      }
      log.info('A wrap-up was completed elsewhere', { callId, by: fact.byUser ?? '', adds });
      onChange();
    },
    nextEndAt: () => {
      const ends = book
        .all()
        .filter((draft) => endedAtOf(draft) !== null)
        .map((draft) => endsAtOf(terms(draft.queue).rules, progressOf(draft)))
        .filter((at) => at !== null);
      return ends.length === 0 ? null : Math.min(...ends);
    },
    expire,
  };
};
