import type { Coaching, CoachingNote } from '../../../shared/api/coaching.ts';
import { contactQualityOf, qualityListOf } from './listening.ts';
import type { createMemoryBridge, MemoryBridge } from './memory-bridge.ts';
import { uuid } from './people.ts';

type Handlers = ReturnType<Parameters<typeof createMemoryBridge>[2]>;

const weekMs = 7 * 86_400_000;
const ana = { id: uuid(1), name: 'Ana Ferreira' };
const sofia = { id: uuid(9), name: 'Sofia Lindqvist' };

const noteOf = (now: number, part: Partial<CoachingNote> = {}): CoachingNote => ({
  id: uuid(680),
  contactId: uuid(990),
  agent: ana,
  author: sofia,
  text: 'You found the fault before she had finished. Say the next step once more before the goodbye, and the call ends a minute earlier.',
  writtenAt: now - 900_000,
  acknowledgedAt: null,
  reply: '',
  ...part,
});

const means = [71, 74, null, 78, 76, 82, 80, null, 84, 88, 86, 90];

const pageOf = (now: number, agentId: string | undefined, role: string): Coaching => {
  const agents = [
    { ...ana, reviews: 4, percent: 87, lastAt: now - 900_000, unread: 2 },
    { ...{ id: uuid(2), name: 'Bruno Almeida' }, reviews: 1, percent: 76, lastAt: null, unread: 0 },
    { ...{ id: uuid(3), name: 'Carla Nunes' }, reviews: 0, percent: null, lastAt: null, unread: 0 },
  ];
  if (role !== 'agent' && agentId === undefined) {
    return { agent: null, agents, weeks: [], criteria: [], cards: [], notes: [] };
  }
  const about = {
    who: 'Marta Villanueva Ruiz',
    startedAt: now - 3_600_000,
    queue: 'support',
  };
  return {
    agent: ana,
    agents: role === 'agent' ? [] : agents,
    weeks: means.map((percent, index) => ({
      from: now - (means.length - index) * weekMs,
      reviews: percent === null ? 0 : 1,
      percent,
    })),
    criteria: (contactQualityOf(now, 'agent').forms[0]?.criteria ?? []).map(
      ({ key, label }, index) => ({ key, label, percent: 92 - index * 7, before: 84 - index }),
    ),
    cards: qualityListOf(now, 'agent').cards.map((card) => ({
      ...{ ...card, remark: 'A calm call. Thank you.' },
    })),
    notes: [
      { ...noteOf(now), ...about },
      {
        ...noteOf(now, {
          ...{ id: uuid(681), writtenAt: now - 2 * weekMs, acknowledgedAt: now - weekMs },
          ...{ text: 'Ask for consent before the greeting is over.', reply: 'I do so now.' },
        }),
        ...about,
      },
    ],
  };
};

/** Answers about what supervisors tell; what is written is there from then on. */
export const coachingHandlersOf = (
  bridge: MemoryBridge,
  now: () => number,
): Pick<Handlers, Extract<keyof Handlers, `coaching.${string}`>> => {
  const user = () => {
    const { session } = bridge.desk();
    return session.state === 'signed_in' ? session.user : null;
  };
  let notes: readonly CoachingNote[] | null = null;
  const kept = (): readonly CoachingNote[] => (notes ??= [noteOf(now())]);
  return {
    'coaching.page': ({ agentId }) =>
      bridge.desk().backend.state === 'connected'
        ? { ok: true, value: pageOf(now(), agentId, user()?.role ?? 'agent') }
        : { ok: false, why: { code: 'backend_away', detail: '' } },
    'coaching.notes': () => ({ ok: true, value: { notes: [...kept()] } }),
    'coaching.write': ({ contactId, noteId, text }) => {
      const me = user();
      const author = me === null ? sofia : { id: me.id, name: me.name };
      const note = noteOf(now(), { id: noteId, contactId, text, author, writtenAt: now() });
      notes = [...kept(), note];
      return { ok: true, value: note };
    },
    'coaching.remove': ({ noteId }) => {
      notes = kept().filter(({ id }) => id !== noteId);
      return { ok: true, value: null };
    },
    'coaching.acknowledge': ({ noteId, reply }) => {
      const note = kept().find(({ id }) => id === noteId);
      if (note === undefined) return { ok: false, why: { code: 'not_found', detail: '' } };
      const read = { ...note, acknowledgedAt: now(), reply };
      notes = kept().map((other) => (other.id === noteId ? read : other));
      return { ok: true, value: read };
    },
  };
};
