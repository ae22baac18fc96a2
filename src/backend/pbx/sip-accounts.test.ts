import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { parseSipAccounts, readSipAccounts } from './sip-accounts.ts';

const one = {
  extension: '1001',
  username: 'one',
  password: 'canary',
  uri: 'sip:4711@sip.example',
};
const two = { ...one, extension: '1002', username: 'two', uri: 'sip:4712@sip.example:5061' };
const agents = ['1001', '1002'];

const problem = (content: unknown, extensions: readonly string[] | null = agents): string => {
  const text = typeof content === 'string' ? content : JSON.stringify(content);
  const parsed = parseSipAccounts(text, extensions);
  return parsed.ok ? 'none' : parsed.why;
};

test('a good list is taken as it stands', () => {
  expect(parseSipAccounts(JSON.stringify([one, two]), agents)).toEqual({
    ok: true,
    value: [one, two],
  });
});

describe('what is wrong is named, and no password repeated', () => {
  const cases: readonly (readonly [string, unknown, string])[] = [
    ['no JSON', '[{"password": "canary"', 'is not JSON'],
    ['no array', one, 'is not a JSON array'],
    ['no object', [one, 'canary'], 'entry 2 is no object'],
    ['a field too few', [{ ...one, password: undefined }], 'entry 1 has no "password"'],
    ['a field too many', [{ ...one, secret: 'canary' }], 'entry 1 has a field'],
    ['a wrong extension', [{ ...one, extension: 'x' }], 'entry 1 has a wrong "extension"'],
    ['another scheme', [{ ...one, uri: 'tel:4711' }], 'entry 1 has a wrong "uri"'],
    ['a header in the address', [{ ...one, uri: 'sip:a@b?X=y' }], 'entry 1 has a wrong "uri"'],
    ['a line end', [{ ...one, username: 'a\r\nX: y' }], 'entry 1 has a wrong "username"'],
    ['an extension twice', [one, { ...two, extension: '1001' }], 'extension 1001 twice'],
    ['an address twice', [one, { ...two, uri: one.uri }], 'sip:4711@sip.example twice'],
    ['a stranger', [one, { ...two, extension: '1003' }], 'extension 1003, which no agent has'],
  ];
  for (const [name, content, expected] of cases) {
    test(name, () => {
      expect(problem(content)).toContain(expected);
      expect(problem(content)).not.toContain('canary');
    });
  }
});

test('before the agents are known, an extension is nobody’s mistake', () => {
  expect(problem([{ ...one, extension: '9999' }], null)).toBe('none');
});

describe('the file', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'ringside-accounts-'));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  test('is read when it is its owner’s alone', async () => {
    const path = join(folder, 'accounts.json');
    writeFileSync(path, JSON.stringify([one]), { mode: 0o600 });
    expect(await readSipAccounts(path, agents)).toEqual({ ok: true, value: [one] });
  });

  test.runIf(process.platform !== 'win32')('is refused when everybody may read it', async () => {
    const path = join(folder, 'accounts.json');
    writeFileSync(path, JSON.stringify([one]));
    chmodSync(path, 0o644);
    const read = await readSipAccounts(path, agents);
    expect(read).toMatchObject({ ok: false, why: expect.stringContaining('chmod 600') as string });
  });

  test('that is missing is named', async () => {
    const path = join(folder, 'nothing.json');
    expect(await readSipAccounts(path, agents)).toEqual({
      ok: false,
      why: `the list of SIP accounts ${path} does not exist`,
    });
  });
});
