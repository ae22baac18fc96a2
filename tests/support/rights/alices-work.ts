import { randomUUID } from 'node:crypto';
import type { Database } from '../../../src/backend/database/database.ts';
import { storeConsentFact } from '../../../src/backend/modules/consent/keep-consents.ts';
import type { Client, TestBackend } from '../backend.ts';
import { addCustomer, people } from '../centre.ts';
import { aboveAlice, secret, type Actor } from './cast.ts';
import { vendorSettings } from './vendor-settings.ts';

/** What requests are about: each of these makes something new of Alice's, with secrets in it. */
export type AlicesWork = Bed & {
  readonly database: Database;
  readonly clients: Record<Actor, Client>;
  readonly signIn: TestBackend['signIn'];
  /** A call that is over. */
  readonly contact: (part?: Part) => Promise<AlicesContact>;
  /** A call that goes on, as the PBX tells of it. */
  readonly call: () => Promise<string>;
  readonly customer: () => Promise<string>;
  readonly comment: (contact: AlicesContact) => Promise<string>;
  readonly scorecard: (contact: AlicesContact) => Promise<string>;
  readonly exception: () => Promise<string>;
  readonly missed: () => Promise<string>;
  readonly pause: () => Promise<string>;
  readonly note: (contact: AlicesContact) => Promise<string>;
  readonly memo: () => Promise<string>;
  /** A hand of hers in a new call, taken by this supervisor, with this beside it. */
  readonly hand: (takenBy?: Actor, text?: string) => Promise<string>;
  /** What she promised a customer. */
  readonly callBack: () => Promise<string>;
  readonly contactOfCallBack: (callBackId: string) => Promise<string>;
  readonly contactOfHand: (handId: string) => Promise<string>;
  /** Sofia is on a call of hers. */
  readonly joined: () => Promise<string>;
  /** At the vendor of these tests, switched on; of a kind there is one. */
  readonly connection: (kind?: 'usual' | 'another' | 'sign in') => Promise<string>;
  /** Who has her customer's number at that vendor: her id there. */
  readonly vendorPerson: string;
  /** A call of hers that goes on, and was looked up there. */
  readonly contactOfCall: () => Promise<string>;
  /** A saved view of this supervisor. */
  readonly view: (owner: Actor) => Promise<string>;
};

/** What a saved view of reports shows. */
export const viewChoice = {
  ...{ section: 'figures', view: 'ringside', by: 'agent', interval: 'day', period: 'today' },
  figure: 'handled',
};

type Bed = {
  readonly vendorPerson: string;
  readonly pbx: TestBackend['pbx'];
  readonly backend: Pick<TestBackend['backend'], 'idle'>;
};

type Part = {
  /** Of a customer, whom everybody may look up: without a secret. */
  readonly customerId?: string;
  /** Without a secret. */
  readonly known?: boolean;
  readonly owesWrapUp?: boolean;
};

export type AlicesContact = {
  readonly contactId: string;
  readonly recordingId: string;
  readonly callId: string;
  readonly callKey: string;
};

const aliceId = people.alice.id;

const addContact = async (
  database: Database,
  { customerId, known = customerId !== undefined, owesWrapUp = false }: Part = {},
): Promise<AlicesContact> => {
  const [contactId, recordingId] = [randomUUID(), randomUUID()];
  const [callId, callKey] = [randomUUID(), randomUUID()];
  const startedAt = Date.now() - 600_000;
  const endedAt = startedAt + 3_000;
  await database.query(
    `INSERT INTO contacts (id, call_key, origin, direction, queue, remote_number, remote_name,
       started_at, ended_at, match, customer_id)
     VALUES ($1, $2, 'pbx', 'inbound', 'support', '+13035550199', $3, $4, $5, $6, $7)`,
    [
      ...[contactId, callKey, known ? '' : secret('alice_and_above')],
      ...[startedAt, endedAt, customerId === undefined ? 'unknown' : 'confirmed'],
      customerId ?? null,
    ],
  );
  await database.query(
    'INSERT INTO contact_agents (contact_id, agent_id, since) VALUES ($1, $2, $3)',
    [contactId, aliceId, startedAt],
  );
  await database.query(
    `INSERT INTO legs (call_id, contact_id, agent_id, started_at, answered_at, ended_at, wrapped_up_at,
       finished_at, notes, queue, direction)
     VALUES ($1, $2, $3, $4, $4, $5, $6, $6, $7, 'support', 'inbound')`,
    [
      ...[callId, contactId, aliceId, startedAt, endedAt, owesWrapUp ? null : endedAt],
      known ? '' : secret('alice_and_above'),
    ],
  );
  await database.query(
    `INSERT INTO recordings (id, contact_id, call_key, agent_id, state, started_at, ended_at, seconds)
     VALUES ($1, $2, $3, $4, 'stopped', $5, $6, 3)`,
    [recordingId, contactId, callKey, aliceId, startedAt, endedAt],
  );
  const fact = { id: randomUUID(), callId, callKey, at: startedAt, kind: 'granted' } as const;
  await database.transaction((transaction) =>
    storeConsentFact(
      transaction,
      {
        // The words that were read say where the call was.
        fact: { ...fact, how: 'keypad', ruleVersion: secret('alice_and_above') },
        ...{ contactId, customerId: null, agentId: null },
      },
      startedAt,
    ),
  );
  return { contactId, recordingId, callId, callKey };
};

export const alicesWork = (
  database: Database,
  { pbx, backend, signIn, vendorPerson }: Bed & Pick<TestBackend, 'signIn'>,
  clients: Record<Actor, Client>,
): AlicesWork => {
  const connections = new Map<string, string>();
  /** Of another time each: asked twice for the same time is asked once. */
  let minutes = 0;
  const call: AlicesWork['call'] = async () => {
    const callKey = randomUUID();
    const leg = { at: Date.now(), callKey, extension: people.alice.extension };
    const caller = { remoteNumber: '+13035550199', remoteName: secret('alice_and_above') };
    pbx.report({ kind: 'leg_offered', ...leg, queue: 'support', ...caller });
    pbx.report({ kind: 'leg_answered', ...leg });
    await backend.idle();
    return callKey;
  };
  /** What is needed to ask about something else: it is made as people make it. */
  const made = async (
    actor: Actor,
    method: string,
    path: string,
    body: object,
  ): Promise<Readonly<Record<string, unknown>>> => {
    const answered = await clients[actor].ask(method, path, body);
    if (answered.status >= 300) {
      throw new Error(`${actor}: ${method} ${path} answers ${JSON.stringify(answered.body)}`);
    }
    return answered.body as Readonly<Record<string, unknown>>;
  };
  const contact: AlicesWork['contact'] = (part) => addContact(database, part);
  return {
    ...{ database, pbx, backend, signIn, clients, vendorPerson },
    contact,
    call,
    customer: async () => {
      const id = randomUUID();
      await addCustomer(database, { id, name: 'Nobody’s secret', numbers: [] });
      return id;
    },
    comment: async ({ recordingId }) => {
      const id = randomUUID();
      await database.query(
        `INSERT INTO recording_comments (id, recording_id, at_ms, author, written_at, text)
         VALUES ($1, $2, 0, $3, 0, $4)`,
        [id, recordingId, aliceId, secret('alice_and_above')],
      );
      return id;
    },
    scorecard: async ({ contactId }) => {
      const id = randomUUID();
      await database.query(
        `INSERT INTO scorecards (id, contact_id, agent_id, scorer, purpose, form, version, answers,
           percent, remark, scored_at)
         VALUES ($1, $2, $3, $4, 'review', 'conversation', 1,
           '{"greeting": {"value": 1, "note": ""}}', 25, $5, 0)`,
        [id, contactId, aliceId, people.sofia.id, secret('alice_and_above')],
      );
      return id;
    },
    exception: async () => {
      const id = randomUUID();
      minutes += 1;
      await database.query(
        `INSERT INTO adherence_exceptions (id, agent_id, starts_at, ends_at, cause, note, asked_at)
         VALUES ($1, $2, $3, $4, 'note', $5, 0)`,
        [id, aliceId, minutes * 60_000, (minutes + 1) * 60_000, secret('alice_and_above')],
      );
      return id;
    },
    missed: async () => {
      const { contactId, callKey } = await contact();
      const id = randomUUID();
      await database.query(
        `INSERT INTO missed_offers (id, agent_id, contact_id, call_key, queue, offered_at, at, cause,
           counted, evidence, judged_at, revision)
         VALUES ($1, $2, $3, $4, 'support', $5, $5, 'unproven', false,
           '{"ring": null, "spans": [], "pbx": null, "phoneFailed": false}', $5, 1)`,
        [id, aliceId, contactId, callKey, Date.now()],
      );
      return id;
    },
    pause: async () => {
      const { contactId, callKey } = await contact();
      const id = randomUUID();
      await database.query(
        `INSERT INTO payment_pauses (id, contact_id, call_key, agent_id, step, began_at, limit_at)
         VALUES ($1, $2, $3, $4, 'button', $5, $6)`,
        [id, contactId, callKey, aliceId, Date.now(), Date.now() + 3_600_000],
      );
      return id;
    },
    note: async ({ contactId }) => {
      const id = randomUUID();
      await database.query(
        `INSERT INTO coaching_notes (id, contact_id, agent_id, author, text, written_at)
         VALUES ($1, $2, $3, $4, $5, 0)`,
        [id, contactId, aliceId, people.sofia.id, secret('alice_and_above')],
      );
      return id;
    },
    memo: async () => {
      const text = secret('north');
      await made('nadia', 'POST', '/team-messages', {
        ...{ messageId: randomUUID(), team: 'north', text },
      });
      const [memo] = await database.query<{ readonly id: string }>(
        'SELECT id FROM memos WHERE agent_id = $1 ORDER BY at DESC, id DESC LIMIT 1',
        [aliceId],
      );
      return memo?.id ?? '';
    },
    hand: async (takenBy, text) => {
      const handId = randomUUID();
      await made('alice', 'POST', '/hands', { handId, callKey: await call() });
      if (takenBy !== undefined) {
        await made(takenBy, 'POST', `/hands/${handId}/take`, { from: null });
      }
      if (text !== undefined) {
        await made('alice', 'POST', `/hands/${handId}/messages`, { messageId: randomUUID(), text });
      }
      return handId;
    },
    connection: async (kind = 'usual') => {
      const known = connections.get(kind);
      const rows = await database.query<object>('SELECT FROM connections WHERE id = $1', [known]);
      if (known !== undefined && rows.length > 0) return known;
      const { grant, ...signingIn } = vendorSettings;
      const answer = await made('admin', 'POST', '/connections', {
        ...{ connector: 'zendesk', name: kind, isEnabled: kind === 'usual', logsCalls: false },
        settings: kind === 'sign in' ? signingIn : { grant, ...signingIn },
      });
      const id = String(answer['id']);
      connections.set(kind, id);
      return id;
    },
    contactOfCall: async () => {
      const callKey = await call();
      const [row] = await database.query<{ readonly id: string }>(
        'SELECT id FROM contacts WHERE call_key = $1',
        [callKey],
      );
      return row?.id ?? '';
    },
    callBack: async () => {
      const { contactId } = await contact();
      const callBackId = randomUUID();
      await made('alice', 'POST', '/call-backs', {
        ...{ callBackId, kind: 'call_back', number: '+13035550199', contactId, customerId: null },
        ...{ note: secret('alice_and_above'), dueAt: Date.now() + 3_600_000 },
        ...{ forQueue: false, queue: null },
      });
      return callBackId;
    },
    contactOfCallBack: async (callBackId) => {
      const [callBack] = await database.query<{ readonly contactId: string }>(
        'SELECT contact_id AS "contactId" FROM call_backs WHERE id = $1',
        [callBackId],
      );
      return callBack?.contactId ?? '';
    },
    contactOfHand: async (handId) => {
      const [hand] = await database.query<{ readonly contactId: string }>(
        'SELECT contact_id AS "contactId" FROM hands WHERE id = $1',
        [handId],
      );
      return hand?.contactId ?? '';
    },
    joined: async () => {
      const [live] = await database.query<{ readonly id: string }>(
        'SELECT id FROM supervision_joins WHERE supervisor_id = $1 AND ended_at IS NULL',
        [people.sofia.id],
      );
      if (live !== undefined) return live.id;
      const joinId = randomUUID();
      const given = { joinId, agentId: aliceId, mode: 'listen', callKey: await call() };
      await made('sofia', 'POST', '/supervision', given);
      return joinId;
    },
    view: async (owner) => {
      const kept = await made(owner, 'POST', '/reports/views', {
        ...{ name: secret('north'), shared: false, choice: viewChoice },
      });
      return String(kept['id']);
    },
  };
};

/** What an agent may know of colleagues is no secret; which of them a supervisor looks after is. */
export const namesAlice = (text: string, actor: Actor): boolean =>
  !aboveAlice.includes(actor) && actor !== 'alice' && text.includes(aliceId);
