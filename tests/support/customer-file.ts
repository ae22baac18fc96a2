import { apiPrefix } from '../../src/shared/api/routes.ts';
import type { ImportColumn } from '../../src/shared/domain/customer/import-columns.ts';
import type { Answered, Client, TestBackend } from './backend.ts';

/** Sends files of customers as the program does. */
export const sendFile = async (
  { url }: Pick<TestBackend, 'url'>,
  { session }: Pick<Client, 'session'>,
  what: 'look' | 'check' | 'import',
  file: string | Uint8Array<ArrayBuffer>,
  columns: readonly ImportColumn[] = [],
): Promise<Answered> => {
  const query = new URLSearchParams({ columns: JSON.stringify(columns) }).toString();
  const path = {
    look: '/imports/look',
    check: `/imports/check?${query}`,
    import: `/imports?${query}`,
  }[what];
  const origin = new URL(url).origin;
  const response = await fetch(`${origin}${apiPrefix}/directory${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${session.token}`, 'content-type': 'text/csv' },
    body: file,
  });
  return {
    status: response.status,
    body: await response.json(),
    headers: response.headers,
  };
};
