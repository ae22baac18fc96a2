import type { BoardHelp } from '../../../shared/api/board.ts';
import type { HandView } from '../../../shared/api/help.ts';
import type { User } from '../../../shared/api/records.ts';
import {
  handTransition,
  mayWrite,
  type HandEvent,
  type HandRefusal,
} from '../../../shared/domain/help/hand.ts';
import type { AgentStanding } from '../../../shared/domain/agent/agent.ts';
import { failure, success, type Result } from '../../../shared/result.ts';
import type { Now } from '../../clock.ts';
import type { Database } from '../../database/database.ts';
import { createKeyedQueue } from '../../keyed-queue.ts';
import type { Log } from '../../log.ts';
import { refused, type Answer, type Refused } from '../../problem.ts';
import { maySupervise } from '../accounts/accounts-repository.ts';
import { findStanding, lockStanding } from '../agent/agent-repository.ts';
import { findContactByCallKey } from '../contacts/contact-repository.ts';
import type { PushHub } from '../push/push-hub.ts';
import { readHelpPages } from './help-centre.ts';
import {
  findUp,
  findUpOf,
  insertHand,
  insertMessage,
  listSupervisorsOf,
  listUp,
  lockHand,
  readHand,
  readHandsFor,
  readHandsOfContact,
  readUp,
  saveHand,
  type KnownHand,
} from './help-repository.ts';

/** Hands that agents raise in a call or its wrap-up, who takes them, and what is written beside it. */
export type Help = {
  /** Asked twice, or with another hand up for the call, it answers the one that is up. */
  readonly raise: (user: User, handId: string, callKey: string) => Promise<Answer<HandView>>;
  /** `from`: who has it as the supervisor sees it. Of two at once one takes it. */
  readonly take: (user: User, handId: string, from: string | null) => Promise<Answer<HandView>>;
  /** Gives it back to whoever else can help. */
  readonly release: (user: User, handId: string) => Promise<Answer<HandView>>;
  /** By the agent or a supervisor: withdrawn, or answered. */
  readonly lower: (user: User, handId: string) => Promise<Answer<HandView>>;
  readonly write: (
    user: User,
    handId: string,
    message: { readonly messageId: string; readonly text: string },
  ) => Promise<Answer<HandView>>;
  /** What the desk of this user shows. */
  readonly deskPart: (
    userId: string,
  ) => Promise<{ readonly hands: HandView[]; readonly helpPages: string[] }>;
  readonly ofContact: (user: User, contactId: string) => Promise<readonly HandView[]>;
  /** What is up of these agents, for the board: the one raised first. */
  readonly up: (agentIds: readonly string[]) => Promise<ReadonlyMap<string, BoardHelp>>;
  /** These calls are no longer the agent's concern, and that is committed. */
  readonly gone: (agentId: string, callKeys: readonly string[]) => void;
  /** Takes down what was left up by calls that ended while nobody looked. */
  readonly start: () => void;
  readonly idle: () => Promise<void>;
};

type Needs = {
  readonly database: Database;
  readonly push: Pick<PushHub, 'toUser' | 'isConnected'>;
  readonly now: Now;
  readonly log: Log;
  /** A hand went up, down or into a hand; for the board. */
  readonly onChanged: (agentId: string) => void;
};

const noHand = refused('not_found', 'there is no such hand among those you may see');

const refusalWords: Record<HandRefusal, string> = {
  over: 'this hand is down already',
  taken_by_other: 'somebody else has taken it',
  not_taken: 'nobody has taken it',
};

const keysOf = (standing: AgentStanding): readonly string[] =>
  standing.signedIn ? [...standing.calls, ...standing.wrapUps] : [];

type Role = { readonly isAgent: boolean; readonly isSupervisor: boolean };

export const createHelp = ({ database, push, now, log, onChanged }: Needs): Help => {
  const telling = createKeyedQueue((error, handId) => {
    log.warn({ error, handId }, 'a hand could not be shown');
  });

  /** In the order of the changes; each tells the hand as it is then. */
  const tell = (handId: string): void => {
    void telling.add(handId, async () => {
      const hand = await readHand(database, handId);
      if (hand === null) return;
      onChanged(hand.agent.id);
      const people = [hand.agent.id, ...(await listSupervisorsOf(database, hand.agent.id))];
      for (const userId of people.filter(push.isConnected)) {
        push.toUser(userId, { kind: 'hand', hand });
      }
    });
  };

  const answerWith = async (handId: string): Promise<Answer<HandView>> => {
    const hand = await readHand(database, handId);
    return hand === null ? noHand : success(hand);
  };

  /** One deed on a hand, in a transaction of its own. */
  const change = async (
    user: User,
    handId: string,
    eventOf: (role: Role, known: KnownHand) => Result<HandEvent, Refused>,
  ): Promise<Answer<HandView>> => {
    const done = await database.transaction(async (transaction): Promise<Answer<boolean>> => {
      const known = await lockHand(transaction, handId);
      if (known === null) return noHand;
      const isAgent = known.agentId === user.id;
      const isSupervisor = await maySupervise(transaction, user, known.agentId);
      if (!isAgent && !isSupervisor) return noHand;
      const event = eventOf({ isAgent, isSupervisor }, known);
      if (!event.ok) return event;
      const next = handTransition(known.hand, event.value);
      if (!next.ok) return refused('conflict', refusalWords[next.why]);
      if (next.hand === known.hand) return success(false);
      await saveHand(transaction, handId, next.hand);
      return success(true);
    });
    if (!done.ok) return done;
    if (done.value) tell(handId);
    return answerWith(handId);
  };

  const onlySupervisors = ({ isSupervisor }: Role, event: HandEvent): Result<HandEvent, Refused> =>
    isSupervisor
      ? success(event)
      : refused('not_allowed', 'a hand is taken by a supervisor of the agent');

  const end = async (agentId: string, callKey: string, signedIn: boolean): Promise<void> => {
    const handId = await database.transaction(async (transaction) => {
      const id = await findUp(transaction, agentId, callKey);
      const known = id === null ? null : await lockHand(transaction, id);
      if (known === null) return null;
      const kind = signedIn ? 'call_over' : 'signed_out';
      const next = handTransition(known.hand, { kind, at: now() });
      if (!next.ok) return null;
      await saveHand(transaction, known.id, next.hand);
      return known.id;
    });
    if (handId !== null) tell(handId);
  };

  const settle = createKeyedQueue((error, agentId) => {
    log.warn({ error, agentId }, 'a hand of a call that is over stays up');
  });
  const gone: Help['gone'] = (agentId, callKeys) => {
    void settle.add(agentId, async () => {
      // Of nearly every call there is none.
      const up = await findUpOf(database, agentId, callKeys);
      if (up.length === 0) return;
      // The call may be back by now: only what is not on the desk goes down.
      const { standing } = await findStanding(database, agentId);
      const kept = keysOf(standing);
      for (const callKey of up.filter((key) => !kept.includes(key))) {
        await end(agentId, callKey, standing.signedIn);
      }
    });
  };

  return {
    raise: async (user, handId, callKey) => {
      const raised = await database.transaction(
        async (transaction): Promise<Answer<{ readonly id: string; readonly isNew: boolean }>> => {
          // A call that ends now waits for this, and takes the hand down afterwards.
          const { standing } = await lockStanding(transaction, user.id);
          const up = await findUp(transaction, user.id, callKey);
          if (up !== null) return success({ id: up, isNew: false });
          if (!keysOf(standing).includes(callKey)) {
            return refused('conflict', 'a hand is raised in a call or in its wrap-up');
          }
          if ((await lockHand(transaction, handId)) !== null) {
            return refused('conflict', 'this id was used before');
          }
          const contact = await findContactByCallKey(transaction, callKey);
          if (contact === null) return refused('not_found', 'nothing is known of this call yet');
          await insertHand(transaction, {
            ...{ id: handId, agentId: user.id, contactId: contact.id, callKey },
            raisedAt: now(),
          });
          return success({ id: handId, isNew: true });
        },
      );
      if (!raised.ok) return raised;
      const { id, isNew } = raised.value;
      if (isNew) {
        log.info({ agentId: user.id, handId: id }, 'an agent raised a hand');
        tell(id);
      }
      return answerWith(id);
    },
    take: (user, handId, from) =>
      change(user, handId, (role) =>
        onlySupervisors(role, { kind: 'take', by: user.id, from, at: now() }),
      ),
    release: (user, handId) =>
      change(user, handId, (role) => onlySupervisors(role, { kind: 'release', by: user.id })),
    lower: (user, handId) =>
      change(user, handId, ({ isAgent }) =>
        success({ kind: 'lower', by: user.id, isAgent, at: now() }),
      ),
    write: async (user, handId, { messageId, text }) => {
      const done = await database.transaction(async (transaction): Promise<Answer<boolean>> => {
        const known = await lockHand(transaction, handId);
        if (known === null) return noHand;
        const isAgent = known.agentId === user.id;
        if (!isAgent && !(await maySupervise(transaction, user, known.agentId))) return noHand;
        if (!mayWrite(known.hand, known.agentId, user.id)) {
          return failure<Refused>({
            code: 'conflict',
            message: 'take the hand first, while it is up',
          });
        }
        const message = { id: messageId, handId, author: user.id, at: now(), text: text.trim() };
        if (message.text === '') return refused('invalid', 'body/text is empty');
        return success(await insertMessage(transaction, message));
      });
      if (!done.ok) return done;
      if (done.value) tell(handId);
      return answerWith(handId);
    },
    deskPart: async (userId) => {
      const { standing } = await findStanding(database, userId);
      const [hands, pages] = await Promise.all([
        readHandsFor(database, userId, keysOf(standing)),
        readHelpPages(database),
      ]);
      return { hands: [...hands], helpPages: [...pages] };
    },
    ofContact: (user, contactId) => readHandsOfContact(database, user.id, contactId),
    up: (agentIds) => readUp(database, agentIds),
    gone,
    start: () => {
      const look = async (): Promise<void> => {
        for (const { agentId, callKey } of await listUp(database)) gone(agentId, [callKey]);
      };
      look().catch((error: unknown) => {
        log.warn({ error }, 'hands of before were not looked at');
      });
    },
    idle: async () => {
      await settle.idle();
      await telling.idle();
    },
  };
};
