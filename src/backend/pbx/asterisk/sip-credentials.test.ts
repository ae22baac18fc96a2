import { afterEach, beforeEach, expect, test } from 'vitest';
import { failure, success } from '../../../shared/result.ts';
import type { AriAttribute, AriClient, AriFailure } from './ari-client.ts';
import { createCredentialStore } from './sip-credentials.ts';
import type { CredentialStore } from './sip-credentials.ts';

/** Asterisk's configuration objects, in memory, behind the same door as ARI. */
let secrets: Map<string, string>;
let removed: string[];
let away: number;
let delaysMs: number[];
let store: CredentialStore;

const AWAY: AriFailure = { code: 'away', message: 'connection refused' };

const ari: AriClient = {
  read: (type, id) => {
    if (away > 0) return Promise.resolve(failure(AWAY));
    if (type === 'endpoint' && id !== '1001')
      return Promise.resolve(failure({ code: 'absent', message: 'no such endpoint' }));
    if (type === 'auth' && !secrets.has(id))
      return Promise.resolve(failure({ code: 'absent', message: 'no such auth' }));
    return Promise.resolve(success([{ attribute: 'contact', value: 'sip:1001@127.0.0.1:5' }]));
  },
  write: async (_type, id, attributes: readonly AriAttribute[]) => {
    if (away > 0) {
      away -= 1;
      return failure(AWAY);
    }
    await new Promise((resolve) => setTimeout(resolve, delaysMs.shift() ?? 0));
    secrets.set(id, attributes.find(({ attribute }) => attribute === 'password')?.value ?? '');
    return success(null);
  },
  remove: (_type, id) => {
    removed.push(id);
    return Promise.resolve(success(null));
  },
};

beforeEach(() => {
  secrets = new Map();
  removed = [];
  away = 0;
  delaysMs = [];
  store = createCredentialStore(ari, () => 1_000);
});

afterEach(() => store.stop());

const mint = async (lifetimeMs = 60_000) => {
  const minted = await store.mint('1001', lifetimeMs);
  if (!minted.ok) throw new Error(minted.why.message);
  return minted.value;
};

test('a lifetime is never longer than twelve hours', async () => {
  expect((await mint(99 * 3_600_000)).expiresAt).toBe(1_000 + 12 * 3_600_000);
});

test('of two sign-ins at once the later one holds at the PBX, however slow the first was', async () => {
  delaysMs = [50, 0];
  const [, second] = await Promise.all([mint(), mint()]);
  expect(secrets.get('1001')).toBe(second.password);
});

test('revoking leaves a secret that nobody has, and no registration', async () => {
  const { password } = await mint();
  expect(await store.revoke('1001')).toEqual({ ok: true, value: null });
  expect(secrets.get('1001')).not.toBe(password);
  expect(secrets.get('1001')).toHaveLength(32);
  // the name that res_pjsip_registrar gives to this contact
  expect(removed).toEqual(['1001;@cf81906518dee1b617363dace4965b85']);
});

test('a restarted PBX is given the secrets again, at the second attempt if need be', async () => {
  const { password } = await mint();
  secrets.clear();
  away = 1;
  await store.restore();
  expect(secrets.get('1001')).toBe(password);
});

test('what was revoked while the PBX was away is revoked when it is back', async () => {
  const { password } = await mint();
  away = 1;
  expect(await store.revoke('1001')).toMatchObject({ ok: false, why: { code: 'pbx_away' } });
  expect(secrets.get('1001')).toBe(password);
  await store.restore();
  expect(secrets.get('1001')).not.toBe(password);
});

test('extensions that are none, or unknown, are refused', async () => {
  expect(await store.mint('1002', 1)).toMatchObject({ ok: false, why: { code: 'pbx_refused' } });
  expect(await store.mint('../x', 1)).toMatchObject({ ok: false, why: { code: 'pbx_refused' } });
  expect(await store.revoke('1;2')).toMatchObject({ ok: false, why: { code: 'pbx_refused' } });
});

test('a secret that the PBX forgot and nobody holds is asked for anew, and no other', async () => {
  const { password } = await mint();
  secrets.set('1003', 'of another backend');
  await store.challenge(['1001', '1002', '1003', '../x']);
  expect(secrets.get('1001')).toBe(password);
  expect(secrets.get('1002')).toHaveLength(32);
  expect(secrets.get('1003')).toBe('of another backend');
  expect([...secrets.keys()]).toHaveLength(3);
});
