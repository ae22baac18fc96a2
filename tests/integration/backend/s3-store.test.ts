import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import type { RecordingStore } from '../../../src/backend/modules/keeping/recording-store.ts';
import { createS3Store } from '../../../src/backend/modules/keeping/s3-store.ts';
import { known } from '../../support/known.ts';
import { signatureOf, startS3Server, type S3Server } from '../../support/s3-server.ts';

const region = 'eu-south-2';
const credentials = { accessKeyId: 'RINGSIDE', secretAccessKey: 'a+secret/with=signs' };
const content = randomBytes(300_000);

let server: S3Server;
let store: RecordingStore;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'ringside-s3-'));
  await writeFile(join(folder, 'file'), content);
});
afterAll(() => rm(folder, { recursive: true }));
beforeEach(async () => {
  const { accessKeyId, secretAccessKey } = credentials;
  server = await startS3Server(region, { [accessKeyId]: secretAccessKey });
  store = createS3Store({ url: server.url, region, ...credentials });
});
afterEach(() => server.stop());

const put = (to = store) =>
  to.put('a.encrypted', join(folder, 'file'), {
    size: content.length,
    sha256: createHash('sha256').update(content).digest(),
  });

test('the server of these tests signs as Amazon’s own example does', () => {
  // "Example: GET Object", Authenticating Requests: Using the Authorization Header (AWS Signature Version 4)
  const nothing = createHash('sha256').digest('hex');
  const signature = signatureOf({
    method: 'GET',
    path: '/test.txt',
    headers: {
      host: 'examplebucket.s3.amazonaws.com',
      range: 'bytes=0-9',
      'x-amz-content-sha256': nothing,
      'x-amz-date': '20130524T000000Z',
    },
    region: 'us-east-1',
    secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
  });
  expect(signature).toBe('f0e8bdb87c964420e857bd35b5d6ed310bd44f0170aba48dd91039c6036bdb41');
});

test('a file is put, read in parts and removed, each request signed', async () => {
  expect(await put()).toMatchObject({ ok: true });
  expect(server.objects.get('/bucket/calls/a.encrypted')?.equals(content)).toBe(true);
  expect(await store.sizeOf('a.encrypted')).toMatchObject({ value: content.length });
  const part = await buffer(known(await store.read('a.encrypted', { start: 1_000, end: 250_000 })));
  expect(part.equals(content.subarray(1_000, 250_001))).toBe(true);
  expect(await store.remove('a.encrypted')).toMatchObject({ ok: true });
  expect(await store.remove('a.encrypted')).toMatchObject({ ok: true });
  expect(await store.sizeOf('a.encrypted')).toMatchObject({ ok: true, value: null });
  expect(await store.read('a.encrypted', { start: 0, end: 9 })).toMatchObject({
    why: { code: 'absent', message: 'it answers 404 NoSuchKey' },
  });
});

test('a store that is away is told from one that refuses', async () => {
  await put();
  const wrong = createS3Store({ url: server.url, region, ...credentials, secretAccessKey: 'x' });
  expect(await put(wrong)).toMatchObject({
    why: { code: 'store_refused', message: 'it answers 403 SignatureDoesNotMatch' },
  });
  server.setAway(true);
  const away = { ok: false, why: { code: 'store_away' } };
  expect(await put()).toMatchObject(away);
  expect(await store.read('a.encrypted', { start: 0, end: 9 })).toMatchObject(away);
  expect(await store.sizeOf('a.encrypted')).toMatchObject(away);
  expect(await store.remove('a.encrypted')).toMatchObject(away);
  const nobody = createS3Store({ url: 'http://127.0.0.1:9/bucket', region, ...credentials });
  expect(await nobody.sizeOf('a.encrypted')).toMatchObject(away);
});
