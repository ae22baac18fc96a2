import { writeFileSync } from 'node:fs';
import type { Database } from '../src/backend/database/database.ts';
import {
  exportOfContact,
  exportOfCustomer,
} from '../src/backend/modules/consent/consent-export.ts';
import { readRulesFile, type RulesFile } from '../src/backend/modules/consent/rules-file.ts';
import {
  applyRules,
  findRules,
  listApplied,
  readInForce,
} from '../src/backend/modules/consent/rules-repository.ts';
import {
  commonOptions,
  notUnderstood,
  readCommandLine,
  readGivenFile,
  withDatabase,
} from './platform/command.ts';
import { Problem } from './platform/problem.ts';
import { runMain, say } from './platform/terminal.ts';

const HELP = `Which place asks for what before a call is recorded, and the words that are read: kept in one file with a version.

  npm run consent -- show [VERSION]         prints the rules in force, or those of a version, ready to be edited
  npm run consent -- versions               prints what was in force since when
  npm run consent -- check FILE             names every error of a file with its place
  npm run consent -- apply FILE             puts it in force; with an error in it, what was in force stays
  npm run consent -- export contact ID      prints every consent fact of a contact, with the rules and words it names
  npm run consent -- export customer ID     the same over all contacts of a customer

  --out FILE   write there instead of printing
  --data DIR   the data folder of a running \`npm start\`, instead of DATABASE_URL

What a version says never changes: a file that says something else gives itself another one. Desks know with the next call.`;

const readFile = (path: string): RulesFile => {
  const read = readRulesFile(readGivenFile(path));
  if (!read.ok) throw new Problem(`${path} is not usable; nothing changed.`, ...read.why);
  return read.value;
};

const apply = async (database: Database, path: string): Promise<string> => {
  const rules = readFile(path);
  const applied = await applyRules(database, rules, { at: Date.now(), by: '' });
  if (!applied.ok) throw new Problem(`${path} was not applied; nothing changed.`, ...applied.why);
  return `Version ${rules.version} is in force.`;
};

const show = async (database: Database, version: string | undefined): Promise<string> => {
  const rules =
    version === undefined
      ? (await readInForce(database)).rules
      : await findRules(database, version);
  if (rules === null) throw new Problem(`There is no version "${version ?? ''}".`);
  return JSON.stringify(rules, null, 2);
};

const versions = async (database: Database): Promise<string> => {
  const lines = (await listApplied(database)).map(
    ({ version, appliedAt, appliedBy }) =>
      `${new Date(appliedAt).toISOString()}  ${version}  ${appliedBy ?? 'by a command'}`,
  );
  const { rules } = await readInForce(database);
  return lines.length === 0 ? `${rules.version}, as it comes with the program` : lines.join('\n');
};

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/iu;

const exported = async (database: Database, of: string, id: string): Promise<string> => {
  if (!uuid.test(id)) throw new Problem(`"${id}" is not the id of a ${of}.`);
  const found =
    of === 'contact' ? await exportOfContact(database, id) : await exportOfCustomer(database, id);
  return JSON.stringify(found, null, 2);
};

const readArguments = () => readCommandLine(HELP, { ...commonOptions, out: { type: 'string' } });

const run = (database: Database, words: readonly string[]): Promise<string> | null => {
  const [command, what, id] = words;
  if (command === 'show' && words.length <= 2) return show(database, what);
  if (command === 'versions' && words.length === 1) return versions(database);
  if (command === 'apply' && what !== undefined) return apply(database, what);
  if (command === 'export' && id !== undefined && (what === 'contact' || what === 'customer')) {
    return exported(database, what, id);
  }
  return null;
};

await runMain(async () => {
  const { values, positionals } = readArguments();
  const [command, path] = positionals;
  if (values.help === true || command === undefined) {
    say(HELP);
    return 0;
  }
  if (command === 'check' && path !== undefined) {
    say(`Version ${readFile(path).version} is without an error.`);
    return 0;
  }
  return withDatabase(values.data, async (database) => {
    const output = run(database, positionals);
    if (output === null) throw notUnderstood(positionals, HELP);
    const text = await output;
    if (values.out === undefined) say(text);
    else writeFileSync(values.out, `${text}\n`);
    return 0;
  });
});
