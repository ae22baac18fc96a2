import type { ContactQuality } from '../../../shared/api/quality.ts';
import { scoreOf } from '../../../shared/domain/quality/quality.ts';
import { contactQualityOf, listeningOf, qualityListOf } from './listening.ts';
import type { createMemoryBridge, MemoryBridge } from './memory-bridge.ts';
import { uuid } from './people.ts';

type Handlers = ReturnType<Parameters<typeof createMemoryBridge>[2]>;

/** Answers about recordings and scores; what is said or scored is there from then on. */
export const listeningHandlersOf = (
  bridge: MemoryBridge,
  now: () => number,
): Pick<Handlers, Extract<keyof Handlers, `listening.${string}` | `quality.${string}`>> => {
  const user = () => {
    const { session } = bridge.desk();
    return session.state === 'signed_in' ? session.user : null;
  };
  const role = (): string => user()?.role ?? 'agent';
  let comments = 0;
  let quality: ContactQuality | null = null;
  const ofContact = (): ContactQuality => (quality ??= contactQualityOf(now(), role()));
  return {
    'listening.open': () => ({ ok: true, value: listeningOf(now()) }),
    'listening.comment': ({ atMs, text }) => ({
      ok: true,
      value: {
        ...{ id: uuid(650 + (comments += 1)), atMs, text, writtenAt: now() },
        author: { id: user()?.id ?? uuid(1), name: user()?.name ?? '' },
      },
    }),
    'listening.removeComment': () => ({ ok: true, value: null }),
    'quality.list': () =>
      bridge.desk().backend.state === 'connected'
        ? { ok: true, value: qualityListOf(now(), role()) }
        : { ok: false, why: { code: 'backend_away', detail: '' } },
    'quality.ofContact': () => ({ ok: true, value: ofContact() }),
    'quality.score': ({ contactId, card: { agentId, ...card } }) => {
      const before = ofContact();
      const form = before.forms.find(({ code }) => code === card.form);
      const agent = before.agents.find(({ id }) => id === agentId);
      const me = user();
      if (form === undefined || agent === undefined || me === null) {
        return { ok: false, why: { code: 'conflict', detail: '' } };
      }
      const scored = {
        ...card,
        ...{ id: uuid(670), contactId, agent, scorer: { id: me.id, name: me.name } },
        percent: scoreOf(form.criteria, card.answers).percent,
        ...{ scoredAt: now(), acknowledgedAt: null, reply: '' },
      };
      const others = before.cards.filter(
        ({ scorer, purpose }) => scorer.id !== me.id || purpose !== card.purpose,
      );
      quality = { ...before, cards: [...others, scored] };
      return { ok: true, value: quality };
    },
    'quality.acknowledge': ({ cardId, reply }) => {
      const before = ofContact();
      const card = before.cards.find(({ id }) => id === cardId);
      if (card === undefined) return { ok: false, why: { code: 'not_found', detail: '' } };
      return { ok: true, value: { ...card, acknowledgedAt: now(), reply } };
    },
  };
};
