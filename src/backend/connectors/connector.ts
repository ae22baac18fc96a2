import type { Label } from '../../shared/api/records.ts';
import type { PhoneForms } from '../../shared/domain/phone-number/phone-forms.ts';
import type { Ask, RepeatedAsk, Settings } from './ask.ts';
import type { Outcome } from './failure.ts';
import type { Dialect } from './http/dialect.ts';
import type { RateLimit } from './http/rate-budget.ts';
import type { VendorHttp } from './http/vendor-http.ts';
import type { Authentication } from './http/authentication.ts';

/**
 * The port to the systems where companies keep their customers: help desks, CRMs, trackers, chat, knowledge. A connector is
 * one folder here and one line of connectors.ts; docs/connectors.md says how to add one.
 */

/** What an administrator fills in. What `isSecret` is stored encrypted and never shown again. */
export type SettingField = {
  readonly name: string;
  readonly label: Label;
  readonly help?: Label;
  readonly isSecret?: true;
  /** Absent: it has to be filled in. */
  readonly isOptional?: true;
  /** What a right value looks like; a whole-string match. */
  readonly pattern?: RegExp;
  readonly example?: string;
  /** One of these, instead of a text. */
  readonly choices?: readonly string[];
  /** Long text, such as a list. */
  readonly isLong?: true;
};

/** Somebody or something in the other system. */
export type Ref = {
  /** As the vendor calls its kind: `user`, `Contact`, `Lead`. */
  readonly type: string;
  readonly id: string;
};

export type Person = Ref & {
  readonly name: string;
  readonly phones: readonly string[];
  readonly email?: string;
  readonly company?: string;
  /** Epoch ms. */
  readonly createdAt?: number;
  /** The vendor's page of it, https. */
  readonly url: string;
};

/** A ticket, case, deal or conversation of a person. */
export type RecordItem = Ref & {
  /** What people call it by: `#4711`, `00001234`. */
  readonly reference: string;
  readonly title: string;
  /** In the vendor's words. */
  readonly status: string;
  readonly isOpen: boolean;
  /** Epoch ms. */
  readonly updatedAt: number;
  readonly url: string;
};

/** A call as it is logged at the vendor. Times are epoch ms. */
export type CallRecord = {
  /** Ours, the same in every attempt: the key by which the vendor's record is found again. */
  readonly callId: string;
  readonly direction: 'inbound' | 'outbound';
  /** The customer's number, E.164 where it could be read; empty: hidden. */
  readonly customerNumber: string;
  /** The company's side: the queue's or agent's number, where known. */
  readonly companyNumber: string;
  readonly agentName: string;
  readonly queue?: string;
  readonly startedAt: number;
  readonly answeredAt?: number;
  readonly endedAt: number;
  readonly talkSeconds: number;
  /** A sentence for a title: "Incoming call, Support, 4 min". */
  readonly title: string;
  /** What there is to say of it, line by line, in the centre's language; plain text, notes and wrap-up among it. */
  readonly lines: readonly { readonly label: string; readonly value: string }[];
  /** Rises when there is news of the call. */
  readonly revision: number;
  /** Wrap-up code and its label; absent: none was said (yet). */
  readonly disposition?: { readonly code: string; readonly label: string };
  readonly notes: string;
  /** https, for who may hear it; absent: no recording, or none that may be told. */
  readonly recordingUrl?: string;
  readonly person?: Ref;
  readonly ticket?: Ref;
  /** The vendor's value for the wrap-up code, as the administrator mapped it. */
  readonly mappedDisposition?: string;
};

/** `url` is empty where a vendor does not say: what a webhook took has no page. */
export type Logged = Ref & { readonly url: string };

export type NewTicket = {
  readonly subject: string;
  /** Plain text; connectors turn it into what the vendor wants. */
  readonly body: string;
  readonly person?: Ref;
  readonly tags: readonly string[];
  /** Ours: a repeated attempt makes no second ticket. */
  readonly key: string;
};

export type Article = {
  readonly id: string;
  readonly title: string;
  /** Plain text. */
  readonly snippet: string;
  readonly url: string;
};

export type Escalation = {
  readonly subject: string;
  readonly body: string;
  /** Back to the contact; may need a right there. */
  readonly links: readonly { readonly title: string; readonly url: string }[];
  /** Ours: a repeated attempt makes no second one. */
  readonly key: string;
  /** The customer's, where it is known; for connectors with `escalatesForCustomer` alone. */
  readonly customerEmail?: string;
};

/**
 * What becomes of an escalation whose answer was lost. `found`: the next attempt looks for it first. `may_double`: the vendor
 * cannot be asked, so an ask with `mayExist` fails as `in_doubt` and sends nothing: only somebody who has looked there
 * may send it anew.
 */
export type EscalationRepeats = 'found' | 'may_double';

export type Account = {
  /** Whose it is, in words: "Acme Support (acme.zendesk.com)". */
  readonly name: string;
  /** Facts for deep links and later requests (portal, instance), kept with the connection. */
  readonly facts: Readonly<Record<string, string>>;
  /** Rights that were granted, where the vendor tells. */
  readonly scopes?: readonly string[];
};

/**
 * One connection to one vendor's account. What is absent it cannot do, and is not offered. Reads never create anything.
 * An empty list is "nobody"; failures are values.
 */
export type Connection = {
  readonly testConnection: (ask: Ask) => Promise<Outcome<Account>>;
  /** People who may have the number; whoever asks verifies it by their `phones`. */
  readonly findByPhone?: (phone: PhoneForms, ask: Ask) => Promise<Outcome<readonly Person[]>>;
  readonly findByText?: (text: string, ask: Ask) => Promise<Outcome<readonly Person[]>>;
  /** Newest first. */
  readonly recentItems?: (
    person: Ref,
    limit: number,
    ask: Ask,
  ) => Promise<Outcome<readonly RecordItem[]>>;
  readonly createPerson?: (
    person: { readonly name: string; readonly e164: string; readonly email?: string },
    ask: Ask,
  ) => Promise<Outcome<Person>>;
  readonly logCall?: (call: CallRecord, ask: RepeatedAsk) => Promise<Outcome<Logged>>;
  /** Late news of a call that was logged: only fields that are ours are written. */
  readonly updateCall?: (
    logged: Ref,
    call: CallRecord,
    ask: RepeatedAsk,
  ) => Promise<Outcome<Logged>>;
  readonly createTicket?: (ticket: NewTicket, ask: RepeatedAsk) => Promise<Outcome<RecordItem>>;
  readonly appendToTicket?: (
    ticket: Ref,
    note: { readonly text: string; readonly isPublic: boolean; readonly key: string },
    ask: RepeatedAsk,
  ) => Promise<Outcome<null>>;
  readonly searchKnowledge?: (
    query: string,
    locale: string,
    limit: number,
    ask: Ask,
  ) => Promise<Outcome<readonly Article[]>>;
  readonly escalate?: (escalation: Escalation, ask: RepeatedAsk) => Promise<Outcome<Logged>>;
  /** The vendor's values for wrap-up codes, to map ours to. */
  readonly dispositions?: (
    ask: Ask,
  ) => Promise<Outcome<readonly { readonly id: string; readonly label: string }[]>>;
};

export type Capability = Exclude<keyof Connection, 'testConnection'>;

export type Description = {
  /** Of its folder; stored with connections, never changed. */
  readonly id: string;
  /** The vendor's name for it, the same in every language. */
  readonly name: string;
  readonly fields: readonly SettingField[];
  readonly authentication: Authentication;
  /** Requests a connection may make, unless the vendor says less. */
  readonly rate: RateLimit;
  readonly dialect: Dialect;
  /** `found` unless said otherwise. */
  readonly escalationRepeats?: (settings: Settings) => EscalationRepeats;
  /** What is escalated is kept under the customer, where the vendor knows their e-mail address, and they may hear of it. */
  readonly escalatesForCustomer?: true;
  /** https, without a slash at its end; made of settings and of what the account told. */
  readonly baseUrl: (settings: Settings, facts: Account['facts']) => string;
  /** What connections may be able to do, where that comes of what is filled in. */
  readonly offers?: readonly Capability[];
};

/** What an open connection works with. */
export type Opened = {
  readonly http: VendorHttp;
  readonly settings: Settings;
  readonly facts: Account['facts'];
};

export type Connector = Description & { readonly open: (opened: Opened) => Connection };
