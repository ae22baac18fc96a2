import type { Label, Role } from '../../../shared/api/records.ts';
import type { Database } from '../../database/database.ts';
import { showPlaces } from '../consent/places-centre.ts';
import { showGuidance } from '../guidance/guidance-centre.ts';
import { showCallLogs } from '../deeds/call-centre.ts';
import { showDeedKeeping } from '../deeds/deed-keeping.ts';
import { showCallBackRules } from '../call-backs/call-back-centre.ts';
import { showHelp } from '../help/help-centre.ts';
import { showListeningPolicy } from '../listening/listening-access.ts';
import { showLineKeeping } from '../line-quality/line-keeping.ts';
import { showShiftCheckRules } from '../shift-checks/shift-check-centre.ts';
import { showSupervisionPolicy } from '../supervision/supervision-centre.ts';
import { showMissedRules } from '../missed/missed-centre.ts';
import { showPaymentRules } from '../payment/payment-centre.ts';
import { showQualityForms } from '../quality/quality-centre.ts';
import { showQueueRecordings } from '../recording/recording-centre.ts';
import { showServiceRecording } from '../telephony/service-recording.ts';
import { showKeypads } from '../telephony/keypad-centre.ts';
import { showServiceLevels } from '../reports/service-level-centre.ts';
import { showSurveys } from '../surveys/survey-centre.ts';
import { showSummaries } from '../summaries/summary-centre.ts';
import { showWrapUps } from '../wrap-up/wrap-up-centre.ts';
import type { Centre } from './centre-file.ts';

/** The centre as the database has it, in the form that `applyCentre` takes. */
export const showCentre = async (database: Database): Promise<Centre> => {
  const [
    teams,
    queues,
    users,
    notReadyReasons,
    wrapUpCodes,
    wrapUps,
    serviceLevels,
    recordings,
    keypads,
    surveys,
    places,
    checks,
    guidance,
  ] = await Promise.all([
    database.query<{ readonly name: string; readonly label: Label }>(
      'SELECT name, label FROM teams ORDER BY position, name',
    ),
    database.query<{
      readonly name: string;
      readonly label: Label;
      readonly targetHandleSeconds: number;
      readonly autoAnswer: boolean;
    }>(
      `SELECT name, label, target_handle_ms / 1000 AS "targetHandleSeconds",
         auto_answer AS "autoAnswer"
       FROM queues ORDER BY position, name`,
    ),
    database.query<{
      readonly username: string;
      readonly name: string;
      readonly role: Role;
      readonly extension: string;
      readonly queues: readonly string[];
      readonly team: string | null;
      readonly active: boolean;
    }>(
      `SELECT u.username, u.name, u.role, u.extension, u.active, u.team,
         coalesce((SELECT usual FROM queues_for_today WHERE agent_id = u.id),
           ARRAY(SELECT queue FROM queue_agents WHERE user_id = u.id ORDER BY queue)) AS queues
       FROM users u ORDER BY u.extension`,
    ),
    database.query<{
      readonly code: string;
      readonly label: Label;
      readonly paid: boolean;
      readonly maximumMinutes: number | null;
      readonly roles: readonly Role[];
      readonly teams: readonly string[];
      readonly fits: NonNullable<Centre['notReadyReasons']>[number]['fits'] | null;
      readonly active: boolean;
    }>(
      `SELECT code, label, paid, maximum_minutes AS "maximumMinutes", roles, teams, fits,
         active
       FROM not_ready_reasons ORDER BY position, code`,
    ),
    database.query<{
      readonly code: string;
      readonly label: Label;
      readonly queue: string | null;
      readonly parent: string | null;
      readonly active: boolean;
    }>('SELECT code, label, queue, parent, active FROM wrap_up_codes ORDER BY position, code'),
    showWrapUps(database),
    showServiceLevels(database),
    showQueueRecordings(database),
    showKeypads(database),
    showSurveys(database),
    showPlaces(database),
    showShiftCheckRules(database),
    showGuidance(database),
  ]);
  return {
    ...(await showMissedRules(database)),
    ...(await showPaymentRules(database)),
    ...(await showServiceRecording(database)),
    ...(await showListeningPolicy(database)),
    ...(await showSummaries(database)),
    ...(await showSupervisionPolicy(database)),
    ...(await showCallLogs(database)),
    ...(await showDeedKeeping(database)),
    ...(await showHelp(database)),
    ...(await showCallBackRules(database)),
    ...(await showLineKeeping(database)),
    ...(await showQualityForms(database)),
    ...places.centre,
    ...checks.centre,
    ...guidance.centre,
    teams: teams.map((team) => ({
      ...team,
      ...places.ofTeam(team.name),
      ...checks.ofTeam(team.name),
    })),
    queues: queues.map((queue) => {
      const wrapUp = wrapUps.get(queue.name);
      const serviceLevel = serviceLevels.get(queue.name);
      const recording = recordings.get(queue.name);
      const keypadPrompt = keypads.get(queue.name);
      const survey = surveys.get(queue.name);
      return {
        ...queue,
        ...(wrapUp === undefined ? {} : { wrapUp }),
        ...(serviceLevel === undefined ? {} : { serviceLevel }),
        ...(recording === undefined ? {} : { recording }),
        ...(keypadPrompt === undefined ? {} : { keypadPrompt }),
        ...guidance.ofQueue(queue.name),
        ...(survey === undefined ? {} : { survey }),
      };
    }),
    users: users.map(({ team, ...user }) => ({
      ...user,
      ...(team === null ? {} : { team }),
      ...places.ofUser(user.username),
    })),
    notReadyReasons: notReadyReasons.map(({ maximumMinutes, fits, ...reason }) => ({
      ...reason,
      ...(maximumMinutes === null ? {} : { maximumMinutes }),
      ...(fits === null || fits === undefined ? {} : { fits }),
    })),
    wrapUpCodes: wrapUpCodes.map(({ queue, parent, ...code }) => ({
      ...code,
      ...(queue === null ? {} : { queue }),
      ...(parent === null ? {} : { parent }),
    })),
  };
};
