import { randomBytes } from 'node:crypto';
import { failure, success, type Result } from '../../../shared/result.ts';
import type { Database, Transaction } from '../../database/database.ts';
import type { MintId } from '../../identifiers.ts';
import { hashPassword } from '../accounts/password.ts';
import { savePlaces } from '../consent/places-centre.ts';
import { guidanceProblems, saveGuidance } from '../guidance/guidance-centre.ts';
import { saveCallLogs } from '../deeds/call-centre.ts';
import { saveDeedKeeping } from '../deeds/deed-keeping.ts';
import { saveCallBackRules } from '../call-backs/call-back-centre.ts';
import { saveHelp } from '../help/help-centre.ts';
import { saveListeningPolicy } from '../listening/listening-access.ts';
import { saveSummaries } from '../summaries/summary-centre.ts';
import { saveSurveys } from '../surveys/survey-centre.ts';
import { saveLineKeeping } from '../line-quality/line-keeping.ts';
import { saveShiftCheckRules } from '../shift-checks/shift-check-centre.ts';
import { saveSupervisionPolicy } from '../supervision/supervision-centre.ts';
import { qualityProblems, saveQualityForms } from '../quality/quality-centre.ts';
import { saveWrapUps, wrapUpProblems } from '../wrap-up/wrap-up-centre.ts';
import { saveMissedRules } from '../missed/missed-centre.ts';
import { savePaymentRules } from '../payment/payment-centre.ts';
import { saveQueueRecordings } from '../recording/recording-centre.ts';
import { saveServiceRecording } from '../telephony/service-recording.ts';
import { saveKeypads } from '../telephony/keypad-centre.ts';
import { saveServiceLevels } from '../reports/service-level-centre.ts';
import type { Centre } from './centre-file.ts';

/** What an application of a centre came to. */
export type Applied = {
  /** User names that are new and need a password before they can sign in. */
  readonly newUsers: readonly string[];
};

class Contradiction extends Error {}

type Names = { readonly queues: ReadonlySet<string>; readonly teams: ReadonlySet<string> };

const knownNames = async (transaction: Transaction): Promise<Names> => {
  type Named = { readonly name: string };
  const queues = await transaction.query<Named>('SELECT name FROM queues');
  const teams = await transaction.query<Named>('SELECT name FROM teams');
  const namesOf = (rows: readonly Named[]) => new Set(rows.map(({ name }) => name));
  return { queues: namesOf(queues), teams: namesOf(teams) };
};

const saveTeams = async (transaction: Transaction, teams: Centre['teams']): Promise<void> => {
  for (const [position, { name, label }] of (teams ?? []).entries()) {
    await transaction.query(
      `INSERT INTO teams (name, label, position) VALUES ($1, $2, $3)
       ON CONFLICT (name) DO UPDATE SET label = excluded.label, position = excluded.position`,
      [name, label, position],
    );
  }
};

const saveQueues = async (transaction: Transaction, queues: Centre['queues']): Promise<void> => {
  for (const [position, queue] of (queues ?? []).entries()) {
    await transaction.query(
      `INSERT INTO queues (name, label, position, target_handle_ms, auto_answer)
       VALUES ($1, $2, $3, $4, $5)
       ON CONFLICT (name) DO UPDATE SET label = excluded.label, position = excluded.position,
         target_handle_ms = excluded.target_handle_ms, auto_answer = excluded.auto_answer`,
      [
        queue.name,
        queue.label,
        position,
        queue.targetHandleSeconds * 1_000,
        queue.autoAnswer ?? false,
      ],
    );
  }
};

const saveReasons = async (
  transaction: Transaction,
  reasons: Centre['notReadyReasons'],
): Promise<void> => {
  for (const [position, reason] of (reasons ?? []).entries()) {
    await transaction.query(
      `INSERT INTO not_ready_reasons (code, label, position, active, paid, maximum_minutes, roles, teams, fits)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
       ON CONFLICT (code) DO UPDATE SET (label, position, active, paid, maximum_minutes, roles, teams, fits)
         = ROW (excluded.label, excluded.position, excluded.active, excluded.paid,
             excluded.maximum_minutes, excluded.roles, excluded.teams, excluded.fits)`,
      [
        reason.code,
        reason.label,
        position,
        reason.active ?? true,
        reason.paid ?? true,
        reason.maximumMinutes ?? null,
        reason.roles ?? [],
        reason.teams ?? [],
        reason.fits ?? null,
      ],
    );
  }
};

const saveCodes = async (transaction: Transaction, codes: Centre['wrapUpCodes']): Promise<void> => {
  for (const [position, { code, label, queue, active }] of (codes ?? []).entries()) {
    await transaction.query(
      `INSERT INTO wrap_up_codes (code, label, queue, position, active) VALUES ($1, $2, $3, $4, $5)
       ON CONFLICT (code) DO UPDATE SET label = excluded.label, queue = excluded.queue,
         position = excluded.position, active = excluded.active`,
      [code, label, queue ?? null, position, active ?? true],
    );
  }
};

const saveUsers = async (
  transaction: Transaction,
  users: Centre['users'],
  mintId: MintId,
): Promise<readonly string[]> => {
  const newUsers: string[] = [];
  for (const user of users ?? []) {
    const [other] = await transaction.query<{ readonly username: string }>(
      'SELECT username FROM users WHERE extension = $1 AND username <> $2',
      [user.extension, user.username],
    );
    if (other !== undefined) {
      throw new Contradiction(
        `users: the extension ${user.extension} of "${user.username}" is that of "${other.username}"`,
      );
    }
    const [known] = await transaction.query<{ readonly id: string }>(
      'SELECT id FROM users WHERE username = $1',
      [user.username],
    );
    const id = known?.id ?? mintId();
    const { username, name, role, extension, team, active } = user;
    if (known === undefined) {
      newUsers.push(username);
      // A password that nobody knows, until one is set.
      const hash = await hashPassword(randomBytes(32).toString('base64url'));
      await transaction.query(
        `INSERT INTO users (id, username, name, role, extension, password_hash, active, team)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
        [id, username, name, role, extension, hash, active ?? true, team ?? null],
      );
    } else {
      await transaction.query(
        `UPDATE users SET name = $2, role = $3, extension = $4, active = $5, team = $6
         WHERE id = $1`,
        [id, name, role, extension, active ?? true, team ?? null],
      );
    }
    await transaction.query('DELETE FROM queue_agents WHERE user_id = $1', [id]);
    // What a supervisor set for today gives way to the centre's own word.
    await transaction.query('DELETE FROM queues_for_today WHERE agent_id = $1', [id]);
    for (const queue of new Set(user.queues)) {
      await transaction.query('INSERT INTO queue_agents (queue, user_id) VALUES ($1, $2)', [
        queue,
        id,
      ]);
    }
  }
  return newUsers;
};

const unknownNames = (centre: Centre, known: Names): readonly string[] => [
  ...(centre.users ?? []).flatMap(({ username, queues }) =>
    queues
      .filter((queue) => !known.queues.has(queue))
      .map((queue) => `users: "${username}" serves "${queue}", which is no queue`),
  ),
  ...(centre.users ?? []).flatMap(({ username, team }) =>
    team === undefined || known.teams.has(team)
      ? []
      : [`users: "${username}" is of "${team}", which is no team`],
  ),
  ...(centre.notReadyReasons ?? []).flatMap(({ code, teams }) =>
    (teams ?? [])
      .filter((team) => !known.teams.has(team))
      .map((team) => `notReadyReasons: "${code}" is for "${team}", which is no team`),
  ),
  ...(centre.wrapUpCodes ?? []).flatMap(({ code, queue }) =>
    queue === undefined || known.queues.has(queue)
      ? []
      : [`wrapUpCodes: "${code}" is for "${queue}", which is no queue`],
  ),
];

/**
 * Makes the database say what the centre says, all of it or nothing. What the centre does not mention stays as it is:
 * nobody, no queue and no team is ever deleted, since contacts refer to them.
 */
export const applyCentre = async (
  database: Database,
  centre: Centre,
  mintId: MintId,
): Promise<Result<Applied, readonly string[]>> => {
  try {
    return await database.transaction(async (transaction) => {
      await saveQueues(transaction, centre.queues);
      await saveTeams(transaction, centre.teams);
      const names = await knownNames(transaction);
      const { qualityForms = [] } = centre;
      const unknown = [
        ...unknownNames(centre, names),
        ...qualityProblems(qualityForms, names.queues),
      ];
      if (unknown.length > 0) throw new Contradiction(unknown.join('\n'));
      await saveReasons(transaction, centre.notReadyReasons);
      await saveMissedRules(transaction, centre);
      await savePaymentRules(transaction, centre);
      await saveServiceRecording(transaction, centre);
      await saveListeningPolicy(transaction, centre);
      await saveSummaries(transaction, centre);
      await saveSupervisionPolicy(transaction, centre);
      await saveShiftCheckRules(transaction, centre);
      await saveLineKeeping(transaction, centre);
      await saveCallLogs(transaction, centre);
      await saveDeedKeeping(transaction, centre);
      await saveHelp(transaction, centre);
      await saveGuidance(transaction, centre);
      await saveCallBackRules(transaction, centre);
      await saveQualityForms(transaction, qualityForms);
      await saveCodes(transaction, centre.wrapUpCodes);
      const { queues = [], wrapUpCodes = [] } = centre;
      await saveWrapUps(transaction, queues, wrapUpCodes);
      await saveServiceLevels(transaction, queues);
      await saveQueueRecordings(transaction, queues);
      await saveKeypads(transaction, queues);
      await saveSurveys(transaction, queues);
      const unfit = [
        ...(await wrapUpProblems(transaction, queues, wrapUpCodes)),
        ...(await guidanceProblems(transaction, centre, names)),
      ];
      if (unfit.length > 0) throw new Contradiction(unfit.join('\n'));
      const newUsers = await saveUsers(transaction, centre.users, mintId);
      await savePlaces(transaction, centre);
      return success({ newUsers });
    });
  } catch (error) {
    // Thrown to roll back.
    if (error instanceof Contradiction) return failure(error.message.split('\n'));
    throw error;
  }
};

/** False: there is no such user. */
export const setPassword = async (
  database: Database,
  username: string,
  password: string,
): Promise<boolean> =>
  (
    await database.query<{ readonly id: string }>(
      'UPDATE users SET password_hash = $2, demo_password = NULL WHERE username = $1 RETURNING id',
      [username, await hashPassword(password)],
    )
  ).length > 0;
