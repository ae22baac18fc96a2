import { administrators, aliceAndAbove, everybody } from './cast.ts';
import type { AlicesWork } from './alices-work.ts';
import type { RouteLines } from './route-line.ts';
import { vendorSettings } from './vendor-settings.ts';

/** Routes of other systems: how they are connected, and who a caller is there. */

const given = {
  connector: 'zendesk',
  name: 'Help desk',
  settings: vendorSettings,
  isEnabled: false,
  logsCalls: false,
};

const connectionPath = async (work: AlicesWork) => ({
  path: { connectionId: await work.connection() },
});

export const connectionLines: RouteLines = {
  'GET /connections': { access: 'administrator', may: administrators },
  'POST /connections': {
    access: 'administrator',
    may: administrators,
    ask: () => ({ body: given }),
  },
  'PUT /connections/{connectionId}': {
    access: 'administrator',
    may: administrators,
    ask: async (work) => {
      const { path } = await connectionPath(work);
      const [row] = await work.database.query<{ readonly revision: number }>(
        'SELECT revision FROM connections WHERE id = $1',
        [path.connectionId],
      );
      return { path, body: { ...given, isEnabled: true, revision: row?.revision } };
    },
  },
  'DELETE /connections/{connectionId}': {
    access: 'administrator',
    may: administrators,
    ask: async (work) => ({ path: { connectionId: await work.connection('another') } }),
  },
  'POST /connections/{connectionId}/test': {
    access: 'administrator',
    may: administrators,
    ask: connectionPath,
  },
  'GET /connections/{connectionId}/dispositions': {
    access: 'administrator',
    may: administrators,
    ask: connectionPath,
  },
  'POST /connections/{connectionId}/authorize': {
    access: 'administrator',
    may: administrators,
    ask: async (work) => ({ path: { connectionId: await work.connection('sign in') } }),
  },
  // The state is what lets a browser in: connections.test.ts.
  'GET /connections/callback': { access: 'public', walked: 'elsewhere' },

  'POST /contacts/{contactId}/elsewhere/confirm': {
    access: 'agent',
    may: aliceAndAbove,
    shows: aliceAndAbove,
    ask: async (work) => {
      const connectionId = await work.connection();
      const contactId = await work.contactOfCall();
      return { path: { contactId }, body: { connectionId, type: 'user', id: work.vendorPerson } };
    },
  },
  'POST /contacts/{contactId}/elsewhere/people': {
    access: 'agent',
    may: aliceAndAbove,
    ask: async (work) => {
      const connectionId = await work.connection();
      const contactId = await work.contactOfCall();
      return { path: { contactId }, body: { connectionId, name: 'Somebody new' } };
    },
  },
  'POST /contacts/{contactId}/elsewhere/again': {
    access: 'agent',
    may: aliceAndAbove,
    shows: aliceAndAbove,
    // Strangers may not even say whether there is such a contact.
    ask: async (work) => {
      await work.connection();
      return { path: { contactId: await work.contactOfCall() } };
    },
  },
  'GET /elsewhere': { access: 'agent', may: everybody, ask: () => ({ query: '?text=nobody' }) },
  'GET /elsewhere/systems': { access: 'agent', may: everybody, ask: () => ({}) },
  'GET /knowledge': { access: 'agent', may: everybody, ask: () => ({ query: '?text=refund' }) },
};
