import { Type, type Static } from 'typebox';
import { Value } from 'typebox/value';
import { labelSchema, roleSchema } from '../../../shared/api/records.ts';
import type { Immutable } from '../../../shared/immutable.ts';
import { isSystemReason } from '../../../shared/domain/agent/agent.ts';
import { failure, success, type Result } from '../../../shared/result.ts';
import { queueRecordingSchema } from '../recording/recording-centre.ts';
import {
  guidanceCentreShape,
  guidanceContradictions,
  queueGuidanceShape,
} from '../guidance/guidance-centre.ts';
import { callLogsCentreSchema } from '../deeds/call-centre.ts';
import { outboxCentreSchema } from '../deeds/deed-keeping.ts';
import { callBackCentreSchema, callBackContradictions } from '../call-backs/call-back-centre.ts';
import { helpCentreSchema, helpContradictions } from '../help/help-centre.ts';
import { listeningPolicySchema } from '../listening/listening-access.ts';
import { qualityContradictions, qualityFormGivenSchema } from '../quality/quality-centre.ts';
import { paymentCentreSchema, paymentContradictions } from '../payment/payment-centre.ts';
import { placeContradictions, workPlaceSchema } from '../consent/places-centre.ts';
import { checkConditionSchema } from '../../../shared/api/shift-checks.ts';
import { lineEvidenceCentreSchema } from '../line-quality/line-keeping.ts';
import { shiftCheckCentreSchema } from '../shift-checks/shift-check-centre.ts';
import { supervisionPolicySchema } from '../supervision/supervision-centre.ts';
import { queueServiceLevelSchema } from '../reports/service-level-centre.ts';
import { summaryContradictions, summaryGivenSchema } from '../summaries/summary-centre.ts';
import { queueSurveySchema, surveyContradictions } from '../surveys/survey-centre.ts';
import { queueKeypadSchema } from '../telephony/keypad-centre.ts';
import { queueWrapUpSchema, wrapUpContradictions } from '../wrap-up/wrap-up-centre.ts';

/** A contact centre as its administrator writes it down: who works here, which queues there are, what can be said. */

const strict = { additionalProperties: false } as const;
const code = Type.String({ pattern: '^[a-z0-9_]{1,64}$' });
/** As the PBX names it. */
const queueName = Type.String({ pattern: '^[A-Za-z0-9_-]{1,64}$' });

const centreSchema = Type.Object(
  {
    /** So many calls in a row that an agent lets ring take the agent out of the queues; 2 unless said otherwise. */
    missesBeforeNotReady: Type.Optional(Type.Integer({ minimum: 1, maximum: 20 })),
    /** How cards are taken; absent: as it is. */
    payment: Type.Optional(paymentCentreSchema),
    /** At a plain SIP service phones say `Record: on` and `off` (INFO), as the decision is; absent: they do not. */
    recordingByService: Type.Optional(Type.Boolean()),
    /** Absent: as it was, which is as usual unless said before. */
    listening: Type.Optional(listeningPolicySchema),
    /** What is sent or written by itself; absent: as it was, which is nothing unless said before. */
    summaries: Type.Optional(Type.Array(summaryGivenSchema, { maxItems: 50 })),
    /** How calls are written in other systems; absent: as it was, in English unless said before. */
    callLogs: Type.Optional(callLogsCentreSchema),
    /** What is kept of what was written in other systems; absent: as it was, a year unless said before. */
    outbox: Type.Optional(outboxCentreSchema),
    /** How often and when customers are called back; absent: as it was, which is as usual unless said before. */
    callBacks: Type.Optional(callBackCentreSchema),
    /** Pages that help; absent: as it was. */
    help: Type.Optional(helpCentreSchema),
    /** What agents are told of supervisors on their calls; null: what the place asks for. Absent: as it was. */
    supervision: Type.Optional(Type.Union([supervisionPolicySchema, Type.Null()])),
    /** The check before a shift; absent: as it was, which is asked of nobody unless said before. */
    shiftCheck: Type.Optional(shiftCheckCentreSchema),
    /** What is kept of the sound of calls; absent: as it was, a year unless said before. */
    lineEvidence: Type.Optional(lineEvidenceCentreSchema),
    /** Where people work of whom and of whose team nothing else is said; absent: as it was, or nobody knows. */
    place: Type.Optional(workPlaceSchema),
    teams: Type.Optional(
      Type.Array(
        Type.Object(
          {
            name: code,
            label: labelSchema,
            place: Type.Optional(workPlaceSchema),
            /** Whether the check before a shift is asked of this team; absent: as the centre has it. */
            shiftCheck: Type.Optional(checkConditionSchema),
          },
          strict,
        ),
      ),
    ),
    queues: Type.Optional(
      Type.Array(
        Type.Object(
          {
            name: queueName,
            label: labelSchema,
            targetHandleSeconds: Type.Integer({ minimum: 1, maximum: 86_400 }),
            /** Calls of this queue are answered by themselves. */
            autoAnswer: Type.Optional(Type.Boolean()),
            /** Absent: ended by the agent, with one code. */
            wrapUp: Type.Optional(queueWrapUpSchema),
            /** Absent: as usual, 20 s, 5 s and 7 days. */
            serviceLevel: Type.Optional(queueServiceLevelSchema),
            /** Absent: recorded once the customer agreed, and kept. */
            recording: Type.Optional(queueRecordingSchema),
            /** Absent: callers are not asked about recording before they wait. */
            keypadPrompt: Type.Optional(queueKeypadSchema),
            ...queueGuidanceShape,
            /** Absent: customers are not asked what they think of a call. */
            survey: Type.Optional(queueSurveySchema),
          },
          strict,
        ),
      ),
    ),
    users: Type.Optional(
      Type.Array(
        Type.Object(
          {
            username: Type.String({ pattern: '^[a-z0-9._@-]{1,64}$' }),
            name: Type.String({ minLength: 1, maxLength: 128 }),
            role: roleSchema,
            extension: Type.String({ pattern: '^[0-9]{2,6}$' }),
            /** The queues that they serve; none of them: `[]`. */
            queues: Type.Array(queueName),
            /** Absent: of no team. A supervisor of a team acts on that team alone. */
            team: Type.Optional(code),
            /** Where they work; absent: as their team, or as the centre. */
            place: Type.Optional(workPlaceSchema),
            /** false: can no longer sign in; what they did stays. */
            active: Type.Optional(Type.Boolean()),
          },
          strict,
        ),
      ),
    ),
    notReadyReasons: Type.Optional(
      Type.Array(
        Type.Object(
          {
            code,
            label: labelSchema,
            /** false: not paid; absent: paid. */
            paid: Type.Optional(Type.Boolean()),
            /** Absent: as long as it takes. */
            maximumMinutes: Type.Optional(Type.Integer({ minimum: 1, maximum: 1_440 })),
            /** Who may use it; both absent or empty: everybody. */
            roles: Type.Optional(Type.Array(roleSchema)),
            teams: Type.Optional(Type.Array(code)),
            /** What it is meant for in a schedule, the first foremost; absent: its code tells. */
            fits: Type.Optional(Type.Array(Type.Enum(['break', 'meal', 'meeting', 'training']))),
            active: Type.Optional(Type.Boolean()),
          },
          strict,
        ),
      ),
    ),
    ...guidanceCentreShape,
    /** On which supervisors score conversations. */
    qualityForms: Type.Optional(Type.Array(qualityFormGivenSchema, { maxItems: 50 })),
    wrapUpCodes: Type.Optional(
      Type.Array(
        Type.Object(
          {
            code,
            label: labelSchema,
            /** Absent: for every queue. */
            queue: Type.Optional(queueName),
            /** The group that it stands in; a code in which others stand cannot be chosen itself. */
            parent: Type.Optional(code),
            active: Type.Optional(Type.Boolean()),
          },
          strict,
        ),
      ),
    ),
  },
  strict,
);

export type Centre = Immutable<Static<typeof centreSchema>>;

const twice = (values: readonly string[]): readonly string[] => [
  ...new Set(values.filter((value, at) => values.indexOf(value) !== at)),
];

/** What the schema cannot say: names that stand twice. */
const contradictions = ({
  teams,
  queues,
  users,
  notReadyReasons,
  wrapUpCodes,
}: Centre): string[] => {
  const lists: readonly (readonly [string, readonly string[]])[] = [
    ['teams: the name', (teams ?? []).map(({ name }) => name)],
    ['queues: the name', (queues ?? []).map(({ name }) => name)],
    ['users: the user name', (users ?? []).map(({ username }) => username)],
    ['users: the extension', (users ?? []).map(({ extension }) => extension)],
    ['notReadyReasons: the code', (notReadyReasons ?? []).map((reason) => reason.code)],
    ['wrapUpCodes: the code', (wrapUpCodes ?? []).map((wrapUp) => wrapUp.code)],
  ];
  return [
    ...lists.flatMap(([what, values]) =>
      twice(values).map((value) => `${what} "${value}" stands there twice`),
    ),
    ...(notReadyReasons ?? [])
      .filter((reason) => isSystemReason(reason.code))
      .map(
        ({ code: taken }) => `notReadyReasons: "${taken}" is a reason that only the system gives`,
      ),
  ];
};

/** The centre in a text, or everything that is wrong with it, each line naming its place. */
export const readCentre = (text: string): Result<Centre, readonly string[]> => {
  let content: unknown;
  try {
    content = JSON.parse(text);
  } catch (error) {
    return failure([`it is no JSON: ${error instanceof Error ? error.message : String(error)}`]);
  }
  if (!Value.Check(centreSchema, content)) {
    return failure(
      Value.Errors(centreSchema, content).map(
        ({ instancePath, message }) => `${instancePath === '' ? '/' : instancePath} ${message}`,
      ),
    );
  }
  const problems = [
    ...contradictions(content),
    ...placeContradictions(content),
    ...wrapUpContradictions(content.queues ?? []),
    ...surveyContradictions(content.queues ?? []),
    ...paymentContradictions(content),
    ...summaryContradictions(content),
    ...helpContradictions(content),
    ...guidanceContradictions(content),
    ...callBackContradictions(content),
    ...qualityContradictions(content.qualityForms ?? []),
  ];
  return problems.length === 0 ? success(content) : failure(problems);
};
