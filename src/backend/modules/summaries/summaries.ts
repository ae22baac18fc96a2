import { mkdir, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Summaries as SummaryList, ReportSheet } from '../../../shared/api/report-sheet.ts';
import { lastDue, type SummaryDue } from './summary-due.ts';
import type { User } from '../../../shared/api/records.ts';
import type { Now } from '../../clock.ts';
import type { Database } from '../../database/database.ts';
import type { Log } from '../../log.ts';
import { teamOf } from '../accounts/accounts-repository.ts';
import { sightOfTeam } from '../reports/report-sight.ts';
import type { ReportSheets } from '../reports/report-sheet.ts';
import { readSummaries, type SummaryGiven } from './summary-centre.ts';
import type { Mailer, Sent } from './summary-mail.ts';
import { summaryText, type SummaryText } from './summary-text.ts';

/** Sends and writes what is due. Of several backends one does it: each summary is claimed before it is made. */
export type Summaries = {
  readonly start: () => void;
  readonly stop: () => Promise<void>;
  /** Everything that is due now; resolves when it is done or another backend does it. */
  readonly run: () => Promise<void>;
  /** Those that this user may know of: a supervisor of a team those of that team. */
  readonly list: (user: User) => Promise<SummaryList>;
};

type Needs = {
  readonly database: Database;
  readonly sheets: Pick<ReportSheets, 'seenBy'>;
  /** null: no mail server is set. */
  readonly mailer: Mailer | null;
  readonly folder: string;
  readonly now: Now;
  readonly timeZone: string;
  readonly log: Log;
};

type Claim = { readonly tries: number; readonly wentTo: readonly string[] };

const minuteMs = 60_000;
/** Longer than any clock is wrong, and than a slow mail server takes. */
const leaseMs = 10 * minuteMs;
const triesAtMost = 20;
/** What was due before is old news. */
const oldMs = 3 * 24 * 60 * minuteMs;
const listed = 50;

export const createSummaries = (needs: Needs): Summaries => {
  const { database, sheets, mailer, folder, now, timeZone, log } = needs;
  let timer: NodeJS.Timeout | null = null;
  let running: Promise<void> = Promise.resolve();
  let stopped = false;

  /** null: it is another's, done, or given up. */
  const claim = async (name: string, due: SummaryDue): Promise<Claim | null> => {
    const at = now();
    const [row] = await database.query<Claim>(
      `INSERT INTO summaries (name, period, due_at, claimed_until) VALUES ($1, $2, $3, $4)
       ON CONFLICT (name, period) DO UPDATE
         SET claimed_until = excluded.claimed_until, tries = summaries.tries + 1
         WHERE summaries.done_at IS NULL AND summaries.claimed_until <= $5 AND summaries.tries < $6
       RETURNING tries, went_to AS "wentTo"`,
      [name, due.dates.from, due.dueAt, at + leaseMs, at, triesAtMost],
    );
    return row ?? null;
  };

  const sheetOf = async (
    { team, every }: SummaryGiven,
    { dates }: SummaryDue,
    by: 'queue' | 'agent',
  ): Promise<ReportSheet> => {
    const answer = await sheets.seenBy(await sightOfTeam(database, team ?? null, by), {
      ...{ period: 'days', ...dates, by, view: 'ringside' },
      interval: every === 'day' ? '60' : 'day',
    });
    if (!answer.ok) throw new Error(answer.why.message);
    return answer.value;
  };

  const write = async (name: string, period: string, { html }: SummaryText): Promise<string> => {
    const file = `${name}-${period}.html`;
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const path = join(folder, file);
    // Whole or not at all, whoever looks at it meanwhile.
    await writeFile(`${path}.part`, html, { mode: 0o600 });
    await rename(`${path}.part`, path);
    return file;
  };

  /** Whoever has it already gets no second letter. */
  const make = async (
    given: SummaryGiven,
    due: SummaryDue,
    before: readonly string[],
  ): Promise<{ readonly wentTo: readonly string[]; readonly problem: string | null }> => {
    const { name, every, language = 'en', mail = [], file = false } = given;
    const period = due.dates.from;
    const queues = await sheetOf(given, due, 'queue');
    const agents = await sheetOf(given, due, 'agent');
    const text = summaryText({ every, language, queues, agents });
    const written = file ? [await write(name, period, text)] : [];
    const to = mail.filter((address) => !before.includes(address));
    const sent: Sent =
      to.length === 0
        ? { taken: [], problem: null }
        : mailer === null
          ? { taken: [], problem: 'no mail server is set (RINGSIDE_SMTP_URL)' }
          : await mailer({ ...text, to, id: `${name} ${period}` });
    return {
      wentTo: [...new Set([...before, ...sent.taken, ...written])],
      problem: sent.problem,
    };
  };

  const sendOne = async (given: SummaryGiven): Promise<void> => {
    const { name } = given;
    const due = lastDue(given, now(), timeZone);
    if (now() - due.dueAt > oldMs) return;
    const claimed = await claim(name, due);
    if (claimed === null) return;
    const { tries, wentTo: before } = claimed;
    const { from: period } = due.dates;
    const made = await make(given, due, before).catch((error: unknown) => ({
      wentTo: before,
      problem: error instanceof Error ? error.message : 'it failed',
    }));
    const { wentTo, problem } = made;
    if (problem === null) log.info({ summary: name, period }, 'a summary went out');
    else log.warn({ summary: name, period, problem, tries }, 'a summary did not go out');
    await database.query(
      `UPDATE summaries SET went_to = $3, problem = $4, done_at = $5, claimed_until = $6
       WHERE name = $1 AND period = $2`,
      [
        ...[name, period, wentTo, (problem ?? '').slice(0, 500)],
        ...[problem === null ? now() : null, now() + tries * minuteMs],
      ],
    );
  };

  /** null: all of them. */
  const namesFor = async (user: User): Promise<readonly string[] | null> => {
    const team = user.role === 'administrator' ? null : await teamOf(database, user.id);
    if (team === null) return null;
    return (await readSummaries(database))
      .filter((given) => given.team === team)
      .map(({ name }) => name);
  };

  const runAll = async (): Promise<void> => {
    for (const given of await readSummaries(database)) {
      if (stopped) return;
      await sendOne(given);
    }
  };

  const run = (): Promise<void> => {
    running = running.then(runAll, runAll);
    return running;
  };

  const rest = (): void => {
    if (stopped) return;
    timer = setTimeout(() => {
      run()
        .catch((error: unknown) => {
          log.warn({ error }, 'summaries were not looked after; they are in a minute');
        })
        .finally(rest);
    }, minuteMs);
    timer.unref();
  };

  return {
    start: () => {
      if (timer === null) rest();
    },
    run,
    stop: async () => {
      stopped = true;
      if (timer !== null) clearTimeout(timer);
      await running.catch(() => undefined);
    },
    list: async (user) => ({
      summaries: [
        ...(await database.query<SummaryList['summaries'][number]>(
          `SELECT name, period, due_at AS "dueAt", done_at AS "doneAt", went_to AS "wentTo", problem
           FROM summaries WHERE $2::text[] IS NULL OR name = ANY($2::text[])
           ORDER BY due_at DESC, name LIMIT $1`,
          [listed, await namesFor(user)],
        )),
      ],
    }),
  };
};
