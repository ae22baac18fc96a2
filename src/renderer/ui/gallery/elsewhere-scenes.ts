import type { ConnectionView, ConnectorView } from '../../../shared/api/connections.ts';
import type { UiAnswer } from '../../../shared/ipc/contract.ts';
import type { ElsewhereSource } from '../../../shared/api/elsewhere.ts';
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
  capabilities: ['findByPhone', 'recentItems', 'createPerson', 'createTicket'],
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

/** By what is typed: every answer that there can be. */
const knowledgeAnswer = (text: string): UiAnswer<'knowledge.search'> => {
  if (text === 'away') return { ok: false, why: { code: 'backend_away', detail: '' } };
  if (text === 'not set up') return { ok: true, value: { sources: [] } };
  if (text === 'nothing') return { ok: true, value: { sources: [{ ...wiki, articles: [] }] } };
  return { ok: true, value: { sources: [wiki, guru, helpCentre] } };
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
    return { ok: true, value: null };
  },
  'knowledge.search': ({ text }) => knowledgeAnswer(text),
  'elsewhere.open': () => ({ ok: true, value: null }),
  'elsewhere.again': () => ({ ok: true, value: null }),
  'elsewhere.create': () => ({ ok: true, value: null }),
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
