import { createInterface } from 'node:readline/promises';
import type { Database } from '../src/backend/database/database.ts';
import { createMintId } from '../src/backend/identifiers.ts';
import { applyCentre, setPassword } from '../src/backend/modules/centre/apply-centre.ts';
import { readCentre } from '../src/backend/modules/centre/centre-file.ts';
import { showCentre } from '../src/backend/modules/centre/show-centre.ts';
import {
  commonOptions,
  notUnderstood,
  readCommandLine,
  readGivenFile,
  withDatabase,
} from './platform/command.ts';
import { Problem } from './platform/problem.ts';
import { runMain, say } from './platform/terminal.ts';

const HELP = `Who works here, which queues there are, and what can be said: kept in one file, applied as often as you like.

  npm run centre -- show                 prints the centre as it is, ready to be edited
  npm run centre -- apply FILE           makes it so; what FILE does not mention stays as it is
  npm run centre -- password USERNAME    sets a password, read from the terminal or from standard input

  --data DIR   the data folder of a running \`npm start\`, instead of DATABASE_URL

People see a change when they sign in next. A queue and an extension must exist at the PBX as well.`;

const shortestPassword = 10;

const apply = async (database: Database, path: string): Promise<number> => {
  const centre = readCentre(readGivenFile(path));
  const applied = centre.ok
    ? await applyCentre(database, centre.value, createMintId(Date.now))
    : centre;
  if (!applied.ok) {
    throw new Problem(`${path} was not applied; nothing changed.`, ...applied.why);
  }
  say('The centre is as the file says.');
  for (const username of applied.value.newUsers) {
    say(`  ${username} is new: npm run centre -- password ${username}`);
  }
  return 0;
};

const readPassword = async (username: string): Promise<string> => {
  if (process.stdin.isTTY) process.stdout.write(`Password for ${username} (it is shown): `);
  const lines = createInterface({ input: process.stdin });
  for await (const line of lines) {
    lines.close();
    return line;
  }
  return '';
};

const changePassword = async (database: Database, username: string): Promise<number> => {
  const password = await readPassword(username);
  if (password.length < shortestPassword) {
    throw new Problem(`A password has at least ${shortestPassword} characters; nothing changed.`);
  }
  if (!(await setPassword(database, username, password))) {
    throw new Problem(`There is no user "${username}".`);
  }
  say(`${username} has a new password.`);
  return 0;
};

const readArguments = () => readCommandLine(HELP, commonOptions);

await runMain(async () => {
  const { values, positionals } = readArguments();
  const [command, what = ''] = positionals;
  if (values.help === true || command === undefined) {
    say(HELP);
    return 0;
  }
  const isKnown = command === 'show' || (what !== '' && /^(?:apply|password)$/u.test(command));
  if (!isKnown) throw notUnderstood(positionals, HELP);
  return withDatabase(values.data, async (database) => {
    if (command === 'apply') return apply(database, what);
    if (command === 'password') return changePassword(database, what.toLowerCase());
    say(JSON.stringify(await showCentre(database), null, 2));
    return 0;
  });
});
