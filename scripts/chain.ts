import { readFileSync, writeFileSync } from 'node:fs';
import type { Config } from '../src/backend/config.ts';
import { createDatabase, type Database } from '../src/backend/database/database.ts';
import { findKey } from '../src/backend/keys.ts';
import { createLog } from '../src/backend/log.ts';
import { chainKeyOf } from '../src/backend/modules/chain/chain-key.ts';
import { chainWitnessPath, readWitness } from '../src/backend/modules/chain/chain-witness.ts';
import {
  exportChain,
  readExport,
  verifyExport,
} from '../src/backend/modules/chain/export-chain.ts';
import {
  readChainKeys,
  verifiersOf,
  verifyChain,
  type ChainFlaw,
} from '../src/backend/modules/chain/verify-chain.ts';
import { findContactsOf, findCustomerIds } from '../src/backend/modules/privacy/find-customer.ts';
import { backendConfig } from './platform/backend-config.ts';
import {
  commonOptions,
  notUnderstood,
  readCommandLine,
  readGivenFile,
} from './platform/command.ts';
import { Problem } from './platform/problem.ts';
import { runMain, say, warn } from './platform/terminal.ts';

const HELP = `The chain: what was said about recording, what was recorded, kept and deleted, each line signed and holding the hash
of the one before.

  npm run chain -- verify              reads all of it and names every line that is not as it was appended
  npm run chain -- verify FILE         the same for an export, without a database
      --key KEY                        trust this public key as well (base64, or a file that holds it)
      --witness FILE                   a note of the last line, as "head" prints it; else the backend's own
  npm run chain -- head                prints the last line, to be kept where nobody can alter it, and the public key
  npm run chain -- export contact ID   the lines of a contact, with all that is needed to verify them
  npm run chain -- export customer ID  the same for all contacts of a customer: an id, or a number
      --out FILE                       instead of printing it

  --data DIR   the data folder of a running \`npm start\`, instead of DATABASE_URL

Keys that are trusted: RINGSIDE_CHAIN_KEY, or the one in the data folder, and those that --key names.`;

const flaws: Record<ChainFlaw['what'], string> = {
  altered: 'was altered',
  signature: 'has a signature that is not of its key',
  unknown_key: 'was signed by a key that is not trusted here (--key)',
  order: 'does not follow the line before it',
  missing: 'is missing',
  end_missing: 'is missing, and everything after it',
};

const sayFlaws = (found: readonly ChainFlaw[], hasMore = false): number => {
  for (const { seq, what } of found) say(`  line ${String(seq)} ${flaws[what]}`);
  if (hasMore) say('  and more');
  return found.length === 0 ? 0 : 1;
};

const readKeyText = (given: string): string => {
  try {
    return readFileSync(given, 'utf8').trim();
  } catch {
    return given; // the key itself
  }
};

/** Public keys by which signatures are checked. */
const trustedKeys = (
  config: Pick<Config, 'chainKey' | 'dataPath'> | null,
  given: readonly string[],
): readonly string[] => {
  const seed = config === null ? null : (config.chainKey ?? findKey(config.dataPath, 'chain'));
  return [...(seed === null ? [] : [chainKeyOf(seed).publicKey]), ...given.map(readKeyText)];
};

/** Where no key is at hand, those that are found in what is verified: said, since whoever made it could have made them. */
const keysOr = (trusted: readonly string[], named: readonly string[]) => {
  if (trusted.length > 0) return verifiersOf(trusted);
  warn('No key is at hand: signatures are checked by the keys that are named in there (--key).');
  return verifiersOf(named);
};

const verifyFile = (path: string, given: readonly string[]): number => {
  const found = readExport(readGivenFile(path));
  if (found === null) throw new Problem(`${path} is no export of a chain.`);
  const keys = keysOr(
    trustedKeys(null, given),
    found.keys.map(({ publicKey }) => publicKey),
  );
  const wrong = verifyExport(found, keys);
  if (wrong.length === 0) say(`All ${String(found.lines.length)} lines are as they were appended.`);
  return sayFlaws(wrong);
};

const verify = async (
  database: Database,
  config: Config,
  { key = [], witness }: { readonly key?: readonly string[]; readonly witness?: string },
): Promise<number> => {
  const keys = keysOr(trustedKeys(config, key), await readChainKeys(database));
  const witnessed = readWitness(witness ?? chainWitnessPath(config.dataPath));
  if (witnessed === null) {
    if (witness !== undefined) throw new Problem(`${witness} says nothing of a last line.`);
    warn(
      'No note of the last line is at hand: an end that was cut off cannot be told (--witness).',
    );
  }
  const report = await verifyChain(database, { keys, witnessed });
  if (report.flaws.length === 0) {
    say(`All ${String(report.lines)} lines are as they were appended.`);
    if (report.head !== null) say(`The last is ${report.head.hash.toString('hex')}.`);
  }
  return sayFlaws(report.flaws, report.hasMore);
};

const printHead = async (database: Database, config: Config): Promise<number> => {
  const [head] = await database.query<{ readonly seq: number; readonly hash: Buffer }>(
    'SELECT seq, hash FROM chain_head',
  );
  if (head === undefined) throw new Problem('The chain has no head: it was tampered with.');
  const [publicKey] = trustedKeys(config, []);
  say(
    JSON.stringify({
      seq: head.seq,
      hash: head.hash.toString('hex'),
      at: new Date().toISOString(),
      publicKey: publicKey ?? null,
    }),
  );
  return 0;
};

/** The contacts that are meant; one that is not known any more may have lines all the same. */
const contactsOf = async (
  database: Database,
  what: string,
  id: string,
  country: string,
): Promise<readonly string[]> => {
  if (what === 'contact') return [id];
  const customers = await findCustomerIds(database, id, country);
  if (customers.length === 0) throw new Problem(`There is no customer "${id}".`);
  if (customers.length > 1) {
    throw new Problem(`Several customers have the number ${id}. Say which:`, ...customers);
  }
  return findContactsOf(database, customers[0] ?? '');
};

const exportLines = async (
  database: Database,
  contacts: readonly string[],
  out: string | undefined,
): Promise<number> => {
  const found = await exportChain(database, contacts, Date.now());
  const text = `${JSON.stringify(found, null, 2)}\n`;
  if (out === undefined) process.stdout.write(text);
  else {
    writeFileSync(out, text, { mode: 0o600 });
    say(`Lines: ${String(found.lines.length)}. They are in ${out}.`);
  }
  return 0;
};

const readArguments = () =>
  readCommandLine(HELP, {
    ...commonOptions,
    key: { type: 'string', multiple: true },
    witness: { type: 'string' },
    out: { type: 'string' },
  });

await runMain(async () => {
  const { values, positionals } = readArguments();
  const [command, what, id] = positionals;
  if (values.help === true || command === undefined) {
    say(HELP);
    return 0;
  }
  if (command === 'verify' && what !== undefined) return verifyFile(what, values.key ?? []);
  const isExport = command === 'export' && /^(?:contact|customer)$/u.test(what ?? '');
  const isKnown = command === 'verify' || command === 'head' || (isExport && id !== undefined);
  if (!isKnown) throw notUnderstood(positionals, HELP);
  const config = backendConfig(values.data);
  const database = createDatabase(config.databaseUrl, createLog('silent'));
  try {
    if (command === 'verify') return await verify(database, config, values);
    if (command === 'head') return await printHead(database, config);
    const contacts = await contactsOf(database, what ?? '', id ?? '', config.country);
    return await exportLines(database, contacts, values.out);
  } finally {
    await database.close();
  }
});
