import {
  agentState,
  agentTransition,
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
import { isReason } from '../desk/desk-repository.ts';
import type { PushHub } from '../push/push-hub.ts';
import {
  appendStateLog,
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

/** What a transaction did to an agent, to be told once it is committed. */
export type AgentChange = {
  readonly agentId: string;
  readonly view: AgentView;
  readonly standing: AgentStanding;
  /** Calls that the desk no longer shows. */
  readonly gone: readonly string[];
  readonly missedAnOffer: boolean;
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
  readonly onToday: (agentId: string) => void;
};

/** What the clock beside the state counts from: a new wish during a call does not restart it. */
const clockLabel = (state: AgentState): string =>
  state.state === 'not_ready' ? `not_ready ${state.reason}` : state.state;

const keysOf = (standing: AgentStanding): readonly string[] =>
  standing.signedIn ? [...standing.offers, ...standing.calls, ...standing.wrapUps] : [];

const callKeyOf = ({ step }: TimedStep): string | null => ('callKey' in step ? step.callKey : null);

export const createAgents = ({ database, push, membership, now, log, onToday }: Needs): Agents => {
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
      for (const event of reading.events) {
        const next = agentTransition(row.standing, event);
        if (!next.ok) {
          log.debug({ agentId, event: event.kind, why: next.why }, 'nothing changes for the agent');
          continue;
        }
        const state = agentState(next.value);
        const isNewState = clockLabel(state) !== clockLabel(agentState(row.standing));
        row = {
          standing: next.value,
          since: isNewState ? now() : row.since,
          revision: row.revision + 1,
          // A shift begins reachable.
          doNotDisturb: row.doNotDisturb && event.kind !== 'signed_in',
        };
        missedAnOffer ||= event.kind === 'offer_ended' && event.how === 'missed';
        lines.push({ at: now(), revision: row.revision, source: timed.source, event, state });
      }
    }
    await saveCallMemories(transaction, agentId, [...learnt.values()]);
    if (row === before) return null;
    await saveStanding(transaction, agentId, row);
    await appendStateLog(transaction, agentId, lines);
    const kept = new Set(keysOf(row.standing));
    return {
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
    membership.follow(agentId);
    if (change.missedAnOffer) onToday(agentId);
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
      if (wish.kind === 'not_ready' && !(await isReason(database, wish.reason))) {
        return refused('invalid', 'body/wish/reason is not a reason that exists');
      }
      const change = await takeAndAnswer(agentId, [
        { step: { kind: 'wished', wish }, at: now(), source: 'agent' },
      ]);
      const after = change?.view ?? (await view(agentId));
      return after.state.state === 'offline'
        ? refused('conflict', 'the agent is signed out')
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
