import type { Static, TSchema } from 'typebox';
import { success } from '../../../shared/result.ts';
import type { Ask } from '../ask.ts';
import type { Account, Opened } from '../connector.ts';
import type { Outcome } from '../failure.ts';
import { path, type VendorRequest } from '../http/vendor-http.ts';
import {
  associatedSchema,
  objectSchema,
  objectsSchema,
  type HubSpotObject,
} from './hubspot-answers.ts';

export const apiHost = 'https://api.hubapi.com';

/** Dated versions are supported for 18 months or longer; this is the only place that names one. */
const version = '2026-03';

export const paths = {
  account: `/account-info/${version}/details`,
  pipelines: `/crm/pipelines/${version}/tickets`,
  tokens: `/oauth/${version}/token`,
  /** It has no dated version. */
  dispositions: '/calling/v1/dispositions',
} as const;

export type ObjectType = 'contacts' | 'tickets' | 'calls' | 'notes';

const typeIds: Readonly<Record<ObjectType, string>> = {
  ...{ contacts: '0-1', tickets: '0-5', notes: '0-46', calls: '0-48' },
};

/** HubSpot's own kinds of associations, from the first to the second ("Association type ID values"). */
const associationTypeIds = {
  'calls contacts': 194,
  'calls tickets': 220,
  'notes tickets': 228,
  'tickets contacts': 16,
} as const;

export type Association = {
  readonly kind: keyof typeof associationTypeIds;
  readonly id: string;
};

const associationOf = ({ kind, id }: Association) => ({
  to: { id },
  types: [{ associationCategory: 'HUBSPOT_DEFINED', associationTypeId: associationTypeIds[kind] }],
});

/** `app.hubspot.com`, or that of another region: `app-eu1.hubspot.com`. */
const uiHost = /^app(?:-[a-z\d]+)?\.hubspot\.com$/u;

export const isUiHost = (host: string | null | undefined): host is string =>
  uiHost.test(host ?? '');

/** The record's page; HubSpot's first page until the account is known. */
export const recordPage = (facts: Account['facts'], type: ObjectType, id: string): string => {
  const { portalId = '', uiDomain } = facts;
  const host = `https://${isUiHost(uiDomain) ? uiDomain : 'app.hubspot.com'}`;
  return portalId === ''
    ? `${host}/`
    : host + path`/contacts/${portalId}/record/${typeIds[type]}/${id}`;
};

export type Search = {
  readonly filterGroups?: readonly {
    readonly filters: readonly {
      readonly propertyName: string;
      readonly operator: 'EQ';
      readonly value: string;
    }[];
  }[];
  readonly query?: string;
  readonly properties: readonly string[];
  readonly sorts?: readonly {
    readonly propertyName: string;
    readonly direction: 'ASCENDING' | 'DESCENDING';
  }[];
  readonly limit: number;
};

/** A batch takes no more (Batch read). */
const largestBatch = 100;

/** Ids rise with time; they are longer than numbers are exact. */
const newestFirst = (a: string, b: string): number => b.length - a.length || b.localeCompare(a);

export type HubSpotRequests = ReturnType<typeof createRequests>;

export const createRequests = ({ http }: Pick<Opened, 'http'>) => {
  const ask = async <Schema extends TSchema>(
    request: VendorRequest,
    schema: Schema,
    given: Ask,
  ): Promise<Outcome<Static<Schema>>> => {
    const answer = await http.request(request, schema, given);
    return answer.ok ? success(answer.value.body) : answer;
  };

  const at = (type: ObjectType): string => `/crm/objects/${version}/${type}`;

  const search = async (
    type: ObjectType,
    json: Search,
    given: Ask,
  ): Promise<Outcome<readonly HubSpotObject[]>> => {
    const asked = { what: `search ${type}`, method: 'POST', path: `${at(type)}/search` } as const;
    // Five searches a second, where other requests may be ten.
    const found = await ask({ ...asked, json, cost: 2 }, objectsSchema, given);
    return found.ok ? success(found.value.results) : found;
  };

  /**
   * What hangs on a record, newest first: read from the records themselves. The search index is some seconds behind, and an
   * attempt may be repeated before that.
   */
  const associated = async (
    from: { readonly type: ObjectType; readonly id: string },
    to: ObjectType,
    properties: readonly string[],
    given: Ask,
  ): Promise<Outcome<readonly HubSpotObject[]>> => {
    const parent = await ask(
      {
        what: `list ${to} of ${from.type}`,
        method: 'GET',
        path: at(from.type) + path`/${from.id}`,
        query: { associations: to },
      },
      associatedSchema,
      given,
    );
    if (!parent.ok) return parent;
    const all = parent.value.associations?.[to]?.results.map(({ id }) => String(id)) ?? [];
    const newest = [...new Set(all)].sort(newestFirst).slice(0, largestBatch);
    if (newest.length === 0) return success([]);
    const read = await ask(
      {
        what: `read ${to}`,
        method: 'POST',
        path: `${at(to)}/batch/read`,
        json: { inputs: newest.map((id) => ({ id })), properties },
      },
      objectsSchema,
      given,
    );
    return read.ok ? success(read.value.results) : read;
  };

  return {
    ask,
    search,
    associated,
    show: (type: ObjectType, id: string, properties: readonly string[], given: Ask) =>
      ask(
        {
          what: `show ${type}`,
          method: 'GET',
          path: at(type) + path`/${id}`,
          query: { properties: properties.join(',') },
        },
        objectSchema,
        given,
      ),
    create: (
      type: ObjectType,
      properties: Readonly<Record<string, string>>,
      associations: readonly Association[],
      given: Ask,
    ) =>
      ask(
        {
          what: `create ${type}`,
          method: 'POST',
          path: at(type),
          json: {
            properties,
            ...(associations.length === 0 ? {} : { associations: associations.map(associationOf) }),
          },
        },
        objectSchema,
        given,
      ),
    change: (
      type: ObjectType,
      id: string,
      properties: Readonly<Record<string, string>>,
      given: Ask,
    ) =>
      ask(
        {
          what: `change ${type}`,
          method: 'PATCH',
          path: at(type) + path`/${id}`,
          json: { properties },
        },
        objectSchema,
        given,
      ),
  };
};
