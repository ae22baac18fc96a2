/**
 * The ledger's raw material: what happened to one call leg at one agent, in the order of `at`. Facts are appended and
 * never changed; client and backend fold the same facts to the same figures.
 */
type FactBase = {
  /** UUIDv7, minted where the fact was seen; the same id is the same fact, however often it arrives. */
  readonly id: string;
  /** The leg at this agent. */
  readonly callId: string;
  /** The call as the PBX (or, outbound, the client) names it. */
  readonly callKey: string;
  /** Epoch ms of the server's clock, from a monotonic source. */
  readonly at: number;
};

export type OfferedFact = FactBase & {
  readonly kind: 'offered';
  readonly queue: string | null;
  readonly remoteNumber: string;
  readonly remoteName: string;
};
export type DialedFact = FactBase & {
  readonly kind: 'dialed';
  readonly remoteNumber: string;
  /** The customer's leg that this one asks advice for; absent on a call of its own. */
  readonly consultFor?: string;
  /** The agent's own mailbox: nobody is spoken with. */
  readonly mailbox?: true;
  /** What was promised and is kept by this call. */
  readonly callBackId?: string;
};
export type AnsweredFact = FactBase & {
  readonly kind: 'answered';
  /** Nobody pressed anything: the queue's calls are answered by themselves. */
  readonly automatic?: true;
};
export type HeldFact = FactBase & { readonly kind: 'held' };
export type ResumedFact = FactBase & { readonly kind: 'resumed' };
/** On the customer's leg: from here on, time on hold is time spent with a colleague for this customer. */
export type ConsultBeganFact = FactBase & { readonly kind: 'consult_began' };
export type ConsultEndedFact = FactBase & { readonly kind: 'consult_ended' };
export type EndedFact = FactBase & {
  readonly kind: 'ended';
  readonly side: EndSide;
  readonly outcome: EndOutcome;
  /** SIP status of the final answer, where there was one. */
  readonly sipCode: number | null;
  /** Q.850 cause of a Reason header (RFC 3326), where there was one. */
  readonly cause: number | null;
  /** What the agent said in rejecting a direct call; absent: nothing. */
  readonly rejection?: Rejection;
};
type WrapUpWords = {
  /** What the contact is counted under; '': no code was asked for or chosen. */
  readonly code: string;
  /** Further codes, where the queue allows several. */
  readonly codes?: readonly string[];
  /** What the queue asks for beside the code, by the field's key. */
  readonly fields?: Readonly<Record<string, string>>;
  readonly notes: string;
  /** Who said it, where that is not the agent of the leg; written by the backend alone. */
  readonly byUser?: string;
};
export type WrapUpCompletedFact = FactBase &
  WrapUpWords & {
    readonly kind: 'wrap_up_completed';
    /** Absent: the agent. `timer`: its time was over. */
    readonly by?: 'timer' | 'supervisor';
  };
/** Other words for a wrap-up that is complete; what was said before is kept beside it. */
export type WrapUpCorrectedFact = FactBase & WrapUpWords & { readonly kind: 'wrap_up_corrected' };

export type CallFact =
  | OfferedFact
  | DialedFact
  | AnsweredFact
  | HeldFact
  | ResumedFact
  | ConsultBeganFact
  | ConsultEndedFact
  | EndedFact;
export type LedgerFact = CallFact | WrapUpCompletedFact | WrapUpCorrectedFact;

/** `call_back`: not now, the agent will call. */
export type Rejection = 'busy' | 'declined' | 'call_back';

/** Who ended the call: this agent, the far side, or neither (a failure between them). */
export type EndSide = 'local' | 'remote' | 'system';

/** Why a call ended, in the words that the screen uses. */
export type EndOutcome =
  /** It was answered and one side hung up. */
  | 'completed'
  /** Handed over to somebody else, with whom the far side now speaks. */
  | 'transferred'
  /** The caller gave up before the answer. */
  | 'cancelled'
  /** Declined by the called side. */
  | 'rejected'
  /** Nobody answered in time. */
  | 'no_answer'
  | 'busy'
  /** No such number (404, 484, 604; Q.850 1, 28). */
  | 'wrong_number'
  /** Another phone or agent took it (RFC 3326, cause 200 "Call completed elsewhere"). */
  | 'answered_elsewhere'
  /** The PBX refused (403, 488, …). */
  | 'refused'
  /** The PBX or the network could not carry it (408, 5xx, socket gone). */
  | 'unreachable'
  /** No microphone, or media could not be set up. */
  | 'media_failed'
  /** The phone's own process failed. */
  | 'phone_failed';
