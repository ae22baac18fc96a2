import { randomUUID } from 'node:crypto';
import { people } from '../centre.ts';
import type { AlicesWork } from './alices-work.ts';
import { aboveAlice, administrators, aliceAndAbove, secret, supervisors } from './cast.ts';
import type { RouteLines } from './route-line.ts';

/** Routes of what is written in other systems. */

const contactAndConnection = async (work: AlicesWork) => {
  const { contactId } = await work.contact();
  const connectionId = await work.connection();
  return { contactId, connectionId };
};

const dead = async (work: AlicesWork): Promise<{ deedId: string; contactId: string }> => {
  const { contactId } = await work.contact();
  const connectionId = await work.connection();
  const deedId = randomUUID();
  await work.database.query(
    `INSERT INTO deeds (id, kind, contact_id, connection_id, made_by, made_at, body, wanted, state, next_at, failed_at,
       failure, failure_text)
     VALUES ($1, 'ticket', $2, $3, $4, 0, json_build_object('subject', $5::text), 0, 'dead', 0, 0, 'validation', '')`,
    [deedId, contactId, connectionId, people.alice.id, secret('alice_and_above')],
  );
  return { deedId, contactId };
};

const written = { subject: 'Parcel', body: 'Lost.' };

export const deedLines: RouteLines = {
  'POST /contacts/{contactId}/tickets': {
    access: 'agent',
    may: aliceAndAbove,
    ask: async (work) => {
      const { contactId, connectionId } = await contactAndConnection(work);
      return { path: { contactId }, body: { key: randomUUID(), connectionId, ...written } };
    },
  },
  'POST /contacts/{contactId}/ticket-notes': {
    access: 'agent',
    may: aliceAndAbove,
    ask: async (work) => {
      const { contactId, connectionId } = await contactAndConnection(work);
      const note = { ticket: { type: 'ticket', id: '1' }, text: 'Lost.', isPublic: false };
      return { path: { contactId }, body: { key: randomUUID(), connectionId, ...note } };
    },
  },
  // What it would hand on to has no connector yet: who may is seen by who is told so.
  'POST /contacts/{contactId}/escalations': { access: 'agent', walked: 'elsewhere' },
  'GET /contacts/{contactId}/escalation-draft': {
    access: 'agent',
    may: aliceAndAbove,
    shows: aliceAndAbove,
    ask: async ({ contact }) => ({ path: { contactId: (await contact()).contactId } }),
  },
  'PUT /contacts/{contactId}/ticket': {
    access: 'agent',
    may: aliceAndAbove,
    ask: async (work) => {
      const { contactId, connectionId } = await contactAndConnection(work);
      const ticket = { type: 'ticket', id: '1' };
      return { path: { contactId }, body: { connectionId, ticket } };
    },
  },
  'GET /contacts/{contactId}/deeds': {
    access: 'agent',
    may: aliceAndAbove,
    shows: aliceAndAbove,
    ask: async (work) => ({ path: { contactId: (await dead(work)).contactId } }),
  },
  'GET /deeds': {
    access: 'supervisor',
    may: supervisors,
    shows: aboveAlice,
    ask: async (work) => {
      await dead(work);
      return { query: '?state=dead' };
    },
  },
  'POST /deeds/{deedId}/retry': {
    access: 'agent',
    may: ['alice', ...administrators],
    ask: async (work) => ({ path: { deedId: (await dead(work)).deedId } }),
  },
  'POST /deeds/{deedId}/let-go': {
    access: 'agent',
    may: ['alice', ...administrators],
    ask: async (work) => ({ path: { deedId: (await dead(work)).deedId } }),
  },
};
