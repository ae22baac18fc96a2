import { randomUUID } from 'node:crypto';
import type {
  DemoCustomerCall,
  FailedLeg,
  HeardParty,
  KeypadPrompt,
  Pbx,
  PbxEvent,
  PbxFailure,
  PbxStatus,
  QueueMember,
  RecordingStart,
} from '../../src/backend/pbx/pbx.ts';
import type { KeypadSurvey } from '../../src/backend/pbx/survey.ts';
import { failure, success, type Result } from '../../src/shared/result.ts';
import { createScriptedSupervision, type ScriptedSupervision } from './scripted-supervision.ts';

type Scripted = Pbx & ScriptedSupervision;

/** A PBX in memory that reports what a test tells it to, and remembers what it was asked for. */
export type ScriptedPbx = Scripted & {
  readonly report: (event: PbxEvent) => void;
  readonly comeBack: () => void;
  readonly goAway: (why: string) => void;
  /** Queue members by `queue extension`. */
  readonly membership: ReadonlyMap<string, QueueMember>;
  /** Membership does not outlive a restart of the PBX. */
  readonly forgetMembers: () => void;
  readonly running: Map<string, RecordingStart>;
  /** Who else is heard, by `extension callKey`. */
  readonly together: Map<string, readonly HeardParty[]>;
  /** Which of them are silent. */
  readonly silent: ReadonlySet<string>;
  /** Everything asked of recording, in order: `start <id>`, `stop <id>`, `silence <id>`, `sound <id>`. */
  readonly recordingLog: readonly string[];
  readonly credentials: ReadonlyMap<string, string>;
  readonly demoCalls: readonly DemoCustomerCall[];
  /** Queues whose callers are asked by keypad. */
  readonly promptQueues: ReadonlySet<string>;
  /** What each call was answered to its wish for a prompt. */
  readonly prompts: ReadonlyMap<string, KeypadPrompt | null>;
  /** Queues whose customers may be asked after a call, and what each call was answered. */
  readonly surveyQueues: ReadonlySet<string>;
  readonly surveys: ReadonlyMap<string, KeypadSurvey | null>;
  /** Every leg that it was asked to end. */
  readonly hangUps: readonly FailedLeg[];
  /** Whose customers hear music, by `extension callKey`. */
  readonly comforted: ReadonlySet<string>;
  /** Extensions with a phone that answers. */
  readonly reachable: Set<string>;
  /** Callers by queue. */
  readonly waiting: Map<string, number>;
  /** The next start of a recording fails like this. */
  failNextRecording: PbxFailure | null;
  /** It will not silence any. */
  failSilence: PbxFailure | null;
  /** How long the PBX takes to confirm. */
  delayMs: number;
  /** Where finished recordings are. */
  recordingPath: string | null;
};

const away: PbxFailure = { code: 'pbx_away', message: 'the PBX cannot be reached' };

export const createScriptedPbx = (now: () => number = Date.now): ScriptedPbx => {
  const listeners = new Set<(event: PbxEvent) => void>();
  const membership = new Map<string, QueueMember>();
  const credentials = new Map<string, string>();
  const running = new Map<string, RecordingStart>();
  const together = new Map<string, readonly HeardParty[]>();
  const silent = new Set<string>();
  const recordingLog: string[] = [];
  const demoCalls: DemoCustomerCall[] = [];
  const hangUps: FailedLeg[] = [];
  const comforted = new Set<string>();
  const promptQueues = new Set<string>();
  const prompts = new Map<string, KeypadPrompt | null>();
  const surveyQueues = new Set<string>();
  const surveys = new Map<string, KeypadSurvey | null>();
  /** When each leg that was reported began, by `extension callKey`. */
  const legs = new Map<string, number>();
  let status: PbxStatus = { state: 'disconnected', why: 'not started', since: now() };

  const report = (event: PbxEvent): void => {
    if (event.kind === 'leg_offered' || event.kind === 'outbound_dialed') {
      legs.set(`${event.extension} ${event.callKey}`, event.at);
    }
    if (event.kind === 'leg_ended') legs.delete(`${event.extension} ${event.callKey}`);
    for (const listener of listeners) listener(event);
    notice(event);
  };

  const answer = async <Value, Why = PbxFailure>(
    work: () => Result<Value, Why>,
  ): Promise<Result<Value, Why | PbxFailure>> => {
    if (pbx.delayMs > 0) await new Promise((done) => setTimeout(done, pbx.delayMs));
    return status.state === 'connected' ? work() : failure(away);
  };

  const { notice, ...joining } = createScriptedSupervision(answer, (event) => report(event), now);

  const pbx: ScriptedPbx = {
    ...joining,
    kind: 'asterisk',
    capabilities: {
      queues: true,
      recording: true,
      demoCustomers: true,
      parking: true,
      supervision: true,
      surveys: true,
    },
    proofExtension: null,
    failNextRecording: null,
    failSilence: null,
    delayMs: 0,
    recordingPath: null,
    membership,
    forgetMembers: () => membership.clear(),
    reachable: new Set<string>(),
    waiting: new Map<string, number>(),
    running,
    together,
    silent,
    recordingLog,
    credentials,
    demoCalls,
    promptQueues,
    prompts,
    surveyQueues,
    surveys,
    hangUps,
    comforted,
    report,
    comeBack: () => {
      status = { state: 'connected', version: '22.0.0' };
      report({ kind: 'connected', at: now(), version: '22.0.0' });
    },
    goAway: (why) => {
      status = { state: 'disconnected', why, since: now() };
      report({ kind: 'disconnected', at: now(), why });
    },
    start: () => {
      pbx.comeBack();
    },
    stop: () => Promise.resolve(),
    status: () => status,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    setMember: (member) =>
      answer(() => {
        membership.set(`${member.queue} ${member.extension}`, member);
        report({ kind: 'member_changed', at: now(), member });
        return success(null);
      }),
    removeMember: (queue, extension) =>
      answer(() => {
        if (membership.delete(`${queue} ${extension}`)) {
          report({ kind: 'member_removed', at: now(), queue, extension });
        }
        return success(null);
      }),
    members: () => answer(() => success([...membership.values()])),
    presence: () =>
      answer(() =>
        success({ reachable: [...pbx.reachable], waiting: Object.fromEntries(pbx.waiting) }),
      ),
    mintCredentials: (extension, lifetimeMs) =>
      answer(() => {
        const password = randomUUID();
        credentials.set(extension, password);
        return success({ username: extension, password, expiresAt: now() + lifetimeMs });
      }),
    challengeForgotten: () => Promise.resolve(),
    revokeCredentials: (extension) =>
      answer(() => {
        credentials.delete(extension);
        return success(null);
      }),
    hangUp: (leg) =>
      answer(() => {
        hangUps.push(leg);
        const { callKey, extension, failedAt } = leg;
        const begunAt = legs.get(`${extension} ${callKey}`);
        const hadCustomer = begunAt !== undefined && begunAt <= failedAt;
        if (hadCustomer) {
          const how = { answered: true, cause: 27 };
          report({ kind: 'leg_ended', at: now(), callKey, extension, ...how });
        }
        return success({ hadCustomer });
      }),
    comfort: (callKey, extension, isOn) =>
      answer(() => {
        if (isOn) comforted.add(`${extension} ${callKey}`);
        else comforted.delete(`${extension} ${callKey}`);
        return success(null);
      }),
    heardWith: (callKey, extension) => together.get(`${extension} ${callKey}`) ?? [],
    startRecording: (start) =>
      answer(() => {
        recordingLog.push(`start ${start.recordingId}`);
        const { failNextRecording } = pbx;
        pbx.failNextRecording = null;
        if (failNextRecording !== null) return failure(failNextRecording);
        running.set(start.recordingId, start);
        return success(null);
      }),
    stopRecording: (_callKey, recordingId) =>
      answer(() => {
        recordingLog.push(`stop ${recordingId}`);
        running.delete(recordingId);
        silent.delete(recordingId);
        return success(null);
      }),
    silenceRecording: (recordingId, isSilent) =>
      answer(() => {
        recordingLog.push(`${isSilent ? 'silence' : 'sound'} ${recordingId}`);
        if (pbx.failSilence !== null) return failure(pbx.failSilence);
        if (!running.has(recordingId)) {
          return failure<PbxFailure>({ code: 'no_such_call', message: 'it does not run' });
        }
        if (isSilent) silent.add(recordingId);
        else silent.delete(recordingId);
        return success(null);
      }),
    runningRecordings: () =>
      answer(() =>
        success(
          [...running.values()].map(({ callKey, recordingId }) => ({ callKey, recordingId })),
        ),
      ),
    recordingFile: () =>
      answer(() =>
        pbx.recordingPath === null
          ? failure<PbxFailure>({ code: 'no_such_call', message: 'there is no such recording' })
          : success(pbx.recordingPath),
      ),
    setPromptQueue: (queue, isOn) =>
      answer(() => {
        if (isOn) promptQueues.add(queue);
        else promptQueues.delete(queue);
        return success(null);
      }),
    playPrompt: (callKey, prompt) =>
      answer(() => {
        prompts.set(callKey, prompt);
        return success(null);
      }),
    setSurveyQueue: (queue, isOn) =>
      answer(() => {
        if (isOn) surveyQueues.add(queue);
        else surveyQueues.delete(queue);
        return success(null);
      }),
    playSurvey: (callKey, survey) =>
      answer(() => {
        surveys.set(callKey, survey);
        return success(null);
      }),
    callDemoCustomer: (call) =>
      answer(() => {
        demoCalls.push(call);
        return success(randomUUID());
      }),
  };
  return pbx;
};
