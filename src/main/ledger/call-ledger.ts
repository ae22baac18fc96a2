import type { ConsentWord } from '../../shared/api/consent.ts';
import type { GuidanceFact } from '../../shared/api/guidance.ts';
import type { OutboxFact } from '../../shared/api/outbox.ts';
import type { Call } from '../../shared/domain/call/call.ts';
import type { CallFact } from '../../shared/domain/handle-time/fact.ts';
import type { Refusal } from '../../shared/ipc/contract.ts';
import type { WrapUpDraft } from '../../shared/ipc/desk.ts';
import type { WrapUpTerms } from '../../shared/domain/wrap-up/wrap-up-words.ts';
import { failure, type Result } from '../../shared/result.ts';
import type { DraftChange, Journal } from '../journal/journal.ts';
import { createLogger } from '../log/logger.ts';
import { consentFactOf } from './consent-fact.ts';
import { isLive, isShown, lastAt, legOf, owesNothing, withFacts, withGuidance } from './leg.ts';
import { createWrapUpActs, type WrapUpActs } from './wrap-up-acts.ts';

const log = createLogger('ledger');
const retryMs = 2_000;
const aliveEveryMs = 5_000;
/** Nobody presses so much in one call; what is kept of it is written whole with each press. */
const mostGuidance = 500;

type Unsaid = 'id' | 'callId' | 'callKey' | 'at';
/** What was pressed in a script or to verify a customer, before it is a fact. */
export type GuidancePress = GuidanceFact extends infer Fact
  ? Fact extends GuidanceFact
    ? Omit<Fact, Unsaid>
    : never
  : never;

export type LedgerPorts = {
  readonly journal: Pick<Journal, 'append' | 'drafts' | 'noteAlive' | 'aliveAt'>;
  /** Server's clock, epoch ms. */
  readonly now: () => number;
  readonly wallNow: () => number;
  readonly newId: (epochMs: number) => string;
  /** How the queue of a call wants its wrap-up, as told at sign-in. */
  readonly terms: (queue: string | null) => WrapUpTerms;
  /** Something was appended, or the wrap-ups changed. */
  readonly onChange: () => void;
};

/** Writes each fact of each call once, and keeps what the agent types until the wrap-up is complete. */
export type CallLedger = WrapUpActs & {
  /** Takes in the phone's calls; the facts that are new are on the disk when this returns, or tried again. */
  readonly take: (calls: readonly Call[]) => void;
  readonly useAgent: (agentId: string | null) => void;
  /** A wrap-up that is owed from elsewhere (another machine, a lost profile). */
  readonly adopt: (draft: WrapUpDraft) => void;
  readonly wrapUps: () => readonly WrapUpDraft[];
  /** The leg whose wrap-up this agent completed last. */
  readonly finished: () => WrapUpDraft | null;
  /** What the customer said, with the version of the rules that the card told; null: it told none. */
  readonly consent: (
    callId: string,
    word: ConsentWord,
    ruleVersion?: string | null,
  ) => Result<null, Refusal>;
  /** What the agent pressed in the script, or to verify the customer. */
  readonly guide: (callId: string, press: GuidancePress) => Result<null, Refusal>;
  readonly stop: () => void;
};

type Leg = { readonly agentId: string; readonly draft: WrapUpDraft };

const refusal = (code: Refusal['code'], detail: string): Result<never, Refusal> =>
  failure({ code, detail });

export const createCallLedger = (ports: LedgerPorts): CallLedger => {
  const legs = new Map<string, Leg>();
  /** Legs that are over, while the phone still shows their calls. */
  const settled = new Set<string>();
  /** Wrap-ups that ended here: the backend may not have heard of it yet. */
  const done = new Set<string>();
  /** Calls with facts that could not be written yet. */
  const unwritten = new Map<string, Call>();
  let agentId: string | null = null;
  let finished: WrapUpDraft | null = null;
  let live = false;
  let retry: ReturnType<typeof setTimeout> | null = null;

  const write = (
    owner: string,
    facts: readonly OutboxFact[],
    drafts: readonly DraftChange[],
  ): Result<null, Refusal> => {
    const writtenAt = ports.wallNow();
    const offsetMs = ports.now() - writtenAt;
    const written = ports.journal.append({ agentId: owner, facts, drafts, writtenAt, offsetMs });
    return written.ok ? written : refusal('journal_failed', written.why);
  };

  const put = (owner: string, draft: WrapUpDraft): void => {
    if (owesNothing(draft)) {
      legs.delete(draft.callId);
      settled.add(draft.callId);
    } else {
      legs.set(draft.callId, { agentId: owner, draft });
    }
  };

  /** True when the ledger changed. */
  const takeCall = (call: Call): boolean => {
    const kept = legs.get(call.callId);
    const owner = kept?.agentId ?? agentId;
    if (settled.has(call.callId)) return false;
    if (owner === null) {
      log.error('A call with nobody signed in cannot be attributed', { callId: call.callId });
      settled.add(call.callId);
      return false;
    }
    const before = kept?.draft ?? legOf(call);
    const known = new Set(before.facts.map((fact) => fact.id));
    const fresh = call.facts.filter((fact: CallFact) => !known.has(fact.id));
    if (fresh.length === 0) return false;
    const after = withFacts(before, fresh);
    const facts = fresh.map((fact): OutboxFact => ({ topic: 'ledger', fact }));
    const drafts = [{ callId: call.callId, draft: owesNothing(after) ? null : after }];
    if (!write(owner, facts, drafts).ok) {
      unwritten.set(call.callId, call);
      return true;
    }
    unwritten.delete(call.callId);
    put(owner, after);
    return true;
  };

  const retryUnwritten = (): void => {
    retry = null;
    const changed = [...unwritten.values()].map(takeCall).includes(true);
    scheduleRetry();
    if (changed) ports.onChange();
  };
  const scheduleRetry = (): void => {
    if (unwritten.size > 0) retry ??= setTimeout(retryUnwritten, retryMs);
  };

  const alive = setInterval(() => {
    if (live) ports.journal.noteAlive(ports.now());
  }, aliveEveryMs);
  alive.unref();

  const own = (callId: string): WrapUpDraft | null => {
    const leg = legs.get(callId);
    if (leg === undefined) return null;
    return leg.agentId === agentId ? leg.draft : null;
  };

  restoreLegs(ports, put);

  const acts = createWrapUpActs(
    {
      own,
      all: () =>
        [...legs.values()].filter((leg) => leg.agentId === agentId).map((leg) => leg.draft),
      write: (facts, drafts) =>
        agentId === null ? refusal('not_signed_in', '') : write(agentId, facts, drafts),
      keep: (draft) => {
        if (agentId !== null) legs.set(draft.callId, { agentId, draft });
      },
      finish: (draft) => {
        legs.delete(draft.callId);
        settled.add(draft.callId);
        done.add(draft.callId);
        finished = draft;
      },
      finished: () => finished,
    },
    ports,
  );

  return {
    ...acts,
    take: (calls) => {
      live = calls.some(isLive);
      const changed = calls.map(takeCall).includes(true);
      const shown = new Set(calls.map((call) => call.callId));
      for (const callId of settled) if (!shown.has(callId)) settled.delete(callId);
      scheduleRetry();
      if (changed) ports.onChange();
    },
    useAgent: (next) => {
      agentId = next;
      finished = null;
    },
    adopt: (draft) => {
      if (agentId === null || settled.has(draft.callId) || done.has(draft.callId)) return;
      const kept = legs.get(draft.callId);
      // Typed on, on another machine.
      const isNewer = (draft.revision ?? 0) > (kept?.draft.revision ?? 0);
      if (kept !== undefined && (kept.agentId !== agentId || !isNewer)) return;
      // What happened is told best by the machine on which it did.
      const { facts, guidance } = kept?.draft ?? draft;
      const adopted = { ...draft, facts, ...(guidance === undefined ? {} : { guidance }) };
      if (!write(agentId, [], [{ callId: draft.callId, draft: adopted }]).ok) return;
      legs.set(draft.callId, { agentId, draft: adopted });
      ports.onChange();
    },
    wrapUps: () =>
      [...legs.values()]
        .filter((leg) => leg.agentId === agentId && isShown(leg.draft))
        .map((leg) => leg.draft),
    finished: () => finished,
    consent: (callId, word, ruleVersion = null) => {
      const kept = own(callId);
      if (kept === null || agentId === null) return refusal('no_such_call', callId);
      const at = ports.now();
      const said = { id: ports.newId(at), callId, callKey: kept.callKey, at };
      const fact = consentFactOf(word, said, kept.facts, ruleVersion);
      const written = write(agentId, [{ topic: 'consent', fact }], []);
      if (written.ok) ports.onChange();
      return written;
    },
    guide: (callId, press) => {
      const kept = own(callId);
      if (kept === null || agentId === null) return refusal('no_such_call', callId);
      if ((kept.guidance ?? []).length >= mostGuidance) return refusal('conflict', 'too much');
      const at = ports.now();
      const fact = { ...press, id: ports.newId(at), callId, callKey: kept.callKey, at };
      const draft = withGuidance(kept, fact);
      const written = write(agentId, [{ topic: 'guidance', fact }], [{ callId, draft }]);
      if (!written.ok) return written;
      legs.set(callId, { agentId, draft });
      ports.onChange();
      return written;
    },
    stop: () => {
      clearInterval(alive);
      if (retry !== null) clearTimeout(retry);
    },
  };
};

/**
 * Brings back what an earlier process left. A leg that lived then died with it: its end is the last instant at which it
 * was seen alive, the nearest to the truth that is known here.
 */
const restoreLegs = (
  ports: LedgerPorts,
  put: (owner: string, draft: WrapUpDraft) => void,
): void => {
  const aliveAt = ports.journal.aliveAt() ?? 0;
  for (const { agentId, draft } of ports.journal.drafts()) {
    if (draft.ended) {
      put(agentId, draft);
      continue;
    }
    const fact: CallFact = {
      kind: 'ended',
      id: ports.newId(ports.now()),
      callId: draft.callId,
      callKey: draft.callKey,
      at: Math.max(aliveAt, lastAt(draft)),
      side: 'system',
      outcome: 'phone_failed',
      sipCode: null,
      cause: null,
    };
    const after = withFacts(draft, [fact]);
    const writtenAt = ports.wallNow();
    const written = ports.journal.append({
      agentId,
      facts: [{ topic: 'ledger', fact }],
      drafts: [{ callId: draft.callId, draft: owesNothing(after) ? null : after }],
      writtenAt,
      offsetMs: ports.now() - writtenAt,
    });
    log.warn('A call ended with the program', { callId: draft.callId, written: written.ok });
    if (written.ok) put(agentId, after);
  }
};
