import { statSync } from 'node:fs';
import { basename } from 'node:path';
import type { Database } from '../src/backend/database/database.ts';
import { createMintId } from '../src/backend/identifiers.ts';
import { importSchedule } from '../src/backend/modules/shifts/import/import-schedule.ts';
import {
  deleteImport,
  findImport,
  listImports,
} from '../src/backend/modules/shifts/shift-repository.ts';
import {
  commonOptions,
  notUnderstood,
  readCommandLine,
  readGivenFile,
  withDatabase,
} from './platform/command.ts';
import { Problem } from './platform/problem.ts';
import { runMain, say } from './platform/terminal.ts';

const HELP = `Who works when: shifts, breaks and meetings, taken over from another program's file.

  npm run shifts -- import FILE    CSV or iCalendar; all of it, or nothing with each wrong line named
      --agent USERNAME             the whole file is of this agent …
      --team NAME                  … or of this team; needed for iCalendar
      --zone ZONE                  of times that name no zone, such as Europe/Madrid
      --skip-bad                   take what is right
  npm run shifts -- show           what was imported, from where and when
  npm run shifts -- remove ID      takes an import back

  --data DIR   the data folder of a running \`npm start\`, instead of DATABASE_URL

CSV has a first line with the names of its columns, in any order, separated by commas, semicolons or tabs:
  agent    user name                            team     instead of an agent
  start    2026-11-23 09:00, or with Z or +01:00
  end      the same, or 17:00 alone: the next such time
  kind     work, break, meal, meeting, training, off, or such a word in Spanish or Portuguese
  label    what people call it                  zone     IANA, such as America/Sao_Paulo
  repeats  an RRULE (RFC 5545), such as FREQ=WEEKLY;BYDAY=MO,TU

In iCalendar CATEGORIES say the kind, or else the words of SUMMARY; an event that says neither is work. The same file
again changes nothing; a later file replaces the lines that it has as well. Desks show it at once if it comes by
POST /shifts/import, and at the next sign-in if it comes from here.`;

/** Bytes; what is larger is no schedule. */
const maximumBytes = 8_000_000;

const readArguments = () =>
  readCommandLine(HELP, {
    ...commonOptions,
    agent: { type: 'string' },
    team: { type: 'string' },
    zone: { type: 'string' },
    'skip-bad': { type: 'boolean' },
  });

const read = (path: string): string => {
  const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  if (size > maximumBytes) throw new Problem(`${path} cannot be read.`, 'it is too large');
  return readGivenFile(path);
};

type Options = ReturnType<typeof readArguments>['values'];

const take = async (database: Database, path: string, options: Options): Promise<number> => {
  const { agent, team, zone } = options;
  const answer = await importSchedule(
    {
      name: basename(path),
      content: read(path),
      ...(agent === undefined ? {} : { agent }),
      ...(team === undefined ? {} : { team }),
      ...(zone === undefined ? {} : { zone }),
      skipBad: options['skip-bad'] === true,
    },
    {
      database,
      mintId: createMintId(Date.now),
      now: Date.now(),
      timeZone:
        process.env['RINGSIDE_TIME_ZONE'] ?? Intl.DateTimeFormat().resolvedOptions().timeZone,
      importedBy: null,
      mayPlan: () => Promise.resolve(true),
      onApplied: () => Promise.resolve(),
    },
  );
  const bad = answer.bad.map(({ line, why }) =>
    line === 0 ? why : `line ${String(line)}: ${why}`,
  );
  if (answer.import === null)
    throw new Problem(`${path} was not applied; nothing changed.`, ...bad);
  if (answer.already) {
    say(
      `The same was imported on ${new Date(answer.import.importedAt).toISOString()}; nothing changed.`,
    );
    return 0;
  }
  say(`Imported as ${answer.import.id}:`);
  for (const { kind, entries } of answer.kinds) say(`  ${kind}: ${String(entries)}`);
  for (const line of bad) say(`  left out, ${line}`);
  return 0;
};

const show = async (database: Database): Promise<number> => {
  const imports = await listImports(database);
  if (imports.length === 0) say('Nothing was imported.');
  for (const { id, name, importedAt, importedBy, entries } of imports) {
    const when = new Date(importedAt).toISOString();
    say(`${id}  ${when}  ${name}  ${String(entries)} in force  by ${importedBy ?? 'the command'}`);
  }
  return 0;
};

const remove = async (database: Database, id: string): Promise<number> => {
  const found = await findImport(database, { id });
  if (found === null || !(await deleteImport(database, id))) {
    throw new Problem(`There is no import "${id}".`);
  }
  say(`${found.name} is taken back: ${String(found.entries)} entries.`);
  return 0;
};

await runMain(async () => {
  const { values, positionals } = readArguments();
  const [command, what = ''] = positionals;
  if (values.help === true || command === undefined) {
    say(HELP);
    return 0;
  }
  const isKnown = command === 'show' || (what !== '' && /^(?:import|remove)$/u.test(command));
  if (!isKnown) throw notUnderstood(positionals, HELP);
  return withDatabase(values.data, (database) => {
    if (command === 'import') return take(database, what, values);
    if (command === 'remove') return remove(database, what);
    return show(database);
  });
});
