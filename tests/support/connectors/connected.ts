import type { ConnectionView } from '../../../src/shared/api/connections.ts';
import type { Client } from '../backend.ts';
import type { FakeVendor } from './fake-vendor.ts';

/** Connects a fake Zendesk as an administrator does it, without anybody who has to sign in. */
export const connectVendor = async (
  admin: Pick<Client, 'ask'>,
  vendor: FakeVendor,
  more: Readonly<Record<string, unknown>> = {},
): Promise<ConnectionView> => {
  const made = await admin.ask('POST', '/connections', {
    connector: 'zendesk',
    name: 'Help desk',
    settings: { ...vendor.model.settings, grant: 'client_credentials' },
    isEnabled: true,
    logsCalls: false,
    ...more,
  });
  if (made.status !== 200) throw new Error(JSON.stringify(made.body));
  return made.body as ConnectionView;
};
