import type {
  CallBackDeed,
  CallBackPage,
  CallBackQuery,
  CallBackView,
  DeskCallBacks,
  PostCallBack,
  PutCallBack,
} from '../../../shared/api/call-backs.ts';
import type { User } from '../../../shared/api/records.ts';
import {
  callBackTransition,
  isOver,
  type CallBack,
  type CallBackEvent,
  type CallBackRefusal,
} from '../../../shared/domain/call-back/call-back.ts';
import { success, type Result } from '../../../shared/result.ts';
import type { Now } from '../../clock.ts';
import type { Database, Transaction } from '../../database/database.ts';
import type { Log } from '../../log.ts';
import { refused, type Answer, type Refused } from '../../problem.ts';
import { maySupervise } from '../accounts/accounts-repository.ts';
import { appendAudit } from '../audit/audit-log.ts';
import { maySee } from '../contacts/contact-access.ts';
import type { PushHub } from '../push/push-hub.ts';
import { findQueuesOfCalls, takeCallBackNews } from './call-back-facts.ts';
import { createCallBackOffers, type CallBackOffers } from './call-back-offers.ts';
import { findPlaceOfCallBack } from './call-back-place.ts';
import {
  insertCallBack,
  lockCallBack,
  saveCallBack,
  type KnownCallBack,
} from './call-back-repository.ts';
import { createCallBackTelling, type CallBackTelling } from './call-back-telling.ts';
import {
  readCallBack,
  readCallBackPage,
  readCallBacksOfContact,
  readCallBacksOfCustomer,
  readDeskCallBacks,
  sightOf,
} from './call-back-views.ts';
import { readCallBackWords } from './read-call-back.ts';

/** Calls that were promised for later, and tasks that follow from a contact. */
export type CallBacks = {
  readonly page: (user: User, query: CallBackQuery) => Promise<Answer<CallBackPage>>;
  readonly about: (
    user: User,
    of: { readonly contactId?: string; readonly customerId?: string },
  ) => Promise<readonly CallBackView[]>;
  readonly post: (user: User, given: PostCallBack) => Promise<Answer<CallBackView>>;
  readonly put: (user: User, id: string, given: PutCallBack) => Promise<Answer<CallBackView>>;
  readonly give: (user: User, id: string, agentId: string | null) => Promise<Answer<CallBackView>>;
  readonly act: (user: User, id: string, deed: CallBackDeed) => Promise<Answer<CallBackView>>;
  /** What the desk of this user shows. */
  readonly deskPart: (user: User) => Promise<{ readonly callBacks: DeskCallBacks }>;
  readonly queuesOfCalls: typeof findQueuesOfCalls;
  readonly takeNews: typeof takeCallBackNews;
  /** After the commit of what changed them. */
  readonly touched: CallBackTelling['touched'];
  readonly agentChanged: CallBackOffers['agentChanged'];
  /** Offers what is due; it happens by itself. */
  readonly look: () => void;
  readonly idle: () => Promise<void>;
  readonly stop: () => void;
};

type Needs = {
  readonly database: Database;
  readonly push: Pick<PushHub, 'toUser' | 'isConnected'>;
  readonly backendId: string;
  readonly country: string;
  readonly timeZone: string;
  readonly now: Now;
  readonly log: Log;
};

const noCallBack = refused('not_found', 'there is no such call-back among those you may see');

const refusalWords: Record<CallBackRefusal, string> = {
  over: 'it is over already',
  not_over: 'it is not over',
  not_due: 'it is not due yet',
  not_offered: 'it is not offered any more',
  offered_to_other: 'it is offered to somebody else',
  has_owner: 'somebody has it already',
  let_pass: 'it was let pass',
  follow_up: 'no call belongs to a follow-up',
};

const eventOf = (deed: CallBackDeed, by: string, at: number): CallBackEvent => {
  switch (deed) {
    case 'take':
    case 'pass':
      return { kind: deed, by, at };
    case 'done':
      return { kind: 'finish', at };
    case 'cancel':
    case 'reopen':
      return { kind: deed, at };
  }
};

type Change = {
  readonly event: CallBackEvent;
  readonly words?: { readonly number: string; readonly note: string };
};

export const createCallBacks = (needs: Needs): CallBacks => {
  const { database, push, country, now, log } = needs;
  const telling = createCallBackTelling({ database, push, now, log });
  const offers = createCallBackOffers({
    ...needs,
    onTouched: telling.touched,
    onUnclaimed: telling.unclaimed,
  });

  const answerWith = async (id: string): Promise<Answer<CallBackView>> => {
    const found = await readCallBack(database, id);
    return found === null ? noCallBack : success(found);
  };

  /** Own, or a promise of one's own that nobody has yet. */
  const isOwn = ({ callBack, createdBy }: KnownCallBack, user: User): boolean =>
    callBack.owner === null ? createdBy === user.id : callBack.owner === user.id;

  const mayAct = async (
    transaction: Transaction,
    user: User,
    known: KnownCallBack,
  ): Promise<boolean> =>
    isOwn(known, user) ||
    (await maySupervise(transaction, user, known.callBack.owner ?? known.createdBy));

  const audit = (
    transaction: Transaction,
    user: User,
    known: KnownCallBack,
    what: string,
    after: CallBack,
  ): Promise<void> =>
    appendAudit(transaction, {
      ...{ at: now(), actor: user.id, subject: known.callBack.owner ?? known.createdBy },
      action: `call_back_${what}`,
      details: { callBackId: known.id, from: known.callBack.owner, to: after.owner },
    });

  /** One deed, in a transaction of its own; another's is a line of the audit log. */
  const change = async (
    user: User,
    id: string,
    what: string,
    changeOf: (
      transaction: Transaction,
      known: KnownCallBack,
    ) => Promise<Result<Change, Refused>> | Result<Change, Refused>,
  ): Promise<Answer<CallBackView>> => {
    const done = await database.transaction(async (transaction): Promise<Answer<CallBack>> => {
      const known = await lockCallBack(transaction, id);
      if (known === null) return noCallBack;
      const isAnswer = what === 'take' || what === 'pass';
      if (!isAnswer && !(await mayAct(transaction, user, known))) return noCallBack;
      const wanted = await changeOf(transaction, known);
      if (!wanted.ok) return wanted;
      const next = callBackTransition(known.callBack, wanted.value.event);
      if (!next.ok) return refused('conflict', refusalWords[next.why]);
      await saveCallBack(transaction, {
        ...known,
        ...wanted.value.words,
        callBack: next.callBack,
      });
      if (!isAnswer && !isOwn(known, user)) {
        await audit(transaction, user, known, what, next.callBack);
      }
      return success(known.callBack);
    });
    if (!done.ok) return done;
    telling.touched([{ id, before: done.value }]);
    offers.look();
    return answerWith(id);
  };

  return {
    page: async (user, query) => {
      const whose = query.whose ?? 'mine';
      if (whose === 'team' && user.role === 'agent') {
        return refused('not_allowed', 'the team’s are for supervisors');
      }
      const sight = await sightOf(database, user, whose);
      return success(await readCallBackPage(database, sight, query, now()));
    },
    about: async (user, { contactId, customerId }) => {
      if (contactId !== undefined) {
        return (await maySee(database, user, contactId))
          ? readCallBacksOfContact(database, contactId)
          : [];
      }
      return customerId === undefined ? [] : readCallBacksOfCustomer(database, customerId);
    },
    post: async (user, given) => {
      const words = readCallBackWords(given, given.kind, country, now());
      if (!words.ok) return words;
      const { callBackId: id, kind, forQueue } = given;
      const place = await findPlaceOfCallBack(database, user, given);
      if (!place.ok) return place;
      const owner = forQueue ? null : user.id;
      const made = await database.transaction((transaction) =>
        insertCallBack(transaction, {
          ...{ id, kind, owner, createdBy: user.id, createdAt: now() },
          ...{ ...words.value, ...place.value },
        }),
      );
      const kept = await readCallBack(database, id);
      if (kept?.createdBy.id !== user.id) return refused('conflict', 'this id was used before');
      if (made) {
        log.info({ userId: user.id, callBackId: id, kind, forQueue }, 'a call-back is scheduled');
        telling.made(id);
        offers.look();
      }
      return success(kept);
    },
    put: (user, id, given) =>
      change(user, id, 'changed', (_transaction, { callBack, number, revision }) => {
        if (revision !== given.revision) {
          return refused('conflict', 'it was changed meanwhile');
        }
        // What stands there already was read before.
        const asked = { ...given, number: given.number === '' ? number : given.number };
        const words = readCallBackWords(asked, callBack.kind, country, now());
        if (!words.ok) return words;
        const { dueAt, ...said } = words.value;
        return success({ event: { kind: 'change', dueAt, owner: callBack.owner }, words: said });
      }),
    give: (user, id, agentId) =>
      change(user, id, 'reassigned', async (transaction, { callBack }) => {
        if (isOver(callBack)) return refused('conflict', refusalWords.over);
        if (agentId === null && (callBack.queue === null || callBack.kind === 'follow_up')) {
          return refused('invalid', 'body/agentId is missing: there is no queue to offer it to');
        }
        const isSelf = agentId === user.id;
        if (agentId !== null && !isSelf && !(await maySupervise(transaction, user, agentId))) {
          return refused('invalid', 'body/agentId is nobody to whom you may give it');
        }
        return success({ event: { kind: 'change', dueAt: callBack.dueAt, owner: agentId } });
      }),
    act: (user, id, deed) =>
      change(user, id, deed, () => success({ event: eventOf(deed, user.id, now()) })),
    deskPart: async (user) => ({ callBacks: await readDeskCallBacks(database, user, now()) }),
    queuesOfCalls: findQueuesOfCalls,
    takeNews: takeCallBackNews,
    touched: telling.touched,
    agentChanged: offers.agentChanged,
    look: offers.look,
    idle: async () => {
      await offers.idle();
      await telling.idle();
    },
    stop: offers.stop,
  };
};
