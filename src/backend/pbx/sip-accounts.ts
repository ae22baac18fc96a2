import { open } from 'node:fs/promises';
import { Type, type Static } from 'typebox';
import { Value } from 'typebox/value';
import type { Immutable } from '../../shared/immutable.ts';
import { failure, success, type Result } from '../../shared/result.ts';

/** The agents' accounts at a plain SIP service, as an administrator writes them down. */
const accountSchema = Type.Object(
  {
    extension: Type.String({ pattern: '^[0-9]{2,8}$' }),
    /** For the digest (RFC 8760); often, not always, the user part of the address. */
    username: Type.String({ pattern: '^[^\\x00-\\x1f\\x7f"\\\\]{1,128}$' }),
    password: Type.String({ pattern: '^[^\\x00-\\x1f\\x7f]{1,256}$' }),
    uri: Type.String({
      pattern: '^sip:[A-Za-z0-9._~!*+-]{1,64}@[A-Za-z0-9.\\-]{1,253}(:[0-9]{1,5})?$',
    }),
  },
  { additionalProperties: false },
);

export type SipAccountEntry = Immutable<Static<typeof accountSchema>>;

/** Every entry or, in words that repeat no value of the file, what is wrong. */
export type SipAccounts = Result<readonly SipAccountEntry[], string>;

const maximumBytes = 1_000_000;
const othersMay = 0o007;

const formOf = {
  extension: '2 to 8 digits',
  username: 'a name',
  password: 'a password',
  uri: 'an address such as sip:1001@sip.example',
} as const satisfies Record<keyof SipAccountEntry, string>;

const problemOf = (entry: unknown): string => {
  if (typeof entry !== 'object' || entry === null || Array.isArray(entry)) return 'is no object';
  const given: Record<string, unknown> = { ...entry };
  for (const [name, form] of Object.entries(formOf)) {
    if (!(name in given)) return `has no "${name}"`;
    const schema = accountSchema.properties[name as keyof SipAccountEntry];
    if (!Value.Check(schema, given[name])) return `has a wrong "${name}": expected ${form}`;
  }
  return 'has a field that is none of extension, username, password and uri';
};

const twice = (values: readonly string[]): string | undefined =>
  values.find((value, index) => values.indexOf(value) !== index);

/** `extensions`: of the agents who exist; null: not known yet. */
export const parseSipAccounts = (
  text: string,
  extensions: readonly string[] | null,
): SipAccounts => {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch {
    // The parser's own words quote the file, which holds passwords.
    return failure('is not JSON');
  }
  if (!Array.isArray(content)) return failure('is not a JSON array of accounts');
  const entries: SipAccountEntry[] = [];
  for (const [index, entry] of content.entries()) {
    if (!Value.Check(accountSchema, entry)) {
      return failure(`entry ${String(index + 1)} ${problemOf(entry)}`);
    }
    entries.push(entry);
  }
  const extension = twice(entries.map((entry) => entry.extension));
  if (extension !== undefined) return failure(`has extension ${extension} twice`);
  const uri = twice(entries.map((entry) => entry.uri.toLowerCase()));
  if (uri !== undefined)
    return failure(`has ${uri} twice: each agent needs an address of their own`);
  const stranger = entries.find((entry) => extensions?.includes(entry.extension) === false);
  if (stranger !== undefined) {
    return failure(`names extension ${stranger.extension}, which no agent has`);
  }
  return success(entries);
};

const readText = async (path: string): Promise<Result<string, string>> => {
  let file;
  try {
    file = await open(path, 'r');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return failure(
      code === 'ENOENT' ? 'does not exist' : `cannot be opened (${code ?? 'unknown'})`,
    );
  }
  try {
    const { mode, size } = await file.stat();
    // Windows has no such rights; its own are the administrator's to set.
    if (process.platform !== 'win32' && (mode & othersMay) !== 0) {
      return failure('is open to everybody on this machine: chmod 600 (or 640) it');
    }
    if (size > maximumBytes) return failure('is larger than 1 MB');
    return success(await file.readFile('utf8'));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return failure(`cannot be read (${code ?? 'unknown'})`);
  } finally {
    await file.close();
  }
};

export const readSipAccounts = async (
  path: string,
  extensions: readonly string[] | null,
): Promise<SipAccounts> => {
  const text = await readText(path);
  const accounts = text.ok ? parseSipAccounts(text.value, extensions) : text;
  return accounts.ok ? accounts : failure(`the list of SIP accounts ${path} ${accounts.why}`);
};
