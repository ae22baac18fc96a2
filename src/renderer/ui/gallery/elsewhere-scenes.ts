import type { ConnectionView, ConnectorView } from '../../../shared/api/connections.ts';
import type { DeedView } from '../../../shared/api/deeds.ts';
import type {
  ConnectedSystem,
  ElsewhereSource,
  KnowledgeSource,
} from '../../../shared/api/elsewhere.ts';
import type { UiAnswer } from '../../../shared/ipc/contract.ts';
import type { createMemoryBridge, MemoryBridge } from './memory-bridge.ts';
import { deskFixture } from './desk-fixture.ts';
import { uuid } from './people.ts';
import { exact, ringingScene, talkingScene, type Scene } from './scene-makers.ts';

/** Other systems: who the caller is there, and how they are connected. */

type Handlers = ReturnType<Parameters<typeof createMemoryBridge>[2]>;

const sourceOf = (part: Partial<ElsewhereSource> = {}): ElsewhereSource => ({
  connectionId: uuid(801),
  name: 'Help desk',
  connector: 'zendesk',
  state: 'found',
  isComplete: true,
  people: [],
  hasMore: false,
  items: [],
  capabilities: ['findByPhone', 'recentItems', 'createPerson', 'createTicket', 'appendToTicket'],
  ...part,
});

const marta = {
  type: 'user',
  id: '7001',
  name: 'Marta Oliveira',
  company: 'Padaria Oliveira',
  email: 'marta@padaria.example',
  phone: '+55 11 3333-4444',
  grade: 'exact',
  url: 'https://acme.zendesk.com/agent/users/7001',
} as const;

const itemOf = (id: string, title: string, status: string, updatedAt: number) => ({
  type: 'ticket',
  id,
  reference: `#${id}`,
  title,
  status,
  isOpen: status !== 'solved',
  updatedAt,
  url: `https://acme.zendesk.com/agent/tickets/${id}`,
});

const found = (now: number): ElsewhereSource =>
  sourceOf({
    people: [marta],
    items: [
      itemOf('4711', 'Card terminal drops off the Wi-Fi at closing time', 'open', now - 3_600_000),
      itemOf('4702', 'Second terminal for the terrace', 'pending', now - 2 * 86_400_000),
      itemOf('4630', 'Invoice of September', 'solved', now - 40 * 86_400_000),
    ],
  });

const several = sourceOf({
  connectionId: uuid(802),
  name: 'CRM',
  connector: 'salesforce',
  people: [
    { ...marta, type: 'Contact', id: '003A' },
    {
      ...{ ...marta, type: 'Lead', id: '00QB', name: 'Padaria Oliveira & Filhos, Comércio' },
      email: 'compras@padaria.example',
    },
  ],
});

const withSources = (scene: Scene, sources: readonly ElsewhereSource[]): Scene => {
  const callKey = scene.desk?.cards?.[0]?.callKey ?? '';
  return { ...scene, desk: { ...scene.desk, elsewhere: [{ callKey, sources }] } };
};

export const elsewhereScenes = {
  'elsewhere-found': (now) =>
    withSources(talkingScene(now, { match: exact(now) }), [found(now), several]),
  'elsewhere-searching': (now) =>
    withSources(ringingScene(now, { kind: 'unknown' }), [
      sourceOf({ state: 'searching', isComplete: false }),
      sourceOf({ connectionId: uuid(802), name: 'CRM', state: 'failed', why: 'auth' }),
    ]),
  'elsewhere-nobody': (now) =>
    withSources(talkingScene(now, { match: { kind: 'unknown' } }), [
      sourceOf({ state: 'nobody' }),
      sourceOf({ connectionId: uuid(802), name: 'CRM', state: 'failed', why: 'timeout' }),
    ]),
  'elsewhere-written': (now) => {
    const scene = withSources(talkingScene(now, { match: exact(now) }), [found(now)]);
    const session = scene.desk?.session ?? deskFixture(now).session;
    if (session.state !== 'signed_in') return scene;
    const user = { ...session.user, role: 'administrator' as const };
    return { ...scene, desk: { ...scene.desk, session: { ...session, user } } };
  },
  connections: (now) => {
    const { session } = deskFixture(now);
    if (session.state !== 'signed_in') return {};
    const user = { ...session.user, role: 'administrator' as const };
    return { desk: { session: { ...session, user } } };
  },
} satisfies Record<string, (now: number) => Scene>;

const wiki = {
  ...{ connectionId: uuid(811), name: 'Confluence', connector: 'confluence' },
  articles: [
    {
      ...{
        id: '1',
        title: 'Card terminal loses its Wi-Fi',
        url: 'https://acme.atlassian.net/wiki/1',
      },
      snippet:
        'Terminals of the second series forget the network when the router restarts. Hold the green key for five seconds, choose the network again and print a test receipt.',
    },
    {
      ...{ id: '2', title: 'Refunds', url: 'https://acme.atlassian.net/wiki/2' },
      snippet: 'Within 30 days, to the card that was used.',
    },
  ],
};
const guru = {
  ...{ connectionId: uuid(812), name: 'Guru', connector: 'generic-http' },
  articles: [
    { id: 'search', title: 'app.getguru.com', snippet: '', url: 'https://app.getguru.com/search' },
  ],
};
const helpCentre = {
  ...{ connectionId: uuid(813), name: 'Help centre', connector: 'zendesk', articles: [] },
  why: 'timeout' as const,
};

/** Event of the page upon which the system answers that does not answer by itself. */
const slowAnswer = 'slow-answer';

/** By what is typed: every answer that there can be, each system's by itself. */
const knowledgeAnswer = async (
  text: string,
  connectionId: string | undefined,
): Promise<UiAnswer<'knowledge.search'>> => {
  const of = (...sources: readonly KnowledgeSource[]): UiAnswer<'knowledge.search'> => ({
    ok: true,
    value: {
      sources: sources.filter((each) => [each.connectionId, undefined].includes(connectionId)),
    },
  });
  if (text === 'slow' && connectionId === wiki.connectionId) {
    await new Promise((resolve) => {
      window.addEventListener(slowAnswer, resolve, { once: true });
    });
  }
  if (text === 'away') return { ok: false, why: { code: 'backend_away', detail: '' } };
  if (text === 'not set up') return { ok: true, value: { sources: [] } };
  if (text === 'nothing') return of({ ...wiki, articles: [] });
  return of(wiki, guru, helpCentre);
};

const label = (en: string) => ({ en, es: en, pt: en });
const field = (name: string, part: Partial<ConnectorView['fields'][number]> = {}) => ({
  ...{ name, label: label(name), isSecret: false, isOptional: false, isLong: false },
  ...part,
});

const connectors: readonly ConnectorView[] = [
  {
    id: 'zendesk',
    name: 'Zendesk',
    authentication: 'sign_in',
    capabilities: ['findByPhone', 'logCall', 'dispositions'],
    fields: [
      field('subdomain', {
        label: label('Subdomain'),
        help: label('What stands before .zendesk.com.'),
        example: 'acme',
      }),
      field('clientId', { label: label('OAuth client: identifier') }),
      field('clientSecret', { label: label('OAuth client: secret'), isSecret: true }),
    ],
  },
];

const connectionOf = (part: Partial<ConnectionView>): ConnectionView => ({
  id: uuid(801),
  connector: 'zendesk',
  name: 'Help desk',
  settings: { subdomain: 'acme', clientId: 'ringside' },
  secrets: ['clientSecret'],
  isEnabled: true,
  logsCalls: true,
  dispositions: {},
  account: 'Ringside, acme.zendesk.com',
  isConnected: true,
  capabilities: ['findByPhone', 'logCall'],
  health: { state: 'unknown' },
  revision: 1,
  ...part,
});

const systems: readonly ConnectedSystem[] = [
  {
    ...{ connectionId: uuid(801), name: 'Help desk', connector: 'zendesk' },
    capabilities: ['findByPhone', 'createTicket', 'appendToTicket'],
  },
  {
    ...{ connectionId: uuid(804), name: 'Second line', connector: 'jira-service-management' },
    capabilities: ['escalate'],
    escalatesForCustomer: true,
  },
];

const knowledgeSystems: readonly ConnectedSystem[] = [wiki, guru, helpCentre].map(
  ({ connectionId, name, connector }) => ({
    ...{ connectionId, name, connector },
    capabilities: ['searchKnowledge'],
  }),
);

const deedOf = (part: Partial<DeedView>): DeedView => ({
  id: uuid(820),
  kind: 'ticket',
  contactId: uuid(600),
  connectionId: uuid(801),
  connection: 'Help desk',
  connector: 'zendesk',
  state: 'done',
  attempts: 1,
  madeAt: Date.now() - 180_000,
  by: { id: uuid(1), name: 'Ana Ferreira' },
  doneAt: Date.now() - 178_000,
  nextAt: null,
  subject: 'Card terminal drops off the Wi-Fi',
  reference: '#4712',
  url: 'https://acme.zendesk.com/agent/tickets/4712',
  mayRetry: false,
  ...part,
});

const dead = (): readonly DeedView[] => [
  deedOf({
    ...{ id: uuid(821), kind: 'escalation', connectionId: uuid(804), connection: 'Second line' },
    ...{ state: 'dead', why: 'in_doubt', reference: null, url: null, mayRetry: true },
    message: 'the answer to the message was cut off',
  }),
  deedOf({
    ...{ id: uuid(822), kind: 'call_log', subject: null, reference: null, url: null, by: null },
    ...{ state: 'dead', why: 'validation', mayRetry: true },
    message: 'ticket: Requester is suspended',
  }),
  deedOf({
    ...{ id: uuid(823), kind: 'ticket_note', subject: null, url: null, mayRetry: true },
    ...{ state: 'dead', why: 'not_found' },
  }),
];

const waiting: Partial<DeedView> = {
  ...{ state: 'waiting', kind: 'call_log', by: null, doneAt: null, subject: null },
  ...{ reference: null, url: null, nextAt: Date.now() + 120_000, why: 'unavailable' },
};

/** The scene of whom something is written. */
const isWritten = (bridge: MemoryBridge): boolean => {
  const { session, elsewhere = [] } = bridge.desk();
  const isAbove = session.state === 'signed_in' && session.user.role === 'administrator';
  return isAbove && elsewhere.length > 0;
};

export const elsewhereHandlersOf = (bridge: MemoryBridge): Partial<Handlers> => ({
  'elsewhere.confirm': ({ connectionId, id }) => {
    bridge.changeDesk({
      elsewhere: (bridge.desk().elsewhere ?? []).map((each) => ({
        ...each,
        sources: each.sources.map((source) =>
          source.connectionId === connectionId
            ? {
                ...source,
                people: source.people.map((person) =>
                  person.id === id ? { ...person, grade: 'confirmed' as const } : person,
                ),
              }
            : source,
        ),
      })),
    });
    return { ok: true, value: { sources: [] } };
  },
  'knowledge.search': ({ text, connectionId }) => knowledgeAnswer(text, connectionId),
  'elsewhere.open': () => ({ ok: true, value: null }),
  'elsewhere.again': () => ({ ok: true, value: { sources: [found(Date.now())] } }),
  'elsewhere.create': () => ({ ok: true, value: { sources: [] } }),
  'elsewhere.systems': () => ({
    ok: true,
    value: {
      systems: [
        ...((bridge.desk().elsewhere ?? []).length === 0 ? [] : systems),
        ...knowledgeSystems,
      ],
    },
  }),
  'deeds.ofContact': () => ({
    ok: true,
    value: {
      deeds: isWritten(bridge)
        ? [deedOf({}), ...dead().slice(0, 1), deedOf({ ...waiting, id: uuid(824) })]
        : [],
    },
  }),
  'deeds.dead': () => ({
    ok: true,
    value: {
      deeds: [...dead()],
      connections: [
        { connectionId: uuid(801), waiting: 3, dead: 2 },
        { connectionId: uuid(804), waiting: 0, dead: 1 },
      ],
    },
  }),
  'deeds.draft': () => ({
    ok: true,
    value: {
      subject: 'Marta Oliveira: card terminal drops off the Wi-Fi',
      body: 'Summary\nThe terminal loses the network at closing time.\n\nTried\nRestarted it twice.',
      links: [{ title: 'Help desk #4711', url: 'https://acme.zendesk.com/agent/tickets/4711' }],
    },
  }),
  'deeds.ticket': ({ subject }) =>
    bridge.desk().backend.state === 'connected'
      ? { ok: true, value: deedOf({ subject }) }
      : { ok: false, why: { code: 'backend_away', detail: '' } },
  'deeds.note': () => ({ ok: true, value: deedOf({ ...waiting, kind: 'ticket_note' }) }),
  'deeds.escalate': () =>
    bridge.desk().backend.state === 'connected'
      ? {
          ok: true,
          value: deedOf({ kind: 'escalation', state: 'dead', why: 'forbidden', mayRetry: true }),
        }
      : { ok: false, why: { code: 'backend_away', detail: '' } },
  'deeds.retry': ({ deedId }) => ({ ok: true, value: deedOf({ id: deedId, state: 'waiting' }) }),
  'deeds.letGo': ({ deedId }) => ({ ok: true, value: deedOf({ id: deedId, state: 'cancelled' }) }),
  'connections.list': () => {
    const now = Date.now();
    return {
      ok: true,
      value: {
        connectors: [...connectors],
        connections: [
          connectionOf({ health: { state: 'ok', at: now - 60_000 } }),
          connectionOf({ id: uuid(802), name: 'Second desk', isConnected: false, account: '' }),
          connectionOf({
            ...{ id: uuid(803), name: 'Old desk', isEnabled: false, logsCalls: false },
            health: {
              ...{ state: 'failing', at: now - 7_200_000, why: 'auth' },
              message: 'renew the token: refused (invalid_grant)',
            },
          }),
        ],
      },
    };
  },
  'connections.dispositions': () => ({
    ok: true,
    value: {
      dispositions: [
        { id: 'connected', label: 'Connected' },
        { id: 'message', label: 'Left a message' },
      ],
    },
  }),
  'connections.test': () => ({ ok: true, value: { ok: true, account: 'acme.zendesk.com' } }),
});
