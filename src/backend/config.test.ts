import { expect, test } from 'vitest';
import { readConfig } from './config.ts';

const usable = {
  DATABASE_URL: 'postgres://user:secret@127.0.0.1:5432/ringside',
  RINGSIDE_AMI_URL: 'ami://user:secret@127.0.0.1:5038',
  RINGSIDE_ARI_URL: 'http://user:secret@127.0.0.1:8088',
  RINGSIDE_SIP_URL: 'wss://phones.example/ws',
};

test('what is not said has a usual value', () => {
  const config = readConfig(usable);
  expect(config).toMatchObject({
    ok: true,
    value: {
      host: '127.0.0.1',
      port: 0,
      pbx: { kind: 'asterisk', isOurs: true },
      sipDomain: 'phones.example',
      country: 'US',
      demo: false,
      logLevel: 'info',
    },
  });
});

test('every problem is named at once, and no secret is repeated', () => {
  const config = readConfig({
    DATABASE_URL: 'mysql://user:canary@x',
    RINGSIDE_AMI_URL: 'http://user:canary@x',
    RINGSIDE_BACKEND_PORT: '-1',
    RINGSIDE_DEMO: 'maybe',
    RINGSIDE_COUNTRY: 'Spain',
    RINGSIDE_TIME_ZONE: 'Mars/Base',
    RINGSIDE_DESK_GRACE: 'soon',
    RINGSIDE_LOG: 'loud',
  });
  if (config.ok) throw new Error('it was taken');
  const text = config.why.join('\n');
  for (const name of [
    'DATABASE_URL',
    'RINGSIDE_AMI_URL',
    'RINGSIDE_ARI_URL',
    'RINGSIDE_SIP_URL',
    'RINGSIDE_BACKEND_PORT',
    'RINGSIDE_DEMO',
    'RINGSIDE_COUNTRY',
    'RINGSIDE_TIME_ZONE',
    'RINGSIDE_DESK_GRACE',
    'RINGSIDE_LOG',
  ]) {
    expect(text).toContain(name);
  }
  expect(text).not.toContain('canary');
});

test('a relay has addresses and a secret, or is none', () => {
  const read = (given: Readonly<Record<string, string>>) => readConfig({ ...usable, ...given });
  expect(read({})).toMatchObject({ value: { relay: null } });
  const urls = 'turn:relay.example, turns:relay.example:443?transport=tcp';
  expect(read({ RINGSIDE_TURN_URL: urls, RINGSIDE_TURN_SECRET: 's' })).toMatchObject({
    value: { relay: { urls: urls.split(', '), secret: 's' } },
  });
  const wrong = [{ RINGSIDE_TURN_URL: urls }, { RINGSIDE_TURN_URL: 'https://relay.example' }];
  expect(wrong.map((given) => read(given).ok)).toEqual([false, false]);
});

test('keys are 32 bytes, and a store that is an address needs a bucket and its secrets', () => {
  const key = Buffer.alloc(32, 7);
  const read = (given: Readonly<Record<string, string>>) => readConfig({ ...usable, ...given });
  expect(
    read({
      RINGSIDE_CHAIN_KEY: key.toString('hex'),
      RINGSIDE_RECORDING_KEY: key.toString('base64'),
      RINGSIDE_RECORDING_KEYS_BEFORE: `${key.toString('base64')}, ${key.toString('base64url')}`,
      RINGSIDE_RECORDING_STORE: 'https://store.example/bucket/calls/',
      RINGSIDE_S3_ACCESS_KEY: 'a',
      RINGSIDE_S3_SECRET_KEY: 'b',
    }),
  ).toMatchObject({
    value: {
      chainKey: key,
      recordingKey: key,
      recordingKeysBefore: [key, key],
      recordingStore: { kind: 's3', url: 'https://store.example/bucket/calls' },
    },
  });
  expect(read({ RINGSIDE_DATA: '/srv/data' })).toMatchObject({
    value: { chainKey: null, recordingStore: { kind: 'folder', path: '/srv/data/kept' } },
  });
  const wrong = read({
    RINGSIDE_CHAIN_KEY: 'canary',
    RINGSIDE_RECORDING_STORE: 'https://store.example',
  });
  if (wrong.ok) throw new Error('it was taken');
  const text = wrong.why.join('\n');
  for (const name of ['CHAIN_KEY', 'RECORDING_STORE', 'S3_ACCESS_KEY', 'S3_SECRET_KEY']) {
    expect(text).toContain(`RINGSIDE_${name}`);
  }
  expect(text).not.toContain('canary');
});

test('without a PBX neither its address nor one for phones is needed', () => {
  const config = readConfig({ DATABASE_URL: usable.DATABASE_URL, RINGSIDE_PBX: 'none' });
  expect(config).toMatchObject({ ok: true, value: { pbx: { kind: 'none' }, sipEdges: [] } });
});

test('accounts of a plain SIP service need the service’s address', () => {
  const given = {
    DATABASE_URL: usable.DATABASE_URL,
    RINGSIDE_PBX: 'none',
    RINGSIDE_SIP_ACCOUNTS: '/etc/ringside/accounts.json',
  };
  expect(readConfig(given)).toMatchObject({
    ok: false,
    why: [expect.stringContaining('RINGSIDE_SIP_URL')],
  });
  expect(readConfig({ ...given, RINGSIDE_SIP_URL: 'wss://sip.example/ws' })).toMatchObject({
    ok: true,
    value: { pbx: { kind: 'none', sipAccountsPath: '/etc/ringside/accounts.json' } },
  });
});

test('the mailbox of our own PBX is known; of another it must be said, and can be dialled', () => {
  const numberOf = (environment: Record<string, string>) => {
    const read = readConfig({ ...usable, ...environment });
    return read.ok ? read.value.voicemailNumber : read.why;
  };
  expect(numberOf({})).toBe('*97');
  expect(numberOf({ RINGSIDE_PBX: 'asterisk' })).toBeNull();
  expect(numberOf({ RINGSIDE_PBX: 'asterisk', RINGSIDE_VOICEMAIL_NUMBER: '*98' })).toBe('*98');
  expect(numberOf({ RINGSIDE_VOICEMAIL_NUMBER: 'sip:box@x' })).toEqual([
    expect.stringContaining('RINGSIDE_VOICEMAIL_NUMBER'),
  ]);
});

test('a PBX of one’s own has no customers for the demo', () => {
  const config = readConfig({ ...usable, RINGSIDE_PBX: 'asterisk' });
  expect(config).toMatchObject({ value: { pbx: { isOurs: false } } });
});
