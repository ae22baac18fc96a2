import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ConnectionTest, ConnectionView } from '../../../src/shared/api/connections.ts';
import { zendeskFake } from '../../../src/backend/connectors/zendesk/zendesk.fake.ts';
import type { Client } from '../../support/backend.ts';
import { backendForEachTest } from '../../support/backend-bed.ts';
import { startFakeVendor, type FakeVendor } from '../../support/connectors/fake-vendor.ts';

let vendor: FakeVendor;
beforeEach(async () => {
  vendor = await startFakeVendor(zendeskFake());
});
afterEach(() => vendor.stop());
const bed = backendForEachTest(() => ({ config: { vendorOrigins: vendor.origins } }));
let admin: Client;
beforeEach(async () => {
  admin = await bed.signIn('admin');
});

const given = (more: Readonly<Record<string, unknown>> = {}) => ({
  connector: 'zendesk',
  name: 'Help desk',
  settings: vendor.model.settings,
  isEnabled: true,
  logsCalls: true,
  ...more,
});

const make = async (more: Readonly<Record<string, unknown>> = {}): Promise<ConnectionView> => {
  const made = await admin.ask('POST', '/connections', given(more));
  expect(made.status).toBe(200);
  return made.body as ConnectionView;
};

/** As a browser does it: to the vendor, and back with a code. */
const signInAtVendor = async (connectionId: string): Promise<Response> => {
  const answer = await admin.ask('POST', `/connections/${connectionId}/authorize`);
  expect(answer.status).toBe(200);
  const url = new URL((answer.body as { url: string }).url);
  expect(url.origin).toBe('https://acme.zendesk.com');
  expect(url.searchParams.get('code_challenge_method')).toBe('S256');
  const back = new URL(url.searchParams.get('redirect_uri') ?? '');
  back.searchParams.set('state', url.searchParams.get('state') ?? '');
  back.searchParams.set('code', 'a-code');
  return fetch(back);
};

describe('a connection', () => {
  it('is made, signed in to, tested and shown without its secrets', async () => {
    const made = await make();
    expect(made.settings).toEqual({ subdomain: 'acme', clientId: 'ringside-app' });
    expect(made.secrets).toEqual(['clientSecret']);
    expect(made.isConnected).toBe(false);
    const before = await admin.ask('POST', `/connections/${made.id}/test`);
    expect(before.body as ConnectionTest).toMatchObject({ ok: false, why: 'auth' });

    const page = await signInAtVendor(made.id);
    expect(page.status).toBe(200);
    expect(await page.text()).toContain('Connected');
    const tested = await admin.ask('POST', `/connections/${made.id}/test`);
    expect(tested.body).toEqual({ ok: true, account: 'Ringside, acme.zendesk.com' });
    const list = await admin.ask('GET', '/connections');
    const [shown] = (list.body as { connections: ConnectionView[] }).connections;
    expect(shown).toMatchObject({ isConnected: true, account: 'Ringside, acme.zendesk.com' });
    expect(shown?.health.state).toBe('ok');
    expect(JSON.stringify(list.body)).not.toContain('not-for-anybody');
  });

  it('keeps its secrets and tokens in no readable form', async () => {
    const made = await make();
    await signInAtVendor(made.id);
    const rows = await bed.database.query<{ text: string }>(
      "SELECT c::text || encode(secrets, 'escape') || encode(tokens, 'escape') AS text FROM connections c",
    );
    expect(rows).toHaveLength(1);
    for (const { text } of rows) {
      expect(text).not.toContain('not-for-anybody');
      expect(text).not.toContain('access-');
    }
  });

  it('lets nobody come back twice, or with another state', async () => {
    const made = await make();
    const answer = await admin.ask('POST', `/connections/${made.id}/authorize`);
    const url = new URL((answer.body as { url: string }).url);
    const back = new URL(url.searchParams.get('redirect_uri') ?? '');
    back.searchParams.set('code', 'a-code');
    back.searchParams.set('state', 'a-guess');
    expect((await fetch(back)).status).toBe(400);
    back.searchParams.set('state', url.searchParams.get('state') ?? '');
    expect((await fetch(back)).status).toBe(200);
    expect((await fetch(back)).status).toBe(400);
  });

  it('keeps secrets that are left out, and is nobody’s to overwrite unseen', async () => {
    const made = await make();
    const { clientSecret: _, ...settings } = vendor.model.settings;
    const changed = await admin.ask('PUT', `/connections/${made.id}`, {
      ...given({ name: 'Support', settings }),
      revision: made.revision,
    });
    expect(changed.body).toMatchObject({ name: 'Support', secrets: ['clientSecret'] });
    const late = await admin.ask('PUT', `/connections/${made.id}`, {
      ...given({ settings }),
      revision: made.revision,
    });
    expect(late.status).toBe(409);
  });

  it.each([
    [{ connector: 'nobody' }, 'connector is none that is known'],
    [{ settings: { subdomain: 'acme' } }, 'settings/clientId is missing'],
    [{ settings: { ...zendeskFake().settings, subdomain: 'a.b' } }, 'settings/subdomain is not'],
    [{ settings: { ...zendeskFake().settings, grant: 'x' } }, 'settings/grant is none of'],
    [
      { settings: { ...zendeskFake().settings, more: 'x' } },
      'settings/more is no field of Zendesk',
    ],
    [{ settings: { ...zendeskFake().settings, clientId: 'a\u0000b' } }, 'control characters'],
    [{ name: '' }, 'name'],
  ])('refuses %j by name', async (more, message) => {
    const refused = await admin.ask('POST', '/connections', given(more));
    expect(refused.status).toBe(400);
    expect((refused.body as { message: string }).message).toContain(message);
  });

  it('goes with its secrets, and is written down each time', async () => {
    const made = await make();
    expect((await admin.ask('DELETE', `/connections/${made.id}`)).status).toBe(204);
    expect((await admin.ask('DELETE', `/connections/${made.id}`)).status).toBe(404);
    expect((await admin.ask('POST', `/connections/${made.id}/test`)).status).toBe(404);
    const lines = await bed.database.query<{ action: string }>(
      "SELECT action FROM audit_log WHERE action LIKE 'connection%' ORDER BY at, action DESC",
    );
    expect(lines.map(({ action }) => action)).toEqual(['connection_made', 'connection_removed']);
  });

  it('is an administrator’s alone', async () => {
    const agent = await bed.signIn('alice');
    for (const [method, path] of [
      ['GET', '/connections'],
      ['POST', '/connections'],
    ] as const) {
      const body = method === 'POST' ? given() : undefined;
      expect((await agent.ask(method, path, body)).status).toBe(403);
    }
  });
});
