import type {
  ContactQuality,
  PutScorecard,
  QualityForm,
  QualityList,
  Scorecard,
} from '../../../shared/api/quality.ts';
import type { User } from '../../../shared/api/records.ts';
import { answerFlaws, scoreOf } from '../../../shared/domain/quality/quality.ts';
import { success } from '../../../shared/result.ts';
import type { Now } from '../../clock.ts';
import type { Database } from '../../database/database.ts';
import type { MintId } from '../../identifiers.ts';
import { refused, type Answer } from '../../problem.ts';
import { maySupervise } from '../accounts/accounts-repository.ts';
import { appendAudit } from '../audit/audit-log.ts';
import { maySee } from '../contacts/contact-access.ts';
import { findContact } from '../contacts/contact-repository.ts';
import { listNewestForms } from './quality-centre.ts';
import {
  acknowledgeCard,
  findCard,
  findCards,
  findForms,
  findSpeakers,
  listReviews,
  listUnscored,
  lockCardsOf,
  putCard,
} from './scorecard-repository.ts';

/** What supervisors think of conversations, told to the agents, and compared among themselves. */
export type Quality = {
  readonly ofContact: (user: User, contactId: string) => Promise<Answer<ContactQuality>>;
  /** One's own card, new or put right; the review of another stays the other's. */
  readonly score: (
    user: User,
    contactId: string,
    card: PutScorecard,
  ) => Promise<Answer<ContactQuality>>;
  /** The agent has read it, and may say something. */
  readonly acknowledge: (user: User, cardId: string, reply: string) => Promise<Answer<Scorecard>>;
  readonly list: (user: User) => Promise<QualityList>;
};

type Needs = {
  readonly database: Database;
  readonly now: Now;
  readonly mintId: MintId;
  /** An agent was reviewed, or read a review. */
  readonly onReviewed: (agentId: string) => Promise<void>;
};

const listedCards = 50;
const listedContacts = 30;

const noContact = refused('not_found', 'there is no such contact among those you may score');
const noCard = refused('not_found', 'there is no such card of yours');

/** Of each agent's calibrations only those that the user may compare with: an own one has to be there first. */
const openCards = (cards: readonly Scorecard[], userId: string): readonly Scorecard[] => {
  const compared = new Set(
    cards
      .filter(({ purpose, scorer }) => purpose === 'calibration' && scorer.id === userId)
      .map(({ agent }) => agent.id),
  );
  return cards.filter(({ purpose, agent }) => purpose === 'review' || compared.has(agent.id));
};

export const createQuality = ({ database, now, mintId, onReviewed }: Needs): Quality => {
  const supervised = async (user: User, contactId: string) => {
    const speakers = await findSpeakers(database, contactId);
    const may = await Promise.all(speakers.map(({ id }) => maySupervise(database, user, id)));
    return speakers.filter((_, index) => may[index] === true);
  };

  const formsFor = async (queue: string | null) =>
    (await listNewestForms(database)).filter(
      ({ active, form: { queues } }) =>
        active && (queues.length === 0 || (queue !== null && queues.includes(queue))),
    );

  const ofContact = async (user: User, contactId: string): Promise<Answer<ContactQuality>> => {
    const contact = await findContact(database, contactId);
    if (contact === null || !(await maySee(database, user, contactId))) return noContact;
    const [agents, all] = await Promise.all([
      supervised(user, contactId),
      findCards(database, contactId),
    ]);
    const isOwn = (card: Scorecard) => card.agent.id === user.id && card.purpose === 'review';
    const agentIds = new Set(agents.map(({ id }) => id));
    const theirs = all.filter(({ agent }) => agentIds.has(agent.id));
    const open = openCards(theirs, user.id);
    const cards = [...open, ...all.filter(isOwn)];
    const offered = agents.length === 0 ? [] : await formsFor(contact.queue);
    const forms = await findForms(database, [
      ...cards,
      ...offered.map(({ code, version }) => ({ form: code, version })),
    ]);
    return success({
      agents,
      forms,
      offered: offered.map(({ code }) => code),
      cards,
      hidden: agents.flatMap(({ id }) => {
        const count = theirs.filter((card) => card.agent.id === id && !open.includes(card)).length;
        return count === 0 ? [] : [{ agentId: id, count }];
      }),
    });
  };

  /** The form that a card may be on: what is offered now, or the version that the card was on before. */
  const formOf = async (
    queue: string | null,
    { form, version }: PutScorecard,
    before: Pick<Scorecard, 'form' | 'version'> | undefined,
  ): Promise<QualityForm | null> => {
    const wasOnIt = before?.form === form && before.version === version;
    const isOffered = (await formsFor(queue)).some(
      (offered) => offered.code === form && offered.version === version,
    );
    if (!wasOnIt && !isOffered) return null;
    return (await findForms(database, [{ form, version }]))[0] ?? null;
  };

  return {
    ofContact,
    score: async (user, contactId, given) => {
      const { agentId, purpose, answers } = given;
      const contact = await findContact(database, contactId);
      const agents = contact === null ? [] : await supervised(user, contactId);
      if (contact === null || !agents.some(({ id }) => id === agentId)) return noContact;
      const put = await database.transaction(async (transaction): Promise<Answer<null>> => {
        const cards = await lockCardsOf(transaction, contactId, agentId);
        const before = cards.find((card) => card.purpose === purpose);
        const form = await formOf(contact.queue, given, before);
        if (form === null) {
          return refused('conflict', 'the form was changed meanwhile, or is not for this queue');
        }
        const [flaw] = answerFlaws(form.criteria, answers);
        if (flaw !== undefined) {
          return refused('invalid', `body/answers/${flaw.key} ${flaw.kind.replaceAll('_', ' ')}`);
        }
        const { percent } = scoreOf(form.criteria, answers);
        const card = {
          ...given,
          ...{ id: mintId(), contactId, scorer: user.id, percent, scoredAt: now() },
          remark: given.remark.trim(),
        };
        if (!(await putCard(transaction, card))) {
          return refused('conflict', 'it was reviewed by somebody else, or acknowledged already');
        }
        // Values alone: what was written about a customer can be erased, this line cannot.
        const values = Object.entries(answers).map(([key, { value }]) => [key, value]);
        await appendAudit(transaction, {
          ...{ at: card.scoredAt, actor: user.id, action: 'scorecard_put', subject: agentId },
          details: {
            ...{ contactId, purpose, form: form.code, version: form.version, percent },
            values: Object.fromEntries(values),
          },
        });
        return success(null);
      });
      if (put.ok && purpose === 'review') await onReviewed(agentId);
      return put.ok ? ofContact(user, contactId) : put;
    },
    acknowledge: async (user, cardId, reply) => {
      const card = await findCard(database, cardId);
      if (card?.agent.id !== user.id || card.purpose !== 'review') return noCard;
      const done = await database.transaction(async (transaction) => {
        const at = now();
        if (!(await acknowledgeCard(transaction, cardId, at, reply.trim()))) return false;
        await appendAudit(transaction, {
          ...{ at, actor: user.id, action: 'scorecard_acknowledged', subject: card.scorer.id },
          details: { cardId, contactId: card.contactId, replied: reply.trim() !== '' },
        });
        return true;
      });
      if (!done) return refused('conflict', 'it was acknowledged already');
      await onReviewed(user.id);
      const changed = await findCard(database, cardId);
      return changed === null ? noCard : success(changed);
    },
    list: async (user) => {
      const [cards, unscored] = await Promise.all([
        listReviews(database, user.id, listedCards),
        listUnscored(database, user.id, listedContacts),
      ]);
      return { cards, unscored };
    },
  };
};
