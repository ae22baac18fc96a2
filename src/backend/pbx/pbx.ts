import type { LegCount } from '../../shared/domain/line-quality/verdict.ts';
import type { SupervisionMode } from '../../shared/domain/supervision/join.ts';
import type { Result } from '../../shared/result.ts';
import type {
  JoinOrder,
  PhoneFailure,
  RunningJoin,
  SupervisionEvent,
  TakeOver,
} from './supervision.ts';
import type { KeypadSurvey, SurveyEvent } from './survey.ts';

/** The PBX's own name for a call as a whole, or the one that the client minted for an outbound call. */
export type CallKey = string;

export type PbxStatus =
  | { readonly state: 'connected'; readonly version: string }
  | { readonly state: 'disconnected'; readonly why: string; readonly since: number }
  | { readonly state: 'absent' };

/**
 * What the PBX reports of calls, in the words of the field. `at` is epoch ms of the server's clock when the report
 * arrived. `extension` is the agent's. An agent's part in a call is one leg, told once, also while a second line of the
 * same call asks a colleague: it ends when the agent has no line in the call any more.
 */
export type PbxEvent =
  | SupervisionEvent
  | SurveyEvent
  /**
   * The adapter's view is in line with the PBX again. What changed meanwhile follows at once as the usual events (a
   * call that is gone as leg_ended and call_ended, one that is new as queue_entered, leg_offered, leg_answered). Queue
   * membership does not outlive a restart of the PBX: set it again.
   */
  | { readonly kind: 'connected'; readonly at: number; readonly version: string }
  | { readonly kind: 'disconnected'; readonly at: number; readonly why: string }
  | {
      readonly kind: 'queue_entered';
      readonly at: number;
      readonly callKey: CallKey;
      readonly queue: string;
      readonly remoteNumber: string;
      readonly remoteName: string;
    }
  | {
      readonly kind: 'queue_left';
      readonly at: number;
      readonly callKey: CallKey;
      readonly queue: string;
      readonly how: 'answered' | 'abandoned' | 'timed_out';
    }
  | {
      readonly kind: 'leg_offered';
      readonly at: number;
      readonly callKey: CallKey;
      readonly extension: string;
      /** null for a direct call. */
      readonly queue: string | null;
      readonly remoteNumber: string;
      readonly remoteName: string;
      /** A colleague asks about the customer: this agent does not hear the customer until `customer_joined`. */
      readonly consult?: boolean;
      /** The agent takes a customer who was parked. */
      readonly pickUp?: boolean;
    }
  /** The colleague who was asked has the customer from now on. */
  | {
      readonly kind: 'customer_joined';
      readonly at: number;
      readonly callKey: CallKey;
      readonly extension: string;
    }
  /** The agent has the customer no longer, and a colleague on the line still. */
  | {
      readonly kind: 'customer_left';
      readonly at: number;
      readonly callKey: CallKey;
      readonly extension: string;
    }
  | {
      readonly kind: 'leg_answered';
      readonly at: number;
      readonly callKey: CallKey;
      readonly extension: string;
    }
  | {
      readonly kind: 'leg_ended';
      readonly at: number;
      readonly callKey: CallKey;
      readonly extension: string;
      readonly answered: boolean;
      /** Q.850 cause, where the PBX gives one. */
      readonly cause: number | null;
      /** The phone said that it rings (180); absent: this PBX does not tell. */
      readonly rang?: boolean;
    }
  | {
      readonly kind: 'outbound_dialed';
      readonly at: number;
      readonly callKey: CallKey;
      readonly extension: string;
      readonly number: string;
    }
  /** The agent was talking with a colleague (`callKey`) and has the customer of another call now: an attended transfer. */
  | {
      readonly kind: 'customer_received';
      readonly at: number;
      readonly callKey: CallKey;
      readonly extension: string;
      readonly customerCallKey: CallKey;
    }
  | {
      readonly kind: 'parked';
      readonly at: number;
      readonly callKey: CallKey;
      readonly slot: string;
      /** Who parked, where that is known. */
      readonly extension: string | null;
      readonly since: number;
    }
  /** Picked up, returned or gone; the events of the call say which. */
  | { readonly kind: 'unparked'; readonly at: number; readonly callKey: CallKey }
  /** A caller is about to wait in a queue with a keypad prompt: `playPrompt` says which, within a second, or none is. */
  | {
      readonly kind: 'prompt_wanted';
      readonly at: number;
      readonly callKey: CallKey;
      readonly queue: string;
      readonly remoteNumber: string;
      readonly remoteName: string;
    }
  /** What a caller made of the prompt; a caller who pressed nothing, or hung up, said nothing. May be told twice. */
  | {
      readonly kind: 'keypad_answered';
      readonly at: number;
      readonly callKey: CallKey;
      readonly queue: string;
      /** `told`: heard the notice to its end and had nothing against it. */
      readonly answer: 'granted' | 'refused' | 'told';
      readonly promptedAt: number;
      /** The same for the same answer, however often it is told; another for each answer of a call. */
      readonly reference: string;
      readonly prompt: KeypadPrompt;
    }
  /** Somebody in the call pressed a key of the telephone; which one is nobody's business. */
  | { readonly kind: 'key_pressed'; readonly at: number; readonly callKey: CallKey }
  /** What the exchange counted of the sound of one leg, told as the leg ends; a leg without sound of ours is not told. */
  | {
      readonly kind: 'leg_counted';
      readonly at: number;
      readonly callKey: CallKey;
      /** Of the call's legs this one: the same however often, and to whichever backend, it is told. */
      readonly leg: string;
      /** null: the customer's. */
      readonly extension: string | null;
      readonly count: LegCount;
    }
  /** Nothing of the sound of an agent's phone arrives any more, not even the silence of a muted one, or it does again. */
  | {
      readonly kind: 'agent_silent';
      readonly at: number;
      readonly callKey: CallKey;
      readonly extension: string;
      /** Epoch ms; the sound may have stopped up to two seconds earlier. */
      readonly since: number;
      /** The customer is on hold, and hears music already. */
      readonly held: boolean;
    }
  | {
      readonly kind: 'agent_heard';
      readonly at: number;
      readonly callKey: CallKey;
      readonly extension: string;
    }
  | { readonly kind: 'call_ended'; readonly at: number; readonly callKey: CallKey }
  /** Who is heard together over this agent's lines may have changed: see `heardWith`. */
  | {
      readonly kind: 'hold_changed';
      readonly at: number;
      readonly callKey: CallKey;
      readonly extension: string;
    }
  | { readonly kind: 'member_changed'; readonly at: number; readonly member: QueueMember }
  | {
      readonly kind: 'member_removed';
      readonly at: number;
      readonly queue: string;
      readonly extension: string;
    };

/** Paused members stay in the queue and are offered nothing. */
export type QueueMember = {
  readonly queue: string;
  readonly extension: string;
  readonly paused: boolean;
  readonly pauseReason: string;
};

/** What the phone system says about recording before somebody answers, and what that goes by. */
export type KeypadPrompt = {
  /** `consent`: 1 is yes and 2 is no. `notice`: 2 is no. */
  readonly kind: 'consent' | 'notice';
  readonly language: 'en' | 'es' | 'pt' | (string & {});
  readonly wordingVersion: string;
  readonly ruleVersion: string;
};

export type SipCredentials = {
  readonly username: string;
  /** The agent's address; absent: the username in the domain of this contact centre. */
  readonly uri?: string;
  readonly password: string;
  /** Epoch ms after which the PBX (or the backend) no longer honours them. */
  readonly expiresAt: number;
};

export type RecordingStart = {
  readonly callKey: CallKey;
  readonly extension: string;
  readonly recordingId: string;
};

/** Somebody from outside on another open line of the agent, whom the customer hears if the phone joins the two. */
export type HeardParty = {
  /** Of another customer; the call's own where somebody outside is asked about the customer. */
  readonly callKey: CallKey;
  /** Epoch ms since when both lines are open. */
  readonly since: number;
};

/** An agent's leg of a call whose phone died. The queue may have offered the same call to the same agent anew since. */
export type FailedLeg = {
  readonly callKey: CallKey;
  readonly extension: string;
  /** Epoch ms of the server's clock; a leg that began later is another one. */
  readonly failedAt: number;
  /** The agent's phone is expected back within seconds: the customer is offered to it before anybody else. */
  readonly returns?: boolean;
};

/** A customer who really calls, for the demo: the PBX plays a recorded voice into the queue. */
export type DemoCustomerCall = {
  readonly queue: string;
  /** E.164, shown as the caller's number. */
  readonly number: string;
  readonly name: string;
  /** One of the voices in resources/pbx/voices, or null for the default of the scenario. */
  readonly voice: string | null;
  /**
   * `talks`: answers questions until the agent ends (or its voice runs out after some minutes); `hangs_up`: ends by
   * itself about 12 s after the answer; `abandons`: leaves the queue unanswered after about 8 s; `presses_digits`:
   * sends some DTMF and stays.
   */
  readonly scenario: 'talks' | 'hangs_up' | 'abandons' | 'presses_digits';
  /** null: into the queue; otherwise this extension is dialled directly. */
  readonly extension: string | null;
  /** What this customer presses when a prompt asks; '': nothing. Absent: by the last digit of the number. */
  readonly key?: string;
  /** And when a survey asks, in turn; '': nothing. Absent: by the last digit of the number as well. */
  readonly surveyKeys?: string;
};

export type PbxFailure = {
  readonly code: 'pbx_away' | 'pbx_refused' | 'not_supported' | 'no_such_call';
  readonly message: string;
};

/** Why there is no phone account, where no PBX makes them but a list names them. */
export type AccountFailure = {
  readonly code: 'no_account' | 'accounts_unusable';
  readonly message: string;
};

/** Whom a call can be handed to at this moment, as far as the PBX knows. */
export type PbxPresence = {
  /** Extensions with a phone that answers. */
  readonly reachable: readonly string[];
  /** Callers by queue; a queue without any may be absent. */
  readonly waiting: Readonly<Record<string, number>>;
};

/** A recording that the PBX is making now, as reported by the PBX itself. */
export type RunningRecording = { readonly callKey: CallKey; readonly recordingId: string };

/**
 * The one door to a telephone exchange. Every method answers within 5 s, with a failure rather than an exception.
 * Commands are idempotent: setting what is already so succeeds.
 */
export interface Pbx {
  readonly kind: 'asterisk' | 'none';
  readonly capabilities: {
    readonly queues: boolean;
    readonly recording: boolean;
    readonly demoCustomers: boolean;
    /** Agents can park customers and pick them up. */
    readonly parking: boolean;
    /** Supervisors can join calls. */
    readonly supervision: boolean;
    /** It notices an agent who is not heard, and plays music to the customer meanwhile. */
    readonly comfort?: boolean;
    /** It asks customers by keypad after a call. */
    readonly surveys?: boolean;
  };
  /** What a phone calls to prove the way of its sound: whatever is sent there comes back. null: there is nobody. */
  readonly proofExtension: string | null;
  /** Connects and keeps reconnecting; resolves at once, progress is told by events. */
  start(): void;
  stop(): Promise<void>;
  status(): PbxStatus;
  subscribe(listener: (event: PbxEvent) => void): () => void;
  /** Puts the agent into the queue (or changes how it stands in it). */
  setMember(member: QueueMember): Promise<Result<null, PbxFailure>>;
  removeMember(queue: string, extension: string): Promise<Result<null, PbxFailure>>;
  members(): Promise<Result<readonly QueueMember[], PbxFailure>>;
  presence(): Promise<Result<PbxPresence, PbxFailure>>;
  /**
   * Makes the extension able to register with a fresh secret; an earlier one stops working. Without a PBX: the account
   * that the list has for it.
   */
  mintCredentials(
    extension: string,
    lifetimeMs: number,
  ): Promise<Result<SipCredentials, PbxFailure | AccountFailure>>;
  revokeCredentials(extension: string): Promise<Result<null, PbxFailure>>;
  /**
   * Phones that are signed in, when the PBX is back: where it forgot a secret that this process does not hold either, it asks
   * for another one (401) from now on, and whoever is asked gets a fresh account.
   */
  challengeForgotten(extensions: readonly string[]): Promise<void>;
  /**
   * Ends this leg and no other; one that is over already is fine. A caller from a queue, who was talking to the agent,
   * goes back into it where the PBX can do that; otherwise the call ends.
   */
  hangUp(leg: FailedLeg): Promise<Result<{ readonly hadCustomer: boolean }, PbxFailure>>;
  /**
   * Music for the customer of an agent who is not heard, or its end. Nothing else changes: once the agent is heard both
   * talk at once, over the music if need be. It ends with either of them, and by itself after a minute.
   */
  comfort(callKey: CallKey, extension: string, isOn: boolean): Promise<Result<null, PbxFailure>>;
  /** As far as was told until now; colleagues are not among them. */
  heardWith(callKey: CallKey, extension: string): readonly HeardParty[];
  /**
   * Records the agent's leg of the call, agent on the first channel and the customer on the second. Resolves when the
   * PBX confirmed; an agent who does not hear the customer is not recorded. Only the consent module may call this.
   */
  startRecording(start: RecordingStart): Promise<Result<null, PbxFailure>>;
  /** Resolves when the PBX confirmed and the file is complete. */
  stopRecording(callKey: CallKey, recordingId: string): Promise<Result<null, PbxFailure>>;
  /**
   * A running recording goes on with exact silence in both channels (`true`), or with sound. Resolves when the PBX
   * confirmed; one that runs no longer is `no_such_call`.
   */
  silenceRecording(recordingId: string, silent: boolean): Promise<Result<null, PbxFailure>>;
  runningRecordings(): Promise<Result<readonly RunningRecording[], PbxFailure>>;
  /** The finished recording as a playable WAV (two channels, 16 bit), as a path that the backend can read. */
  recordingFile(recordingId: string): Promise<Result<string, PbxFailure>>;
  /** Whether callers of this queue are asked by keypad before they wait. */
  setPromptQueue(queue: string, isOn: boolean): Promise<Result<null, PbxFailure>>;
  /** The answer to `prompt_wanted`; null: nothing is played. */
  playPrompt(callKey: CallKey, prompt: KeypadPrompt | null): Promise<Result<null, PbxFailure>>;
  /** Whether customers of this queue may be asked after a call. */
  setSurveyQueue(queue: string, isOn: boolean): Promise<Result<null, PbxFailure>>;
  /** The answer to `survey_wanted`; null: nothing is asked, and the call ends. */
  playSurvey(callKey: CallKey, survey: KeypadSurvey | null): Promise<Result<null, PbxFailure>>;
  callDemoCustomer(call: DemoCustomerCall): Promise<Result<CallKey, PbxFailure>>;
  /**
   * Calls the supervisor's phone and lets it hear the agent's call; resolves when it does. A join whose line stands is
   * moved to this call instead. Nothing changes for the agent, and in `listen` nothing of the supervisor is mixed in.
   * A whisper that somebody else would hear is refused (`pbx_refused`). The line ends with the call.
   */
  supervise(order: JoinOrder): Promise<Result<null, PbxFailure | PhoneFailure>>;
  /** Resolves when the PBX confirmed; until then the mode before holds, or the supervisor is heard by nobody. */
  superviseMode(joinId: string, mode: SupervisionMode): Promise<Result<null, PbxFailure>>;
  /** One that is over already, or was never begun, is fine. */
  endSupervision(joinId: string): Promise<Result<null, PbxFailure>>;
  /**
   * Hands the customer to the supervisor's phone as a blind transfer does (back to the agent when the phone does not
   * answer); its INVITE says `X-Ringside-Take-Over: 1`. A join of this supervisor on the call ends.
   */
  takeOver(order: TakeOver): Promise<Result<null, PbxFailure>>;
  runningSupervisions(): Promise<Result<readonly RunningJoin[], PbxFailure>>;
}
