import {
  agentState,
  agentTransition,
  signsOutLater,
  type AgentEvent,
  type AgentStanding,
  type AgentState,
  type Wish,
} from '../../../shared/domain/agent/agent.ts';
import type { AgentView } from '../../../shared/api/records.ts';
import { success } from '../../../shared/result.ts';
import type { Now } from '../../clock.ts';
import type { Database, Transaction } from '../../database/database.ts';
import type { Log } from '../../log.ts';
import { refused, type Answer } from '../../problem.ts';
import { isUnanswered } from '../missed/judge.ts';
import type { MissedOffers } from '../missed/missed-offers.ts';
import type { PushHub } from '../push/push-hub.ts';
import { endSessionsBySupervisor } from '../session/session-repository.ts';
import {
  appendStateLog,
  compareWithPbx,
  findCallMemories,
  findStanding,
  lockStanding,
  saveCallMemories,
  saveStanding,
  type LogLine,
} from './agent-repository.ts';
import { readStep, type TimedStep } from './agent-step.ts';
import { agentViewOf } from './agent-view.ts';
import type { CallMemory } from './call-memory.ts';
import type { QueueMembership } from './queue-membership.ts';
import { mayGive } from './reasons.ts';

/** A supervisor signed the agent out: the sessions that ended with it, and the supervisor's name. */
export type SignedOut = { readonly sessionIds: readonly string[]; readonly by: string };

/** What a transaction did to an agent, to be told once it is committed. */
export type AgentChange = {
  readonly agentId: string;
  readonly view: AgentView;
  readonly standing: AgentStanding;
  /** Calls that the desk no longer shows. */
  readonly gone: readonly string[];
  readonly missedAnOffer: boolean;
  readonly signedOut: SignedOut | null;
};

export type Agents = {
  readonly view: (agentId: string) => Promise<AgentView>;
  readonly standing: (agentId: string) => Promise<AgentStanding>;
  readonly wish: (agentId: string, wish: Wish) => Promise<Answer<AgentView>>;
  /** Until the agent says otherwise or the shift ends. */
  readonly setDoNotDisturb: (agentId: string, on: boolean) => Promise<Answer<AgentView>>;
  /** A call that the agent's phone refuses unheard: it is kept in the log and changes nothing. */
  readonly noteRefused: (agentId: string, callKey: string) => Promise<void>;
  /** Takes the steps in order and tells everybody. */
  readonly take: (agentId: string, steps: readonly TimedStep[]) => Promise<void>;
  /** The same inside a transaction; `announce` what it answers after the commit. */
  readonly takeIn: (
    transaction: Transaction,
    agentId: string,
    steps: readonly TimedStep[],
  ) => Promise<AgentChange | null>;
  readonly announce: (change: AgentChange | null) => void;
};

type Needs = {
  readonly database: Database;
  readonly push: PushHub;
  readonly membership: QueueMembership;
  readonly now: Now;
  readonly log: Log;
  readonly missed: Pick<MissedOffers, 'judge' | 'tell'>;
  readonly onChanged: (agentId: string, view: AgentView) => void;
  /** These calls are no longer the agent's concern. */
  readonly onGone: (agentId: string, callKeys: readonly string[]) => void;
  readonly onSignedOut: (agentId: string, signedOut: SignedOut) => void;
};

/** What the clock beside the state counts from: a new wish during a call does not restart it. */
const clockLabel = (state: AgentState): string =>
  state.state === 'not_ready' ? `not_ready ${state.reason}` : state.state;

const keysOf = (standing: AgentStanding): readonly string[] =>
  standing.signedIn ? [...standing.offers, ...standing.calls, ...standing.wrapUps] : [];

const callKeyOf = ({ step }: TimedStep): string | null => ('callKey' in step ? step.callKey : null);

/** The supervisor by whose word this event signed the agent out; null: it did not, or somebody else did. */
const signedOutBy = (
  before: AgentStanding,
  event: AgentEvent,
  after: AgentStanding,
): string | null => {
  if (after.signedIn || event.kind === 'signed_out') return null;
  return event.kind === 'forced' ? event.name : signsOutLater(before);
};

export const createAgents = (needs: Needs): Agents => {
  const { database, push, membership, now, log, missed, onChanged, onGone, onSignedOut } = needs;
  const takeIn: Agents['takeIn'] = async (transaction, agentId, steps) => {
    const before = await lockStanding(transaction, agentId);
    const callKeys = steps.map(callKeyOf).filter((key) => key !== null);
    const memories = new Map(
      (callKeys.length === 0 ? [] : await findCallMemories(transaction, agentId, callKeys)).map(
        (memory) => [memory.callKey, memory],
      ),
    );
    const learnt = new Map<string, CallMemory>();
    const lines: LogLine[] = [];
    let row = before;
    let missedAnOffer = false;
    let by: string | null = null;
    for (const timed of steps) {
      const callKey = callKeyOf(timed);
      const reading = readStep(
        row.standing,
        callKey === null ? undefined : memories.get(callKey),
        timed,
      );
      if (reading.memory !== null) {
        memories.set(reading.memory.callKey, reading.memory);
        learnt.set(reading.memory.callKey, reading.memory);
      }
      for (const read of reading.events) {
        const told = { agentId, timed, event: read, revision: row.revision + 1, pending: lines };
        const event = await missed.judge(transaction, row.standing, told);
        const next = agentTransition(row.standing, event);
        if (!next.ok) {
          log.debug({ agentId, event: event.kind, why: next.why }, 'nothing changes for the agent');
          continue;
        }
        const state = agentState(next.value);
        by = signedOutBy(row.standing, event, next.value) ?? by;
        const isNewState = clockLabel(state) !== clockLabel(agentState(row.standing));
        row = {
          standing: next.value,
          since: isNewState ? now() : row.since,
          revision: row.revision + 1,
          // A shift begins reachable.
          doNotDisturb: row.doNotDisturb && event.kind !== 'signed_in',
        };
        missedAnOffer ||= isUnanswered(event);
        lines.push({ at: now(), revision: row.revision, source: timed.source, event, state });
      }
    }
    await saveCallMemories(transaction, agentId, [...learnt.values()]);
    if (steps.some(({ source }) => source === 'pbx')) {
      await compareWithPbx(transaction, agentId, [...learnt.keys()]);
    }
    if (row === before) return null;
    await saveStanding(transaction, agentId, row);
    await appendStateLog(transaction, agentId, lines);
    const kept = new Set(keysOf(row.standing));
    const sessionIds =
      by === null ? [] : await endSessionsBySupervisor(transaction, agentId, now());
    return {
      signedOut: by === null ? null : { sessionIds, by },
      agentId,
      view: agentViewOf(row),
      standing: row.standing,
      gone: keysOf(before.standing).filter((key) => !kept.has(key)),
      missedAnOffer,
    };
  };

  const announce: Agents['announce'] = (change) => {
    if (change === null) return;
    const { agentId, view, gone } = change;
    push.toUser(agentId, { kind: 'agent', agent: view });
    for (const callKey of gone) push.toUser(agentId, { kind: 'card_gone', callKey });
    log.info({ agentId, state: view.state.state, revision: view.revision }, 'agent state');
    if (change.missedAnOffer) membership.rest(agentId);
    membership.follow(agentId);
    onChanged(agentId, view);
    if (gone.length > 0) onGone(agentId, gone);
    if (change.missedAnOffer) missed.tell(agentId);
    if (change.signedOut !== null) onSignedOut(agentId, change.signedOut);
  };

  const takeAndAnswer = async (
    agentId: string,
    steps: readonly TimedStep[],
  ): Promise<AgentChange | null> => {
    const change = await database.transaction((transaction) => takeIn(transaction, agentId, steps));
    announce(change);
    return change;
  };

  const view: Agents['view'] = async (agentId) =>
    agentViewOf(await findStanding(database, agentId));

  return {
    view,
    standing: async (agentId) => (await findStanding(database, agentId)).standing,
    wish: async (agentId, wish) => {
      if (wish.kind === 'not_ready') {
        const may = await mayGive(database, agentId, wish.reason);
        if (may === 'unknown') return refused('invalid', 'body/wish/reason is none that exists');
        if (may === 'no') return refused('not_allowed', 'this reason is meant for others');
      }
      const change = await takeAndAnswer(agentId, [
        { step: { kind: 'wished', wish }, at: now(), source: 'agent' },
      ]);
      const after = change?.view ?? (await view(agentId));
      if (after.state.state === 'offline') return refused('conflict', 'the agent is signed out');
      return after.origin?.by === 'supervisor' && after.origin.leaving === true
        ? refused('conflict', `${after.origin.name} signs you out when the call is over`)
        : success(after);
    },
    setDoNotDisturb: async (agentId, on) => {
      const { change, isSignedIn } = await database.transaction(async (transaction) => {
        const before = await lockStanding(transaction, agentId);
        const { standing } = before;
        if (!standing.signedIn || before.doNotDisturb === on) {
          return { change: null, isSignedIn: standing.signedIn };
        }
        const row = { ...before, doNotDisturb: on, revision: before.revision + 1 };
        const state = agentState(standing);
        const event = { kind: 'do_not_disturb', on };
        await saveStanding(transaction, agentId, row);
        await appendStateLog(transaction, agentId, [
          { at: now(), revision: row.revision, source: 'agent', event, state },
        ]);
        const changed = {
          agentId,
          view: agentViewOf(row),
          standing,
          gone: [],
          missedAnOffer: false,
          signedOut: null,
        };
        return { change: changed, isSignedIn: true };
      });
      announce(change);
      return isSignedIn
        ? success(change?.view ?? (await view(agentId)))
        : refused('conflict', 'the agent is signed out');
    },
    noteRefused: (agentId, callKey) =>
      database.transaction(async (transaction) => {
        const before = await lockStanding(transaction, agentId);
        const row = { ...before, revision: before.revision + 1 };
        const event: AgentEvent = { kind: 'offer_ended', callKey, how: 'refused' };
        const state = agentState(row.standing);
        await saveStanding(transaction, agentId, row);
        await appendStateLog(transaction, agentId, [
          { at: now(), revision: row.revision, source: 'system', event, state },
        ]);
      }),
    take: async (agentId, steps) => {
      await takeAndAnswer(agentId, steps);
    },
    takeIn,
    announce,
  };
};
