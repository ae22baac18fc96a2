import { randomUUID } from 'node:crypto';
import { people } from '../centre.ts';
import {
  aboveAlice,
  administrators,
  aliceAlone,
  aliceAndAbove,
  everybody,
  secret,
  supervisors,
} from './cast.ts';
import { viewChoice } from './alices-work.ts';
import type { RouteLines } from './route-line.ts';

/** Routes of the supervisors' floor: joining calls, help, acting, coaching. */

const sheet = { view: 'ringside', by: 'agent', interval: 'day', period: 'today' };

export const floorLines: RouteLines = {
  // One's own line
  'PUT /agent/line-quality': {
    access: 'agent',
    may: everybody,
    ask: () => ({ body: { quality: null } }),
  },
  'PUT /emergency/network': {
    access: 'agent',
    may: everybody,
    ask: () => ({ body: { network: 'a'.repeat(32) } }),
  },
  'PUT /emergency/address': {
    access: 'agent',
    may: everybody,
    ask: () => ({
      body: {
        network: 'a'.repeat(32),
        address: {
          ...{ street: '1 Main St', unit: '', city: 'Austin' },
          ...{ region: 'TX', postalCode: '78701', country: 'US' },
        },
      },
    }),
  },
  // Surveys after calls
  'PUT /surveys/offers': {
    access: 'agent',
    may: [],
    others: 'conflict',
    ask: async ({ call }) => ({ body: { callKey: await call(), offered: true } }),
  },
  'POST /surveys/links': {
    access: 'agent',
    may: [],
    others: 'conflict',
    ask: async ({ call }) => ({ body: { callKey: await call() } }),
  },
  // By signature, of whoever has the key
  'POST /surveys/answers': { access: 'public', walked: 'elsewhere' },
  'GET /line-verdicts/mine': { access: 'agent', may: everybody },
  'GET /shift-checks/mine': { access: 'agent', may: everybody },
  'GET /agents/{userId}/shift-checks': {
    access: 'supervisor',
    may: aboveAlice,
    ask: () => ({ path: { userId: people.alice.id } }),
  },
  'GET /line-verdicts': {
    access: 'supervisor',
    may: supervisors,
    ask: () => ({ query: `?from=0&to=${String(Date.now())}` }),
  },

  // Joining
  'POST /supervision': {
    access: 'supervisor',
    may: aboveAlice,
    ask: async ({ call }) => {
      const callKey = await call();
      const joinId = randomUUID();
      return { body: { joinId, agentId: people.alice.id, mode: 'listen', callKey } };
    },
  },
  'GET /supervision': {
    access: 'agent',
    may: everybody,
    ask: async ({ joined }, actor) => {
      await joined();
      return actor === 'stefan' ? { query: `?agentId=${people.alice.id}` } : {};
    },
  },
  'PUT /supervision/{joinId}': {
    access: 'supervisor',
    may: ['sofia'],
    ask: async ({ joined }) => ({ path: { joinId: await joined() }, body: { mode: 'whisper' } }),
  },
  'POST /supervision/{joinId}/take-over': {
    access: 'supervisor',
    may: ['sofia'],
    ask: async ({ joined }) => ({ path: { joinId: await joined() } }),
  },
  'DELETE /supervision/{joinId}': {
    access: 'supervisor',
    may: ['sofia'],
    // One leaves what one is on; nothing is said of what others are on.
    others: 'nothing',
    ask: async ({ joined }) => ({ path: { joinId: await joined() } }),
  },
  'PUT /agents/{userId}/covert-listening': {
    access: 'administrator',
    may: administrators,
    ask: ({ clients }) => ({
      path: { userId: clients.nadia.session.desk.user.id },
      body: { granted: true },
    }),
  },

  // Help
  'POST /hands': {
    access: 'agent',
    may: aliceAlone,
    others: 'conflict',
    ask: async ({ call }) => ({ body: { handId: randomUUID(), callKey: await call() } }),
  },
  'POST /hands/{handId}/take': {
    access: 'supervisor',
    may: aboveAlice,
    ask: async ({ hand }) => ({ path: { handId: await hand() }, body: { from: null } }),
  },
  'POST /hands/{handId}/release': {
    access: 'supervisor',
    // Whoever took it; another supervisor may see it, and is told that it is not theirs.
    may: ['sofia'],
    others: 'conflict',
    ask: async ({ hand }) => ({ path: { handId: await hand('sofia') } }),
  },
  'POST /hands/{handId}/lower': {
    access: 'agent',
    may: aliceAndAbove,
    ask: async ({ hand }) => ({ path: { handId: await hand('sofia') } }),
  },
  'POST /hands/{handId}/messages': {
    access: 'agent',
    may: aliceAndAbove,
    ask: async ({ hand }, actor) => ({
      // Of supervisors those write who took it.
      path: { handId: await hand(aboveAlice.includes(actor) ? actor : undefined) },
      body: { messageId: randomUUID(), text: secret('alice_and_above') },
    }),
  },
  'GET /contacts/{contactId}/hands': {
    access: 'agent',
    may: aliceAndAbove,
    others: 'nothing',
    shows: aliceAndAbove,
    ask: async ({ hand, contactOfHand }) => ({
      path: { contactId: await contactOfHand(await hand('sofia', secret('alice_and_above'))) },
    }),
  },

  // What guides agents
  'GET /guidance': { access: 'agent', may: everybody },
  'GET /contacts/{contactId}/guidance': {
    access: 'agent',
    may: aliceAndAbove,
    ask: async ({ contact }) => ({ path: await contact() }),
  },

  // Acting
  'GET /agents/{userId}/queues': {
    access: 'supervisor',
    may: aboveAlice,
    ask: () => ({ path: { userId: people.alice.id } }),
  },
  'PUT /agents/{userId}/queues': {
    access: 'supervisor',
    may: aboveAlice,
    ask: () => ({
      path: { userId: people.alice.id },
      body: { queues: ['support', 'sales'], span: 'kept' },
    }),
  },
  'GET /team-messages': {
    access: 'supervisor',
    may: supervisors,
    shows: ['nadia'],
    ask: async ({ clients }) => {
      const text = secret('north');
      await clients.nadia.ask('POST', '/team-messages', {
        ...{ messageId: randomUUID(), team: 'north', text },
      });
      return {};
    },
  },
  'POST /team-messages': {
    access: 'supervisor',
    may: aboveAlice,
    ask: () => ({ body: { messageId: randomUUID(), team: 'north', text: secret('north') } }),
  },
  'PUT /memos/{memoId}/read': {
    access: 'agent',
    may: aliceAlone,
    others: 'nothing',
    ask: async ({ memo }) => ({ path: { memoId: await memo() } }),
  },

  // Coaching
  'GET /coaching': {
    access: 'agent',
    may: aliceAndAbove,
    shows: aliceAndAbove,
    ask: async ({ contact, note }) => {
      await note(await contact());
      return { query: `?agentId=${people.alice.id}` };
    },
  },
  'GET /contacts/{contactId}/coaching-notes': {
    access: 'agent',
    may: aliceAndAbove,
    shows: aliceAndAbove,
    ask: async ({ contact, note }) => {
      const path = await contact();
      await note(path);
      return { path };
    },
  },
  'POST /contacts/{contactId}/coaching-notes': {
    access: 'supervisor',
    may: aboveAlice,
    ask: async ({ contact }) => ({
      path: await contact(),
      body: {
        ...{ noteId: randomUUID(), agentId: people.alice.id },
        text: secret('alice_and_above'),
      },
    }),
  },
  'DELETE /coaching/notes/{noteId}': {
    access: 'supervisor',
    may: ['sofia'],
    ask: async ({ contact, note }) => ({ path: { noteId: await note(await contact()) } }),
  },
  'POST /coaching/notes/{noteId}/acknowledgement': {
    access: 'agent',
    may: aliceAlone,
    ask: async ({ contact, note }) => ({
      path: { noteId: await note(await contact()) },
      body: { reply: secret('alice_and_above') },
    }),
  },

  // Reports on the screen
  'GET /reports/sheet': {
    access: 'supervisor',
    may: supervisors,
    ask: () => ({ query: `?${new URLSearchParams(sheet).toString()}` }),
  },
  'GET /reports/contacts': {
    access: 'supervisor',
    may: supervisors,
    shows: aboveAlice,
    ask: async ({ contact }) => {
      await contact();
      const span = { from: String(Date.now() - 3_600_000), to: String(Date.now() + 60_000) };
      const query = { figure: 'handled', by: 'agent', view: 'ringside', ...span };
      return { query: `?${new URLSearchParams(query).toString()}` };
    },
  },
  'GET /reports/summaries': { access: 'supervisor', may: supervisors },
  'GET /reports/views': {
    access: 'supervisor',
    may: supervisors,
    shows: ['nadia', 'admin'],
    ask: async ({ clients }) => {
      const shared = { name: secret('north'), shared: true, choice: viewChoice };
      await clients.nadia.ask('POST', '/reports/views', shared);
      return {};
    },
  },
  'POST /reports/views': {
    access: 'supervisor',
    may: supervisors,
    ask: () => ({ body: { name: 'Mine', shared: false, choice: viewChoice } }),
  },
  'PUT /reports/views/{viewId}': {
    access: 'supervisor',
    may: ['nadia'],
    ask: async ({ view: kept }) => ({
      path: { viewId: await kept('nadia') },
      body: { name: 'Other', shared: true, choice: viewChoice },
    }),
  },
  'DELETE /reports/views/{viewId}': {
    access: 'supervisor',
    may: ['nadia'],
    ask: async ({ view: kept }) => ({ path: { viewId: await kept('nadia') } }),
  },
};
