import { randomUUID } from 'node:crypto';
import { administrators } from './cast.ts';
import type { RouteLines } from './route-line.ts';

/** Routes of the own directory: files of customers, and other systems. */

export const directoryLines: RouteLines = {
  // Their bodies are files: import.test.ts proves who may send one.
  'POST /directory/imports/look': { access: 'administrator', walked: 'elsewhere' },
  'POST /directory/imports/check': { access: 'administrator', walked: 'elsewhere' },
  'POST /directory/imports': { access: 'administrator', walked: 'elsewhere' },

  'GET /directory/tokens': { access: 'administrator', may: administrators },
  'POST /directory/tokens': {
    access: 'administrator',
    may: administrators,
    ask: () => ({ body: { name: randomUUID(), scopes: ['directory:read'] } }),
  },
  'DELETE /directory/tokens/{tokenId}': {
    access: 'administrator',
    may: administrators,
    ask: async ({ database }) => {
      const tokenId = randomUUID();
      await database.query(
        `INSERT INTO directory_tokens (id, name, hash, scopes, made_by, made_at)
         SELECT $1::uuid, $1::uuid::text, decode(md5($1::uuid::text), 'hex'), '{directory:read}', id, 0 FROM users LIMIT 1`,
        [tokenId],
      );
      return { path: { tokenId } };
    },
  },

  // For other systems alone, whatever the role of who is signed in: directory-records.test.ts.
  'GET /directory/customers': { access: 'directory:read', walked: 'elsewhere' },
  'GET /directory/customers/{externalId}': { access: 'directory:read', walked: 'elsewhere' },
  'PUT /directory/customers/{externalId}': { access: 'directory:write', walked: 'elsewhere' },
  'PATCH /directory/customers/{externalId}': { access: 'directory:write', walked: 'elsewhere' },
  'DELETE /directory/customers/{externalId}': { access: 'directory:write', walked: 'elsewhere' },
  'GET /directory/customers/by-id/{id}': { access: 'directory:read', walked: 'elsewhere' },
  'PATCH /directory/customers/by-id/{id}': { access: 'directory:write', walked: 'elsewhere' },
  'DELETE /directory/customers/by-id/{id}': { access: 'directory:write', walked: 'elsewhere' },
};
