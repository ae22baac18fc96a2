import type { Static, TSchema } from 'typebox';
import { success } from '../../../shared/result.ts';
import type { Ask, Settings } from '../ask.ts';
import type { Account, Opened } from '../connector.ts';
import { failed, type Outcome } from '../failure.ts';
import { anything, path } from '../http/vendor-http.ts';
import { createdSchema } from './salesforce-answers.ts';

/** Summer '26. Versions live for years (API End-of-Life Policy: at least three). */
const apiBase = '/services/data/v67.0';

export const myDomainUrl = (settings: Settings): string =>
  `https://${settings['myDomain'] ?? ''}.my.salesforce.com`;

const salesforceHost = /^[a-z\d-]+(?:\.[a-z\d-]+)*\.(?:salesforce|force)\.com$/u;

/** The instance that a token's answer names; null: it is not Salesforce's, and no token goes there. */
export const trustedInstance = (address: unknown): string | null => {
  const url = typeof address === 'string' ? URL.parse(address) : null;
  if (url?.protocol !== 'https:' || url.port !== '' || url.username !== '') return null;
  return salesforceHost.test(url.hostname) ? url.origin : null;
};

export const instanceOf = (settings: Settings, facts: Account['facts']): string =>
  trustedInstance(facts['instanceUrl']) ?? myDomainUrl(settings);

/** The same page in every edition of Lightning. */
export const lightningPage = (settings: Settings, type: string, id: string): string =>
  `https://${settings['myDomain'] ?? ''}.lightning.force.com${path`/lightning/r/${type}/${id}/view`}`;

export type SalesforceRequests = ReturnType<typeof createRequests>;

export const createRequests = ({ http }: Pick<Opened, 'http'>) => {
  const read = async <Schema extends TSchema>(
    what: string,
    at: string,
    query: Readonly<Record<string, string>>,
    schema: Schema,
    ask: Ask,
  ): Promise<Outcome<Static<Schema>>> => {
    const asked = { what, method: 'GET', path: apiBase + at, query } as const;
    const answer = await http.request(asked, schema, ask);
    return answer.ok ? success(answer.value.body) : answer;
  };

  return {
    query: <Schema extends TSchema>(what: string, soql: string, schema: Schema, ask: Ask) =>
      read(what, '/query', { q: soql }, schema, ask),
    search: <Schema extends TSchema>(what: string, sosl: string, schema: Schema, ask: Ask) =>
      read(what, '/search', { q: sosl }, schema, ask),
    show: <Schema extends TSchema>(
      type: string,
      id: string,
      fields: string,
      schema: Schema,
      ask: Ask,
    ) => read(`show ${type}`, path`/sobjects/${type}/${id}`, { fields }, schema, ask),
    create: async (
      type: string,
      fields: Readonly<Record<string, unknown>>,
      ask: Ask,
    ): Promise<Outcome<string>> => {
      const at = apiBase + path`/sobjects/${type}`;
      const asked = { what: `create ${type}`, method: 'POST', path: at, json: fields } as const;
      const answer = await http.request(asked, createdSchema, ask);
      return answer.ok ? success(answer.value.body.id) : answer;
    },
    change: async (
      type: string,
      id: string,
      fields: Readonly<Record<string, unknown>>,
      ask: Ask,
    ): Promise<Outcome<null>> => {
      const at = apiBase + path`/sobjects/${type}/${id}`;
      const asked = { what: `change ${type}`, method: 'PATCH', path: at, json: fields } as const;
      const answer = await http.request(asked, anything, ask);
      return answer.ok ? success(null) : answer;
    },
  };
};

/** A record was made, and reading it went wrong: whoever asks again has to look for it first. */
export const madeButUnread = (why: Extract<Outcome<never>, { ok: false }>['why']) =>
  failed(why.kind, why.message, { ...why, mayBeDone: true });
