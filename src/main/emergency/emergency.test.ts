import { beforeEach, expect, test } from 'vitest';
import type { KnownAddress } from '../../shared/api/emergency.ts';
import { success } from '../../shared/result.ts';
import { createDeskStore, type DeskStore } from '../desk/desk-store.ts';
import { defaultSettings } from '../settings/default-settings.ts';
import { createEmergency, type Emergency, type EmergencyPorts } from './emergency.ts';

const home = {
  ...{ street: '500 Congress Ave', unit: '', city: 'Austin' },
  ...{ region: 'TX', postalCode: '78701', country: 'US' },
};
const homeLine = 'country=US,A1=TX,A3=Austin,RD=Congress%20Ave,HNO=500,PC=78701';

let store: DeskStore;
let network: string | null;
let isAway: boolean;
let asked: unknown[];
/** What the backend keeps. */
let kept: Map<string, KnownAddress['confirmed']>;
let emergency: Emergency;

const settled = () => new Promise((resolve) => setTimeout(resolve, 0));
const signIn = async (country = 'US'): Promise<void> => {
  const user = { id: 'alice' };
  store.update({
    backend: { state: 'connected' },
    session: { state: 'signed_in', user, country } as never,
  });
  await settled();
};
const place = () => store.snapshot().emergencyPlace;
const location = () => emergency.setupPart().location;

beforeEach(() => {
  network = 'home';
  isAway = false;
  asked = [];
  kept = new Map();
  store = createDeskStore({
    settings: defaultSettings('en'),
    backendUrl: '',
    versions: { app: '', electron: '', chrome: '' },
    notices: [],
  });
  const request = (({
    path,
    body,
  }: {
    path: string;
    body: { network: string; address?: KnownAddress['confirmed'] };
  }) => {
    if (isAway) return Promise.resolve({ ok: false, why: { code: 'backend_away', detail: '' } });
    asked.push([path, body.network]);
    if (body.address !== undefined) kept.set(body.network, body.address);
    const confirmed = kept.get(body.network) ?? null;
    return Promise.resolve(success({ confirmed, latest: [...kept.values()].at(-1) ?? null }));
  }) as never as EmergencyPorts['request'];
  emergency = createEmergency({ store, request, network: () => Promise.resolve(network) });
});

test('where the law asks, the place is asked for once in each network, and goes with the phone', async () => {
  await signIn();
  expect(place()).toEqual({ confirmed: null, latest: null, later: false });
  expect(location()).toBeUndefined();
  await emergency.handlers['emergency.confirm'](home);
  expect(location()).toBe(homeLine);

  network = 'cafe';
  emergency.moved();
  await settled();
  expect(place()).toEqual({ confirmed: null, latest: home, later: false });
  expect(location()).toBeUndefined();
  await emergency.handlers['emergency.later'](null);
  emergency.moved();
  await settled();
  expect(place()).toMatchObject({ later: true });

  network = 'home';
  emergency.moved();
  await settled();
  expect(location()).toBe(homeLine);
});

test('an address of another network is gone before anybody could call with it', async () => {
  await signIn();
  await emergency.handlers['emergency.confirm'](home);
  network = 'cafe';
  isAway = true;
  emergency.moved();
  await settled();
  expect(location()).toBeUndefined();
  // Said once the backend is back.
  store.update({ backend: { state: 'away', why: '', since: 0 } });
  await settled();
  isAway = false;
  store.update({ backend: { state: 'connected' } });
  await settled();
  expect(place()).toMatchObject({ confirmed: null, latest: home });
});

test('elsewhere nobody is asked anything', async () => {
  await signIn('ES');
  emergency.moved();
  await settled();
  expect(asked).toEqual([]);
  expect(place() ?? null).toBeNull();
});

test('without a network there is nothing to confirm, and a sign-out forgets it all', async () => {
  network = null;
  await signIn();
  expect(place()).toBeNull();
  network = 'home';
  emergency.moved();
  await settled();
  await emergency.handlers['emergency.confirm'](home);
  store.update({ session: { state: 'signed_out', why: null, demoUsers: null } });
  await settled();
  expect(location()).toBeUndefined();
});
