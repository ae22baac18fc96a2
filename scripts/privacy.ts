import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { Config } from '../src/backend/config.ts';
import { createDatabase, type Database } from '../src/backend/database/database.ts';
import { createMintId } from '../src/backend/identifiers.ts';
import { findKey } from '../src/backend/keys.ts';
import { createLog } from '../src/backend/log.ts';
import { withChain } from '../src/backend/modules/chain/chain.ts';
import { chainKeyOf } from '../src/backend/modules/chain/chain-key.ts';
import { chainWitnessPath, createFileWitness } from '../src/backend/modules/chain/chain-witness.ts';
import type { Keeping } from '../src/backend/modules/keeping/keeping.ts';
import { createKeepingFor } from '../src/backend/modules/keeping/keeping-for.ts';
import { writeAccessReport } from '../src/backend/modules/privacy/access-report.ts';
import { eraseCustomer } from '../src/backend/modules/privacy/erase-report.ts';
import { findCustomerIds, hasContact } from '../src/backend/modules/privacy/find-customer.ts';
import { liftHold, listHolds, setHold } from '../src/backend/modules/privacy/legal-holds.ts';
import { listPlayed } from '../src/backend/modules/privacy/played.ts';
import { recordingWav } from '../src/backend/pbx/asterisk/recording-files.ts';
import { failure, success } from '../src/shared/result.ts';
import { backendConfig } from './platform/backend-config.ts';
import { commonOptions, notUnderstood, readCommandLine } from './platform/command.ts';
import { Problem } from './platform/problem.ts';
import { runMain, say, warn } from './platform/terminal.ts';

const HELP = `What the law of privacy gives a customer, and what courts want. CUSTOMER is an id or a number.

  npm run privacy -- access CUSTOMER --out DIR    everything that is known: report, recordings, chain (GDPR, Article 15)
  npm run privacy -- erase CUSTOMER               erases it, recordings too, and reports what (Article 17)
      --out FILE                                  keeps the report; it names nobody
  npm run privacy -- hold customer CUSTOMER       nothing of this customer is deleted from now on, …
  npm run privacy -- hold contact ID              … or of this contact
      --reason TEXT
  npm run privacy -- holds                        what is on hold, and why
  npm run privacy -- release HOLD                 ends a hold
  npm run privacy -- played RECORDING             who listened to it, and when

  --data DIR   the data folder of a running \`npm start\`, instead of DATABASE_URL

Keys are read as the backend reads them: RINGSIDE_CHAIN_KEY and RINGSIDE_RECORDING_KEY, or the data folder.`;

/** Keys are never made here: what they would sign or wrap, nobody else could read. */
const keysAtHand = (config: Config): { readonly chain: Buffer; readonly recordings: Buffer } => {
  const chain = config.chainKey ?? findKey(config.dataPath, 'chain');
  const recordings = config.recordingKey ?? findKey(config.dataPath, 'recordings');
  if (chain !== null && recordings !== null) return { chain, recordings };
  throw new Problem(
    "The backend's keys are not at hand.",
    'Say RINGSIDE_CHAIN_KEY and RINGSIDE_RECORDING_KEY, or --data DIR with the data folder of the backend.',
  );
};

type Work = { readonly database: Database; readonly config: Config; readonly keeping: Keeping };
type Options = ReturnType<typeof readArguments>['values'];

const theCustomer = async ({ database, config }: Work, given: string): Promise<string> => {
  const [id, ...others] = await findCustomerIds(database, given, config.country);
  if (id === undefined) throw new Problem(`There is no customer "${given}".`);
  if (others.length > 0) {
    throw new Problem(`Several customers have the number ${given}. Say which:`, id, ...others);
  }
  return id;
};

const access = async (work: Work, given: string, { out }: Options): Promise<number> => {
  if (out === undefined) throw new Problem('Say into which folder: --out DIR.');
  if (existsSync(out) && readdirSync(out).length > 0) throw new Problem(`${out} is not empty.`);
  const { database, keeping } = work;
  const customerId = await theCustomer(work, given);
  const needs = { database, open: keeping.open };
  const report = await writeAccessReport(needs, customerId, out, Date.now());
  if (report === null) throw new Problem(`There is no customer "${given}".`);
  say(
    `Contacts: ${String(report.contacts)}, recordings: ${String(report.recordings)}. All of it is in ${out}.`,
  );
  for (const { recordingId, why } of report.missing) {
    warn(`recording ${recordingId} could not be handed out: ${why}`);
  }
  return report.missing.length === 0 ? 0 : 1;
};

const erase = async (work: Work, given: string, { out }: Options): Promise<number> => {
  const customerId = await theCustomer(work, given);
  const erased = await eraseCustomer(work, customerId, Date.now());
  if (!erased.ok) throw new Problem('Not erased.', erased.why.message);
  const text = JSON.stringify(erased.value, null, 2);
  if (out === undefined) say(text);
  else {
    writeFileSync(out, `${text}\n`, { mode: 0o600 });
    say(`Erased; the report is in ${out}.`);
  }
  if (erased.value.recordings.every(({ fileGone }) => fileGone)) return 0;
  warn(
    'Not every file of a recording is gone yet. The backend removes them once the store is back.',
  );
  return 1;
};

const hold = async (work: Work, what: string, given: string, reason = ''): Promise<number> => {
  if (reason.trim() === '') throw new Problem('Say why: --reason TEXT.');
  const { database } = work;
  if (what === 'contact' && !(await hasContact(database, given))) {
    throw new Problem(`There is no contact "${given}".`);
  }
  const held =
    what === 'contact' ? { contactId: given } : { customerId: await theCustomer(work, given) };
  const id = createMintId(Date.now)();
  await setHold(database, held, { id, reason: reason.trim(), at: Date.now() });
  say(`On hold: npm run privacy -- release ${id}`);
  return 0;
};

const showHolds = async ({ database }: Work): Promise<number> => {
  const holds = await listHolds(database);
  if (holds.length === 0) say('Nothing is on hold.');
  for (const { id, contactId, customerId, reason, since } of holds) {
    const what = contactId === null ? `customer ${customerId ?? ''}` : `contact ${contactId}`;
    say(`${id}  ${new Date(since).toISOString()}  ${what}  ${reason}`);
  }
  return 0;
};

const release = async ({ database }: Work, id: string): Promise<number> => {
  if (!(await liftHold(database, id, Date.now()))) throw new Problem(`There is no hold "${id}".`);
  say('It is not on hold any more.');
  return 0;
};

const showPlayed = async ({ database }: Work, recordingId: string): Promise<number> => {
  const played = await listPlayed(database, recordingId);
  if (played.length === 0) say('Nobody listened to it.');
  for (const { at, name, username } of played) {
    say(`${new Date(at).toISOString()}  ${username}  ${name}`);
  }
  return 0;
};

const readArguments = () =>
  readCommandLine(HELP, { ...commonOptions, out: { type: 'string' }, reason: { type: 'string' } });

const openWork = (config: Config): Work => {
  const log = createLog('silent');
  const { chain, recordings } = keysAtHand(config);
  const database = withChain(
    createDatabase(config.databaseUrl, log),
    chainKeyOf(chain),
    Date.now,
    createFileWitness(chainWitnessPath(config.dataPath), () => undefined),
  );
  const keeping = createKeepingFor(
    { ...config, recordingKey: recordings },
    {
      database,
      // What is not encrypted yet has been built by the backend, or will be.
      pbx: {
        recordingFile: async (recordingId) => {
          const path = recordingWav(config.recordingsPath, recordingId);
          const isThere = await stat(path).then(
            () => true,
            () => false,
          );
          return isThere
            ? success(path)
            : failure({ code: 'no_such_call', message: 'the backend has not encrypted it yet' });
        },
      },
      now: Date.now,
      log,
    },
  );
  return { database, config, keeping };
};

await runMain(async () => {
  const { values, positionals } = readArguments();
  const [command, what = '', given = ''] = positionals;
  if (values.help === true || command === undefined) {
    say(HELP);
    return 0;
  }
  const isHold = command === 'hold' && /^(?:customer|contact)$/u.test(what) && given !== '';
  const isOther = /^(?:access|erase|release|played)$/u.test(command) && what !== '';
  if (!isHold && !isOther && command !== 'holds') {
    throw notUnderstood(positionals, HELP);
  }
  const work = openWork(backendConfig(values.data));
  try {
    if (command === 'access') return await access(work, what, values);
    if (command === 'erase') return await erase(work, what, values);
    if (command === 'hold') return await hold(work, what, given, values.reason);
    if (command === 'release') return await release(work, what);
    if (command === 'played') return await showPlayed(work, what);
    return await showHolds(work);
  } finally {
    await work.keeping.stop();
    await work.database.close();
  }
});
