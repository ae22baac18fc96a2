import type { Static, TSchema } from 'typebox';
import { success } from '../../../shared/result.ts';
import type { Ask, Settings } from '../ask.ts';
import type { Opened } from '../connector.ts';
import type { Outcome } from '../failure.ts';
import { path, type VendorRequest } from '../http/vendor-http.ts';

export const hostOf = (settings: Settings): string =>
  `https://${settings['domain'] ?? ''}.freshdesk.com`;

/** A page for agents. */
export const agentPage = (settings: Settings, kind: 'contacts' | 'tickets', id: string): string =>
  hostOf(settings) + path`/a/${kind}/${id}`;

/** Lists give no more at once (Pagination). */
export const largestPage = 100;

export type FreshdeskRequests = ReturnType<typeof createRequests>;

export const createRequests = ({ http }: Pick<Opened, 'http'>) => {
  const ask = async <Schema extends TSchema>(
    request: VendorRequest,
    schema: Schema,
    given: Ask,
  ): Promise<Outcome<Static<Schema>>> => {
    const answer = await http.request(request, schema, given);
    return answer.ok ? success(answer.value.body) : answer;
  };
  return {
    read: <Schema extends TSchema>(
      what: string,
      at: string,
      query: NonNullable<VendorRequest['query']>,
      schema: Schema,
      given: Ask,
    ) => ask({ what, method: 'GET', path: `/api/v2${at}`, query }, schema, given),
    write: <Schema extends TSchema>(
      what: string,
      at: string,
      json: Readonly<Record<string, unknown>>,
      schema: Schema,
      given: Ask,
    ) => ask({ what, method: 'POST', path: `/api/v2${at}`, json }, schema, given),
  };
};
