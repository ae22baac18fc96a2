import { randomUUID } from 'node:crypto';
import type { RulesFile } from '../../../src/backend/modules/consent/rules-file.ts';
import { customers, people } from '../centre.ts';
import { createJournal, ledger } from '../journal.ts';
import {
  aboveAlice,
  administrators,
  aliceAlone,
  aliceAndAbove,
  everybody,
  secret,
  supervisors,
} from './cast.ts';
import { connectionLines } from './connection-lines.ts';
import { directoryLines } from './directory-lines.ts';
import { deedLines } from './deed-lines.ts';
import { floorLines } from './floor-lines.ts';
import type { RouteLines } from './route-line.ts';

/**
 * Every route there is, and who may do what with it: a route that is not here, or is not as it says here, fails
 * `authorisation.test.ts`. A new route gets a line: who may, a request that would succeed, and how others are answered.
 */
/** From 2025 on. */
let weeks = 2_870;

const lastDay = (): string => {
  const day = (offset: number) => new Date(Date.now() + offset).toISOString().slice(0, 10);
  return `?from=${day(0)}&to=${day(86_400_000)}`;
};

const inAnHour = (): number => Date.now() + 3_600_000;
const aCallBack = (contactId: string) => ({
  ...{ callBackId: randomUUID(), kind: 'call_back', number: '+13035550199', contactId },
  ...{ customerId: null, note: secret('alice_and_above'), dueAt: inAnHour() },
  ...{ forQueue: false, queue: null },
});

export const routeLines: RouteLines = {
  // Anybody
  'GET /health': { access: 'public', may: everybody },
  'GET /time': { access: 'public', may: everybody },
  'GET /openapi.json': { access: 'public', may: everybody },
  'GET /demo': { access: 'public', may: everybody },
  // The same for whatever contact, there or not.
  'GET /contacts/{contactId}/open': {
    access: 'public',
    may: everybody,
    ask: async ({ contact }) => ({ path: { contactId: (await contact()).contactId } }),
  },
  'POST /session': { access: 'public', walked: 'elsewhere' },
  'DELETE /session': { access: 'agent', walked: 'elsewhere' },
  'GET /push': { access: 'agent', walked: 'elsewhere' },
  'GET /board': { access: 'supervisor', walked: 'elsewhere' },

  // Promises
  'GET /call-backs': {
    access: 'agent',
    may: everybody,
    shows: aliceAlone,
    ask: async ({ callBack }) => {
      await callBack();
      return {};
    },
  },
  'GET /call-backs/about': {
    access: 'agent',
    may: aliceAndAbove,
    others: 'nothing',
    shows: aliceAndAbove,
    ask: async ({ callBack, contactOfCallBack }) => ({
      query: `?contactId=${await contactOfCallBack(await callBack())}`,
    }),
  },
  'POST /call-backs': {
    access: 'agent',
    may: aliceAndAbove,
    ask: async ({ contact }) => ({ body: aCallBack((await contact()).contactId) }),
  },
  'PUT /call-backs/{callBackId}': {
    access: 'agent',
    may: aliceAndAbove,
    ask: async ({ callBack }) => ({
      path: { callBackId: await callBack() },
      body: { number: '', note: secret('alice_and_above'), dueAt: inAnHour(), revision: 1 },
    }),
  },
  'PUT /call-backs/{callBackId}/owner': {
    access: 'supervisor',
    may: aboveAlice,
    ask: async ({ callBack }) => ({
      path: { callBackId: await callBack() },
      body: { agentId: people.alice.id },
    }),
  },
  'POST /call-backs/{callBackId}/{deed}': {
    access: 'agent',
    may: aliceAndAbove,
    ask: async ({ callBack }) => ({ path: { callBackId: await callBack(), deed: 'done' } }),
  },

  // One's own work
  'POST /session/sip': { access: 'agent', may: everybody },
  'PUT /agent/wish': {
    access: 'agent',
    may: everybody,
    ask: () => ({ body: { wish: { kind: 'not_ready', reason: 'lunch' } } }),
  },
  'PUT /agent/readiness': {
    access: 'agent',
    may: everybody,
    ask: () => ({ body: { revision: 1, hindrance: 'no_microphone' } }),
  },
  'PUT /agent/do-not-disturb': {
    access: 'agent',
    may: everybody,
    ask: () => ({ body: { on: true } }),
  },
  'GET /transfer-targets': { access: 'agent', may: everybody },
  'GET /favourites': { access: 'agent', may: everybody },
  'PUT /favourites': {
    access: 'agent',
    may: everybody,
    ask: () => ({ body: { favourites: [{ kind: 'queue', target: 'support', label: '' }] } }),
  },
  'POST /events': {
    access: 'agent',
    may: aliceAlone,
    others: 'nothing',
    ask: async (work, actor) => {
      const { callId, callKey } = await work.contact({ owesWrapUp: true });
      const { user } = work.clients[actor].session.desk;
      const words = { code: 'resolved', notes: secret('alice_and_above') };
      const at = Date.now();
      const fact = { kind: 'wrap_up_completed', id: randomUUID(), callId, callKey, at, ...words };
      return { body: { events: [createJournal(user.id).event(ledger(fact as never))] } };
    },
  },
  'GET /events/refused': {
    access: 'administrator',
    may: administrators,
    shows: administrators,
    ask: async ({ clients }) => {
      const bad = { id: randomUUID(), notes: secret('administrators') };
      await clients.alice.ask('POST', '/events', { events: [bad] });
      return {};
    },
  },
  'PUT /missed/{missedId}/note': {
    access: 'agent',
    may: aliceAlone,
    ask: async ({ missed }) => ({
      path: { missedId: await missed() },
      body: { note: secret('alice_and_above') },
    }),
  },
  'GET /contacts': { access: 'agent', may: everybody, shows: aliceAlone },
  'GET /reports/mine': { access: 'agent', may: everybody },

  // Wrap-ups
  'GET /wrap-ups/mine': {
    access: 'agent',
    may: everybody,
    shows: aliceAlone,
    ask: async ({ contact }) => {
      const { callId } = await contact({ owesWrapUp: true });
      return { query: `?known=${callId}` };
    },
  },
  'PUT /wrap-ups/{callId}/draft': {
    access: 'agent',
    may: aliceAlone,
    others: 'nothing',
    ask: async ({ contact }) => {
      const { callId } = await contact({ owesWrapUp: true });
      const notes = secret('alice_and_above');
      return { path: { callId }, body: { revision: 1, code: null, notes } };
    },
  },
  'GET /wrap-ups/owed': {
    access: 'supervisor',
    may: supervisors,
    shows: aboveAlice,
    ask: async ({ contact, clients }) => {
      const { callId } = await contact({ owesWrapUp: true });
      const notes = secret('alice_and_above');
      const draft = { revision: 1, code: null, notes };
      await clients.alice.ask('PUT', `/wrap-ups/${callId}/draft`, draft);
      return {};
    },
  },
  'POST /wrap-ups/{callId}/complete': {
    access: 'supervisor',
    may: aboveAlice,
    ask: async ({ contact }) => {
      const { callId } = await contact({ owesWrapUp: true });
      return { path: { callId }, body: { code: 'resolved', notes: '' } };
    },
  },

  // Agents and queues
  'PUT /agents/{userId}/state': {
    access: 'supervisor',
    may: aboveAlice,
    ask: () => ({ path: { userId: people.alice.id }, body: { state: 'not_ready' } }),
  },
  'PUT /queues/{queue}': {
    access: 'administrator',
    may: administrators,
    ask: () => ({ path: { queue: 'support' }, body: { autoAnswer: false } }),
  },

  // Shifts
  'GET /shifts/mine': {
    access: 'agent',
    may: everybody,
    ask: () => ({ query: `?from=${String(Date.now())}&to=${String(Date.now() + 3_600_000)}` }),
  },
  'GET /shifts/imports': { access: 'supervisor', may: supervisors },
  'POST /shifts/import': {
    access: 'supervisor',
    may: aboveAlice,
    others: 'nothing',
    ask: () => {
      // Of another week each: what is imported twice changes nothing.
      weeks += 1;
      const text = (at: number) => new Date(at).toISOString().slice(0, 16).replace('T', ' ');
      const at = weeks * 7 * 86_400_000;
      const line = `alice,${text(at)},${text(at + 3_600_000)},work,,UTC`;
      const content = `agent,start,end,kind,label,zone\n${line}`;
      return { body: { name: 'week.csv', content } };
    },
  },
  'DELETE /shifts/imports/{importId}': {
    access: 'administrator',
    may: administrators,
    ask: async ({ database }) => {
      const importId = randomUUID();
      await database.query(
        `INSERT INTO shift_imports (id, name, format, digest, imported_at) VALUES ($1, 'a', 'csv', $2, 0)`,
        [importId, importId],
      );
      return { path: { importId } };
    },
  },
  'GET /adherence/mine': { access: 'agent', may: everybody },
  'GET /adherence/report': {
    access: 'supervisor',
    may: supervisors,
    ask: () => ({ query: lastDay() }),
  },
  'GET /adherence/exceptions': {
    access: 'supervisor',
    may: supervisors,
    shows: aboveAlice,
    ask: async ({ exception }) => {
      await exception();
      return {};
    },
  },
  'POST /adherence/exceptions': {
    access: 'agent',
    may: everybody,
    others: 'nothing',
    ask: async ({ database }, actor) => {
      const at = (Math.floor(Date.now() / 60_000) - 120) * 60_000;
      await database.query(
        `INSERT INTO shift_imports (id, name, format, digest, imported_at)
         VALUES (gen_random_uuid(), 'a', 'csv', $1, 0) ON CONFLICT DO NOTHING`,
        [`exceptions of ${actor}`],
      );
      const local = (time: number) => new Date(time).toISOString().slice(0, 19);
      await database.query(
        `INSERT INTO shift_entries (id, import_id, agent_id, uid, kind, label, zone, starts_local,
           ends_local, since, until)
         SELECT gen_random_uuid(), i.id, u.id, 'exceptions', 'work', '', 'UTC', $3, $4, $5, $6
         FROM shift_imports i, users u WHERE i.digest = $1 AND u.username = $2`,
        [
          ...[`exceptions of ${actor}`, actor, local(at), local(at + 3_600_000)],
          ...[at, at + 3_600_000],
        ],
      );
      return { body: { startsAt: at, endsAt: at + 600_000, cause: 'note', note: 'The dentist.' } };
    },
  },
  'PUT /adherence/exceptions/{exceptionId}': {
    access: 'supervisor',
    may: aboveAlice,
    ask: async ({ exception }) => ({
      path: { exceptionId: await exception() },
      body: { state: 'approved' },
    }),
  },
  'GET /reports': {
    access: 'supervisor',
    may: supervisors,
    ask: () => ({ query: `${lastDay()}&by=agent` }),
  },

  // Taking cards
  'POST /payment-pauses': {
    access: 'agent',
    may: aliceAlone,
    others: 'conflict',
    ask: async ({ call }) => ({
      body: { pauseId: randomUUID(), callKey: await call(), step: 'button' },
    }),
  },
  'POST /payment-pauses/{pauseId}/extend': {
    access: 'agent',
    may: aliceAlone,
    ask: async ({ pause }) => ({ path: { pauseId: await pause() } }),
  },
  'POST /payment-pauses/{pauseId}/end': {
    access: 'agent',
    may: aliceAlone,
    ask: async ({ pause }) => ({ path: { pauseId: await pause() }, body: { why: 'agent' } }),
  },

  // Customers: everybody who is called by them knows them
  'GET /customers': { access: 'agent', may: everybody, ask: () => ({ query: '?search=whit' }) },
  'GET /customers/{customerId}': {
    access: 'agent',
    may: everybody,
    ask: () => ({ path: { customerId: customers.nora.id } }),
  },
  'POST /customers': {
    access: 'agent',
    may: aliceAndAbove,
    ask: async ({ contact }) => {
      const { contactId } = await contact();
      return { body: { name: 'Ada', number: '+13035550177', contactId } };
    },
  },
  'DELETE /customers/{customerId}': {
    access: 'administrator',
    may: administrators,
    ask: async ({ customer }) => ({ path: { customerId: await customer() } }),
  },

  // Contacts
  'GET /contacts/{contactId}': {
    access: 'agent',
    may: aliceAndAbove,
    shows: aliceAndAbove,
    ask: async ({ contact }) => ({ path: { contactId: (await contact()).contactId } }),
  },
  'POST /contacts/{contactId}/customer': {
    access: 'agent',
    may: aliceAndAbove,
    ask: async ({ contact }) => ({
      path: { contactId: (await contact()).contactId },
      body: { customerId: customers.nora.id },
    }),
  },

  // Consent
  'GET /consent/rules': { access: 'supervisor', may: supervisors },
  'PUT /consent/rules': {
    access: 'administrator',
    may: administrators,
    ask: async ({ clients }) => {
      const { body } = await clients.admin.ask('GET', '/consent/rules');
      const { rules } = body as { readonly rules: RulesFile };
      return { body: { ...rules, version: randomUUID() } };
    },
  },
  'GET /contacts/{contactId}/consent': {
    access: 'supervisor',
    may: aboveAlice,
    shows: aboveAlice,
    ask: async ({ contact }) => ({ path: { contactId: (await contact()).contactId } }),
  },
  'GET /customers/{customerId}/consent': {
    access: 'supervisor',
    may: aboveAlice,
    others: 'nothing',
    shows: aboveAlice,
    ask: async ({ contact, customer }) => {
      const customerId = await customer();
      await contact({ customerId });
      return { path: { customerId } };
    },
  },
  'POST /customers/{customerId}/consent': {
    access: 'administrator',
    may: administrators,
    ask: async ({ customer }) => ({
      path: { customerId: await customer() },
      body: { kind: 'refused' },
    }),
  },

  // Recordings
  'GET /contacts/{contactId}/recordings/{recordingId}': {
    access: 'agent',
    may: aliceAndAbove,
    ask: async ({ contact }) => ({ path: await contact() }),
  },
  'GET /contacts/{contactId}/recordings/{recordingId}/listening': {
    access: 'agent',
    may: aliceAndAbove,
    shows: aliceAndAbove,
    ask: async ({ contact, comment }) => {
      const path = await contact();
      await comment(path);
      return { path };
    },
  },
  'POST /contacts/{contactId}/recordings/{recordingId}/comments': {
    access: 'agent',
    may: aliceAndAbove,
    ask: async ({ contact }) => ({ path: await contact(), body: { atMs: 0, text: 'Here.' } }),
  },
  'DELETE /contacts/{contactId}/recordings/{recordingId}/comments/{commentId}': {
    access: 'agent',
    may: ['alice', 'admin'],
    ask: async ({ contact, comment }) => {
      const path = await contact();
      return { path: { ...path, commentId: await comment(path) } };
    },
  },

  // Quality
  'GET /quality': {
    access: 'agent',
    may: everybody,
    shows: aliceAndAbove,
    ask: async ({ contact, scorecard }) => {
      await scorecard(await contact());
      return {};
    },
  },
  'GET /contacts/{contactId}/quality': {
    access: 'agent',
    may: aliceAndAbove,
    shows: aliceAndAbove,
    ask: async ({ contact, scorecard }) => {
      const path = await contact();
      await scorecard(path);
      return { path };
    },
  },
  'PUT /contacts/{contactId}/quality': {
    access: 'supervisor',
    may: aboveAlice,
    ask: async ({ contact }) => ({
      path: await contact(),
      body: {
        ...{ agentId: people.alice.id, purpose: 'review', form: 'conversation', version: 1 },
        answers: { greeting: { value: 1, note: '' } },
        remark: secret('alice_and_above'),
      },
    }),
  },
  'POST /quality/cards/{cardId}/acknowledgement': {
    access: 'agent',
    may: aliceAlone,
    ask: async ({ contact, scorecard }) => ({
      path: { cardId: await scorecard(await contact()) },
      body: { reply: secret('alice_and_above') },
    }),
  },

  ...floorLines,
  ...connectionLines,
  ...directoryLines,
  ...deedLines,

  // The demo
  'POST /demo/customer-call': {
    access: 'agent',
    may: everybody,
    ask: () => ({ body: { number: '+13035550188' } }),
  },
  'PUT /demo/clock': {
    access: 'agent',
    may: everybody,
    ask: () => ({ body: { everySeconds: null } }),
  },
};
