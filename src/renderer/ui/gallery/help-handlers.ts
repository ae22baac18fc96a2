import type { HandView } from '../../../shared/api/help.ts';
import { agentQueuesOf, handOf, helpedOf, owedOf, teamMessagesOf } from './help-fixtures.ts';
import type { createMemoryBridge, MemoryBridge } from './memory-bridge.ts';
import { uuid } from './people.ts';

type Handlers = ReturnType<Parameters<typeof createMemoryBridge>[2]>;
type HelpName = Extract<keyof Handlers, `help.${string}` | `acting.${string}` | `memos.${string}`>;

const done = { ok: true, value: null } as const;
const away = { ok: false, why: { code: 'backend_away', detail: '' } } as const;

/** Answers about help and acting; what is said and done is there from then on. */
export const helpHandlersOf = (
  bridge: MemoryBridge,
  now: () => number,
): Pick<Handlers, HelpName> => {
  const me = () => {
    const { session } = bridge.desk();
    return session.state === 'signed_in'
      ? { id: session.user.id, name: session.user.name }
      : { id: uuid(1), name: '' };
  };
  const change = (handId: string, part: (hand: HandView) => Partial<HandView>) => {
    const hands = (bridge.desk().hands ?? []).map((hand) =>
      hand.id === handId ? { ...hand, ...part(hand), revision: hand.revision + 1 } : hand,
    );
    bridge.changeDesk({ hands });
    return done;
  };
  const isHere = (): boolean => bridge.desk().backend.state === 'connected';
  let owed = owedOf(now()).wrapUps;
  return {
    'help.raise': ({ callKey }) => {
      if (!isHere()) return away;
      const hand = handOf(now(), { agent: me(), callKey, raisedAt: now() });
      bridge.changeDesk({ hands: [...(bridge.desk().hands ?? []), hand] });
      return done;
    },
    'help.take': ({ handId }) => change(handId, () => ({ taken: { by: me(), at: now() } })),
    'help.release': ({ handId }) => change(handId, () => ({ taken: null })),
    'help.lower': ({ handId }) =>
      change(handId, () => ({ over: { why: 'answered', at: now(), by: me() } })),
    'help.write': ({ handId, messageId, text }) =>
      change(handId, ({ messages }) => ({
        messages: [...messages, { id: messageId, author: me(), at: now(), text }],
      })),
    'help.ofContact': () => ({
      ok: true,
      value: {
        hands: [
          helpedOf(now() - 3_600_000, {
            over: {
              why: 'answered',
              at: now() - 3_590_000,
              by: { id: uuid(1), name: 'Ana Ferreira' },
            },
          }),
        ],
      },
    }),
    'acting.setState': ({ state }) => {
      const view = { since: now(), doNotDisturb: false, revision: 9 };
      const reason = 'set_by_supervisor';
      return {
        ok: true,
        value: { ...view, state: state === 'not_ready' ? { state, reason } : { state } },
      };
    },
    'acting.queues': () => (isHere() ? { ok: true, value: agentQueuesOf(now()) } : away),
    'acting.putQueues': () => ({ ok: true, value: agentQueuesOf(now()) }),
    'acting.owed': () => (isHere() ? { ok: true, value: { wrapUps: owed } } : away),
    'acting.completeWrapUp': ({ callId }) => {
      owed = owed.filter((wrapUp) => wrapUp.callId !== callId);
      return done;
    },
    'acting.messages': () => (isHere() ? { ok: true, value: teamMessagesOf(now()) } : away),
    'acting.message': () => ({ ok: true, value: { to: 12 } }),
    'memos.read': ({ memoId }) => {
      bridge.changeDesk({ memos: (bridge.desk().memos ?? []).filter(({ id }) => id !== memoId) });
      return done;
    },
  };
};
