import { agentViewSchema } from '../../shared/api/records.ts';
import { wishesReady } from '../../shared/domain/agent/wishes-ready.ts';
import type { HindranceCause } from '../../shared/domain/readiness/hindrance.ts';
import type { DeskSnapshot } from '../../shared/ipc/desk.ts';
import type { EngineSetup, PhoneSnapshot } from '../../shared/ipc/phone.ts';
import type { Proved, ProveOrder } from '../../shared/ipc/readiness.ts';
import type { DeskHandlers } from '../ipc/ui-answers.ts';
import type { DeskSession } from '../desk/desk-session.ts';
import type { DeskStore } from '../desk/desk-store.ts';
import { createReadinessKeeper, type ReadinessKeeper } from './readiness-keeper.ts';
import { createReadinessTeller } from './readiness-teller.ts';

/** So long the backend may take to hear that nobody could take a call here; then the phone leaves the PBX by itself. */
const heardWithinMs = 2_000;
/** A word that is not answered by then is said once more: a newer one waits for it. */
const answerWithinMs = 3_000;
/** A wish waits for the word before it, so that the queue never offers to a desk that is not proven. */
const wishWaitsMs = 1_000;

/** "Ready is a promise": proven here, told to the backend, shown on the desk. */
export type DeskReadiness = Pick<
  ReadinessKeeper,
  'asleep' | 'network' | 'shaken' | 'ringTested' | 'clockKnown'
> & {
  readonly handlers: Pick<DeskHandlers, 'agent.wish'>;
  readonly useAgent: (userId: string | null) => void;
  readonly takePhone: (phone: PhoneSnapshot) => void;
  readonly proved: (proved: Proved) => void;
  /** The line to the backend is there. */
  readonly online: () => void;
  /** Resolves when the backend has the latest word, or after so long. */
  readonly heard: (withinMs: number) => Promise<void>;
  /** Of the engine's setup: the PBX is not to offer anything here. */
  readonly setupPart: () => Pick<EngineSetup, 'away'>;
};

export const createDeskReadiness = (ports: {
  readonly store: DeskStore;
  readonly session: () => Pick<DeskSession, 'request' | 'wish'>;
  readonly monotonicMs: () => number;
  readonly random: () => number;
  readonly newId: () => string;
  readonly order: (order: ProveOrder) => void;
  readonly probeDisk: () => void;
  readonly wasLineBad: () => boolean;
  /** `setupPart` changed. */
  readonly onAway: () => void;
  /** Of an agent who wishes to be ready. */
  readonly onHindered: (cause: HindranceCause | null) => void;
}): DeskReadiness => {
  const { store } = ports;
  let away = false;
  let awayTimer: ReturnType<typeof setTimeout> | null = null;

  const hindrance = (): HindranceCause | null => store.snapshot().hindrance ?? null;

  const teller = createReadinessTeller({
    put: async (body) => {
      const answer = await ports.session().request({
        ...{ method: 'PUT', path: '/agent/readiness', body },
        ...{ answer: agentViewSchema, timeoutMs: answerWithinMs },
      });
      // A backend of before knows no such word, and an ended session has nothing to say.
      return answer.ok || answer.why.code === 'not_found' || answer.why.code === 'not_signed_in';
    },
    random: ports.random,
    onChange: () => considerAway(),
  });

  const setAway = (next: boolean): void => {
    if (awayTimer !== null) clearTimeout(awayTimer);
    awayTimer = null;
    if (away === next) return;
    away = next;
    ports.onAway();
  };
  const mustLeave = (): boolean => keeper.cannotRing() && hindrance() !== null && !teller.isHeard();
  const considerAway = (): void => {
    if (!mustLeave()) setAway(false);
    else if (!away) {
      awayTimer ??= setTimeout(() => {
        awayTimer = null;
        if (mustLeave()) setAway(true);
      }, heardWithinMs);
    }
  };

  const isWished = (): boolean => {
    const { agent: shown } = store.snapshot();
    return shown !== null && wishesReady(shown.state);
  };
  const tellHindered = (): void => {
    ports.onHindered(isWished() ? hindrance() : null);
  };

  const keeper = createReadinessKeeper({
    ...ports,
    onHindrance: (next) => {
      store.update({ hindrance: next });
      teller.tell(next);
      tellHindered();
    },
    onLooked: () => considerAway(),
  });

  let signedIn = false;
  let agent: DeskSnapshot['agent'] = null;
  let seen: readonly unknown[] = [];
  store.subscribe((desk) => {
    if (!signedIn) return;
    const { engine, journal, settings, shiftCheck } = desk;
    const looked = [engine, journal, settings, shiftCheck];
    // The desk changes with every second of a call.
    if (looked.some((part, index) => part !== seen[index])) keeper.takeDesk(desk);
    seen = looked;
    if (desk.agent === agent) return;
    agent = desk.agent;
    keeper.takeWish(isWished());
    tellHindered();
  });

  return {
    ...keeper,
    handlers: {
      'agent.wish': async (wish) => {
        if (wish.kind === 'ready') {
          keeper.proveNow();
          await teller.heard(wishWaitsMs);
        }
        return ports.session().wish(wish);
      },
    },
    useAgent: (userId) => {
      signedIn = userId !== null;
      agent = null;
      seen = [];
      teller.stop();
      keeper.end();
      setAway(false);
      if (signedIn) keeper.begin();
      else store.update({ hindrance: null });
    },
    takePhone: (phone) => {
      if (signedIn) keeper.takePhone(phone);
    },
    online: teller.again,
    heard: teller.heard,
    setupPart: () => (away ? { away: true } : {}),
  };
};
