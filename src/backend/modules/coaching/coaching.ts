import type {
  Coaching,
  CoachingNews,
  CoachingNote,
  PostNote,
} from '../../../shared/api/coaching.ts';
import type { User } from '../../../shared/api/records.ts';
import { criterionMeans, weekMeans } from '../../../shared/domain/quality/coaching-trend.ts';
import { dayAround, intervalsBetween } from '../../../shared/domain/reporting/intervals.ts';
import { success } from '../../../shared/result.ts';
import type { Now } from '../../clock.ts';
import type { Database } from '../../database/database.ts';
import type { Log } from '../../log.ts';
import { refused, type Answer } from '../../problem.ts';
import { findUser, maySupervise } from '../accounts/accounts-repository.ts';
import { appendAudit } from '../audit/audit-log.ts';
import { maySee } from '../contacts/contact-access.ts';
import type { PushHub } from '../push/push-hub.ts';
import { findForms, findSpeakers } from '../quality/scorecard-repository.ts';
import {
  acknowledgeNote,
  countUnread,
  deleteNote,
  findNote,
  insertNote,
  listCardsOf,
  listCoached,
  listNotesAbout,
  listNotesOf,
  listTrendCards,
} from './coaching-repository.ts';

/** What supervisors tell agents about their conversations. */
export type CoachingDesk = {
  readonly notesOf: (user: User, contactId: string) => Promise<Answer<readonly CoachingNote[]>>;
  /** Also while the call goes on. */
  readonly write: (user: User, contactId: string, note: PostNote) => Promise<Answer<CoachingNote>>;
  /** One's own, until the agent has read it. */
  readonly remove: (user: User, noteId: string) => Promise<Answer<null>>;
  /** The agent has read it, and may say something once. */
  readonly acknowledge: (
    user: User,
    noteId: string,
    reply: string,
  ) => Promise<Answer<CoachingNote>>;
  readonly page: (user: User, agentId: string | undefined) => Promise<Answer<Coaching>>;
  /** Something about this agent was written or read. */
  readonly changed: (agentId: string) => Promise<void>;
  readonly deskPart: (userId: string) => Promise<{ readonly coaching: CoachingNews }>;
};

type Needs = {
  readonly database: Database;
  readonly push: PushHub;
  readonly now: Now;
  /** The centre's own: when a week begins. */
  readonly timeZone: string;
  readonly log: Log;
};

const dayMs = 86_400_000;
const shownWeeks = 12;
const comparedMs = 28 * dayMs;
const shownCards = 50;

const noContact = refused('not_found', 'there is no such contact among those you may see');
const noNote = refused('not_found', 'there is no such note of yours');
const noAgent = refused('not_found', 'there is no such agent among yours');

export const createCoaching = ({ database, push, now, timeZone, log }: Needs): CoachingDesk => {
  /** The Mondays of the last weeks, as instants. */
  const mondays = (): readonly number[] => {
    const today = dayAround(now(), timeZone);
    if (!today.ok) throw new Error(`the time zone ${timeZone}: ${today.why}`);
    const day = Date.parse(today.value.from);
    const monday = day - ((new Date(day).getUTCDay() + 6) % 7) * dayMs;
    const dateOf = (at: number): string => new Date(at).toISOString().slice(0, 10);
    const weeks = intervalsBetween({
      from: dateOf(monday - (shownWeeks - 1) * 7 * dayMs),
      to: dateOf(monday + 7 * dayMs),
      interval: 'week',
      zone: timeZone,
    });
    if (!weeks.ok) throw new Error(`the weeks of ${timeZone}: ${weeks.why}`);
    return weeks.value.map(({ from }) => from);
  };

  const changed = async (agentId: string): Promise<void> => {
    if (!push.isConnected(agentId)) return;
    try {
      const unread = await countUnread(database, agentId);
      push.toUser(agentId, { kind: 'coaching', coaching: { unread } });
    } catch (error) {
      log.warn({ error, agentId }, 'an agent was not told of what was written');
    }
  };

  const pageOf = async (
    agent: Pick<User, 'id' | 'name'>,
    agents: Coaching['agents'],
  ): Promise<Coaching> => {
    const weeks = mondays();
    const since = now() - comparedMs;
    const [cards, notes, trend] = await Promise.all([
      listCardsOf(database, agent.id, shownCards),
      listNotesAbout(database, agent.id, shownCards),
      listTrendCards(database, agent.id, Math.min(weeks[0] ?? since, since - comparedMs)),
    ]);
    const last = trend.at(-1);
    const [form] = last === undefined ? [] : await findForms(database, [last]);
    const onForm = trend.filter(
      ({ form: code, version }) => code === form?.code && version === form.version,
    );
    const means = criterionMeans(form?.criteria ?? [], onForm, {
      since,
      before: since - comparedMs,
    });
    return {
      agent: { id: agent.id, name: agent.name },
      agents,
      weeks: weekMeans(trend, weeks),
      criteria: (form?.criteria ?? []).map(({ key, label }, index) => ({
        ...{ key, label, percent: means[index]?.percent ?? null },
        before: means[index]?.before ?? null,
      })),
      cards,
      notes,
    };
  };

  return {
    changed,
    notesOf: async (user, contactId) =>
      (await maySee(database, user, contactId))
        ? success(await listNotesOf(database, contactId, user.id))
        : noContact,
    write: async (user, contactId, { noteId, agentId, text }) => {
      const words = text.trim();
      if (words === '') return refused('invalid', 'body/text says nothing');
      const speakers = await findSpeakers(database, contactId);
      const isTheirs = speakers.some(({ id }) => id === agentId);
      if (!isTheirs || !(await maySupervise(database, user, agentId))) return noContact;
      const isNew = await database.transaction(async (transaction) => {
        const writtenAt = now();
        const note = { id: noteId, contactId, agentId, author: user.id, text: words, writtenAt };
        if (!(await insertNote(transaction, note))) return false;
        // Without words: what was written about a customer can be erased, this line cannot.
        await appendAudit(transaction, {
          ...{ at: writtenAt, actor: user.id, action: 'coaching_note_written', subject: agentId },
          details: { noteId, contactId },
        });
        return true;
      });
      const note = await findNote(database, noteId);
      if (note === null) return noContact;
      const isSame =
        note.author.id === user.id && note.contactId === contactId && note.agent.id === agentId;
      if (!isSame) return refused('conflict', 'there is another note with this id');
      if (isNew) await changed(agentId);
      return success(note);
    },
    remove: async (user, noteId) => {
      const removed = await database.transaction(async (transaction) => {
        const note = await deleteNote(transaction, noteId, user.id);
        if (note === null) return null;
        const { agentId, contactId } = note;
        await appendAudit(transaction, {
          ...{ at: now(), actor: user.id, action: 'coaching_note_removed', subject: agentId },
          details: { noteId, contactId },
        });
        return agentId;
      });
      if (removed === null) return noNote;
      await changed(removed);
      return success(null);
    },
    acknowledge: async (user, noteId, reply) => {
      const note = await findNote(database, noteId);
      if (note?.agent.id !== user.id) return noNote;
      const done = await database.transaction(async (transaction) => {
        const at = now();
        if (!(await acknowledgeNote(transaction, noteId, at, reply.trim()))) return false;
        await appendAudit(transaction, {
          ...{ at, actor: user.id, action: 'coaching_note_read', subject: note.author.id },
          details: { noteId, contactId: note.contactId, replied: reply.trim() !== '' },
        });
        return true;
      });
      if (!done) return refused('conflict', 'it was acknowledged already');
      await changed(user.id);
      const read = await findNote(database, noteId);
      return read === null ? noNote : success(read);
    },
    page: async (user, agentId) => {
      const agents =
        user.role === 'agent' ? [] : await listCoached(database, user.id, now() - comparedMs);
      if (agentId === undefined && user.role !== 'agent') {
        const nothing = { weeks: [], criteria: [], cards: [], notes: [] };
        return success({ agent: null, agents, ...nothing });
      }
      if (agentId === undefined || agentId === user.id) return success(await pageOf(user, agents));
      const agent = await findUser(database, agentId);
      return agent !== null && (await maySupervise(database, user, agentId))
        ? success(await pageOf(agent, agents))
        : noAgent;
    },
    deskPart: async (userId) => ({ coaching: { unread: await countUnread(database, userId) } }),
  };
};
