import { randomUUID } from 'node:crypto';
import type { Push } from '../../../src/shared/api/push.ts';
import { people } from '../centre.ts';
import { createJournal, ledger, wholeCall } from '../journal.ts';
import type { AlicesWork } from './alices-work.ts';
import { aboveAlice, aliceAlone, aliceAndAbove, everybody, secret, type Actor } from './cast.ts';
import { routeLines } from './route-lines.ts';

/** Whom a push about Alice's work reaches, and what makes the backend send one. */
export type PushLine = {
  readonly to: readonly Actor[];
  readonly cause: (work: AlicesWork) => Promise<void>;
  /** Puts things right for the tests that follow. */
  readonly after?: (work: AlicesWork) => Promise<void>;
};

const asks = async (work: AlicesWork, actor: Actor, route: string): Promise<void> => {
  const line = routeLines[route];
  if (line === undefined || 'walked' in line) throw new Error(`no request for ${route}`);
  const { path = {}, query = '', body } = (await line.ask?.(work, actor)) ?? {};
  const [method = '', template = ''] = route.split(' ');
  const filled = template.replaceAll(/\{(\w+)\}/gu, (_, name: string) => path[name] ?? name);
  const { status } = await work.clients[actor].ask(method, filled + query, body);
  if (status >= 300) throw new Error(`${route} answers ${String(status)}`);
};

const aliceSays = async (work: AlicesWork, wish: object): Promise<void> => {
  await work.clients.alice.ask('PUT', '/agent/wish', { wish });
};

/** A customer of a queue rings at Alice's and is not answered. */
const letRing = async ({ pbx, backend }: AlicesWork, cause: number): Promise<void> => {
  const leg = { callKey: randomUUID(), extension: people.alice.extension };
  const at = Date.now();
  const caller = { remoteNumber: '+13035550199', remoteName: secret('alice_and_above') };
  pbx.report({ kind: 'leg_offered', at, ...leg, queue: 'support', ...caller });
  await backend.idle();
  pbx.report({ kind: 'leg_ended', at: at + 20_000, ...leg, answered: false, cause });
};

/** Every kind of push there is; one that is not here does not compile. */
export const pushLines: Readonly<Record<Push['kind'], PushLine>> = {
  desk: {
    // Those who serve the queue.
    to: ['alice', 'bruno'],
    cause: (work) => asks(work, 'admin', 'PUT /queues/{queue}'),
  },
  agent: {
    to: aliceAlone,
    cause: async (work) => {
      await aliceSays(work, { kind: 'ready' });
      await aliceSays(work, { kind: 'not_ready', reason: 'lunch' });
    },
  },
  card: {
    to: aliceAlone,
    cause: async (work) => {
      await work.call();
    },
  },
  elsewhere: {
    to: aliceAlone,
    cause: async (work) => {
      await work.connection();
      await work.call();
    },
  },
  card_gone: { to: aliceAlone, cause: (work) => letRing(work, 16) },
  wrap_up_closed: {
    to: aliceAlone,
    cause: (work) => asks(work, 'sofia', 'POST /wrap-ups/{callId}/complete'),
  },
  today: {
    to: aliceAlone,
    cause: async ({ clients }) => {
      const journal = createJournal(people.alice.id);
      const facts = Object.values(wholeCall(randomUUID(), Date.now() - 60_000));
      const events = facts.map((fact) => journal.event(ledger(fact)));
      await clients.alice.ask('POST', '/events', { events });
    },
  },
  missed: { to: aliceAlone, cause: (work) => letRing(work, 19) },
  shift: { to: aliceAlone, cause: (work) => asks(work, 'sofia', 'POST /shifts/import') },
  exception: {
    to: aliceAlone,
    cause: (work) => asks(work, 'sofia', 'PUT /adherence/exceptions/{exceptionId}'),
  },
  coaching: {
    to: aliceAlone,
    cause: (work) => asks(work, 'sofia', 'POST /contacts/{contactId}/coaching-notes'),
  },
  hand: {
    to: aliceAndAbove,
    cause: async ({ hand }) => {
      await hand('sofia', secret('alice_and_above'));
    },
  },
  call_backs: {
    to: aliceAndAbove,
    cause: async ({ callBack }) => {
      await callBack();
    },
  },
  memos: {
    // Nadia wrote to the team.
    to: ['alice', 'bruno'],
    cause: async ({ memo }) => {
      await memo();
    },
  },
  supervisors: {
    to: aliceAlone,
    cause: async ({ database, joined }) => {
      // Where people are told of it as it happens.
      await database.query(`UPDATE users SET place = 'DE' WHERE username = 'alice'`);
      await joined();
    },
  },
  join: { to: ['sofia'], cause: (work) => asks(work, 'sofia', 'PUT /supervision/{joinId}') },
  emergency: {
    to: aboveAlice,
    cause: async ({ pbx, backend }) => {
      const leg = { callKey: randomUUID(), extension: people.alice.extension };
      const dialed = { ...leg, number: '911', queue: null, remoteNumber: '911', remoteName: '' };
      pbx.report({ kind: 'outbound_dialed', at: Date.now(), ...dialed } as never);
      await backend.idle();
    },
  },
  // Of nobody in particular
  pbx: {
    to: everybody,
    cause: ({ pbx }) => {
      pbx.goAway('a test');
      pbx.comeBack();
      return Promise.resolve();
    },
  },
  parked: {
    // Whoever picks the customer up has to know who it is.
    to: everybody,
    cause: async ({ pbx, contact }) => {
      const { callKey } = await contact({ known: true });
      const at = Date.now();
      pbx.report({ kind: 'parked', at, callKey, slot: '701', extension: null, since: at });
    },
  },
  demo_clock: { to: everybody, cause: (work) => asks(work, 'alice', 'PUT /demo/clock') },
  signed_out: {
    // Signed in at another machine.
    to: aliceAlone,
    cause: async ({ signIn }) => {
      await signIn('alice');
    },
    after: async ({ clients, signIn }) => {
      clients.alice = await signIn('alice');
    },
  },
};
