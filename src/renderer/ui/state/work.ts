import type { ContactCard } from '../../../shared/api/records.ts';
import { owesWrapUp, type Call, type CallState } from '../../../shared/domain/call/call.ts';
import type { LedgerFact } from '../../../shared/domain/handle-time/fact.ts';
import type { WrapUpDraft } from '../../../shared/ipc/desk.ts';

/** Where a call stands for the agent who works on it. */
export type WorkStage =
  | 'ringing'
  /** Dialled and not yet answered. */
  | 'outgoing'
  | 'live'
  /** Ended, and owes its wrap-up. */
  | 'wrap_up'
  /** Ended without owing anything; shown for a moment with its reason. */
  | 'over';

/** A call, its contact's card and its wrap-up, joined: what the agent knows as one thing. */
export type Work = {
  readonly callId: string;
  readonly callKey: string;
  readonly stage: WorkStage;
  readonly state: CallState;
  /** null once the phone has forgotten the call, or when the phone was born again. */
  readonly call: Call | null;
  readonly card: ContactCard | null;
  readonly draft: WrapUpDraft | null;
  readonly direction: 'inbound' | 'outbound';
  readonly remote: { readonly number: string; readonly name: string };
  readonly queue: string | null;
  /** The customer's call that a colleague is asked about here; null for a call of its own. */
  readonly consultFor: string | null;
  readonly facts: readonly LedgerFact[];
};

export type WorkSources = {
  readonly calls: readonly Call[];
  readonly cards: readonly ContactCard[];
  readonly drafts: readonly WrapUpDraft[];
  /** Wrap-ups that are completed: the phone may still show their calls for some seconds. */
  readonly completed: readonly string[];
  /** Calls that this window saw alive: their end owes a wrap-up even before the desk says so. */
  readonly seenLive: readonly string[];
};

const stageOf = (call: Call, draft: WrapUpDraft | null, sources: WorkSources): WorkStage => {
  switch (call.state) {
    case 'offered':
      return 'ringing';
    case 'dialing':
    case 'alerting':
      return 'outgoing';
    case 'answering':
    case 'connected':
      return 'live';
    case 'ended': {
      if (sources.completed.includes(call.callId)) return 'over';
      if (draft?.ended === true) return 'wrap_up';
      return owesWrapUp(call) && sources.seenLive.includes(call.callId) ? 'wrap_up' : 'over';
    }
  }
};

const fromCall = (call: Call, sources: WorkSources): Work => {
  const draft = sources.drafts.find((found) => found.callId === call.callId) ?? null;
  return {
    callId: call.callId,
    callKey: call.callKey,
    stage: stageOf(call, draft, sources),
    state: call.state,
    call,
    // The leg to a colleague has the customer's key, and is not with the customer.
    card:
      call.consultFor === null
        ? (sources.cards.find((found) => found.callKey === call.callKey) ?? null)
        : null,
    draft,
    direction: call.direction,
    remote: call.remote,
    queue: call.queue,
    consultFor: call.consultFor,
    facts: draft === null ? call.facts : [...call.facts, ...draft.facts],
  };
};

const fromDraft = (draft: WrapUpDraft, sources: WorkSources): Work => ({
  callId: draft.callId,
  callKey: draft.callKey,
  stage: 'wrap_up',
  state: 'ended',
  call: null,
  card: sources.cards.find((found) => found.callKey === draft.callKey) ?? null,
  draft,
  direction: draft.facts.some((fact) => fact.kind === 'dialed') ? 'outbound' : 'inbound',
  remote: { number: draft.remoteNumber, name: draft.remoteName },
  queue: draft.queue,
  consultFor: null,
  facts: draft.facts,
});

/** Everything the agent has to do with now: wrap-ups that outlived their call first, then the calls, oldest first. */
export const worksOf = (sources: WorkSources): readonly Work[] => {
  const orphans = sources.drafts.filter(
    (draft) =>
      draft.ended &&
      !sources.completed.includes(draft.callId) &&
      !sources.calls.some((call) => call.callId === draft.callId),
  );
  return [
    ...orphans.map((draft) => fromDraft(draft, sources)),
    ...sources.calls.map((call) => fromCall(call, sources)),
  ];
};

const urgency: Record<WorkStage, number> = {
  live: 0,
  outgoing: 1,
  wrap_up: 2,
  ringing: 3,
  over: 4,
};

/** A leg to a colleague is shown with the customer that it is for, as long as that call or its wrap-up is open. */
const hostOf = (work: Work, works: readonly Work[]): Work =>
  works.find((other) => other.callId === work.consultFor && other.stage !== 'over') ?? work;

/** Calls and wrap-ups that are worked on, each customer once; nothing that rings. */
export const openWorks = (works: readonly Work[]): readonly Work[] =>
  works.filter(
    (work) => work.stage !== 'over' && work.stage !== 'ringing' && hostOf(work, works) === work,
  );

const isHeld = ({ call }: Work): boolean =>
  call?.state === 'connected' && (call.hold === 'local' || call.hold === 'both');

/**
 * What the centre shows: the work that the agent chose, else the most pressing. A call that rings comes last: it is
 * shown above whatever is in work, and takes the centre only when nothing is.
 */
export const centreWork = (works: readonly Work[], chosenCallId: string | null): Work | null => {
  const open = openWorks(works);
  const wanted = works.find((work) => work.callId === chosenCallId);
  const chosen = wanted === undefined ? undefined : hostOf(wanted, works);
  if (chosen !== undefined && open.includes(chosen)) return chosen;
  const pressing = open.toSorted(
    (a, b) => urgency[a.stage] - urgency[b.stage] || Number(isHeld(a)) - Number(isHeld(b)),
  )[0];
  return pressing ?? works.find((work) => work.stage === 'ringing') ?? null;
};

/** Calls that ring while the centre is taken. */
export const ringingAbove = (works: readonly Work[], centre: Work | null): readonly Work[] =>
  works.filter((work) => work.stage === 'ringing' && work !== centre);

/** Whose record the customer pane shows: who rings comes first, since that decision cannot wait. */
export const customerWork = (works: readonly Work[], centre: Work | null): Work | null =>
  works.find((work) => work.stage === 'ringing') ?? centre;
