import type { AgentQueues, Memo, TeamMessages } from '../../../shared/api/acting.ts';
import type { HandView } from '../../../shared/api/help.ts';
import type { OwedWrapUps } from '../../../shared/api/wrap-ups.ts';
import { uuid } from './people.ts';

const label = (en: string, es: string, pt: string) => ({ en, es, pt });
const minute = 60_000;

export const ana = { id: uuid(1), name: 'Ana Ferreira' };
export const lucia = { id: uuid(3), name: 'Lucía Prado' };
const tom = { id: uuid(2), name: 'Tom Okafor' };
const ida = { id: uuid(4), name: 'Ida Lindqvist' };

export const helpPages = ['https://help.example.com/*'];

export const handOf = (now: number, part: Partial<HandView> = {}): HandView => ({
  id: uuid(901),
  agent: ana,
  contactId: uuid(500),
  callKey: 'call-1',
  queue: 'support',
  queueLabel: label('Support', 'Soporte', 'Suporte'),
  direction: 'inbound',
  startedAt: now - 4 * minute,
  who: 'Marta Villanueva Ruiz',
  raisedAt: now - 42_000,
  taken: null,
  over: null,
  messages: [],
  revision: 1,
  ...part,
});

export const helpedOf = (now: number, part: Partial<HandView> = {}): HandView =>
  handOf(now, {
    taken: { by: lucia, at: now - 30_000 },
    messages: [
      {
        id: uuid(911),
        author: ana,
        at: now - 36_000,
        text: 'She wants the terminal replaced, and the warranty ended on Friday. May I?',
      },
      {
        id: uuid(912),
        author: lucia,
        at: now - 12_000,
        text: 'Yes, within a week we do: https://help.example.com/warranty/grace. Say it is the last time.',
      },
    ],
    ...part,
  });

export const handsOf = (now: number): readonly HandView[] => [
  handOf(now, {
    id: uuid(902),
    agent: tom,
    callKey: 'call-2',
    who: '+34 600 111 222',
    raisedAt: now - 75_000,
    startedAt: now - 9 * minute,
  }),
  helpedOf(now),
  handOf(now, {
    id: uuid(903),
    agent: ida,
    callKey: 'call-3',
    who: 'Bram de Vries',
    queue: 'sales',
    queueLabel: label('Sales', 'Ventas', 'Vendas'),
    taken: { by: { id: uuid(5), name: 'Rosa Duarte' }, at: now - 60_000 },
  }),
];

export const memosOf = (now: number): readonly Memo[] => [
  {
    kind: 'queues',
    id: uuid(921),
    by: lucia.name,
    at: now - 3 * 3_600_000,
    queues: ['support', 'sales'],
    until: now + 9 * 3_600_000,
  },
  {
    kind: 'wrap_up',
    id: uuid(922),
    by: lucia.name,
    at: now - 40 * minute,
    contactId: uuid(500),
    who: 'Marta Villanueva Ruiz',
  },
  {
    kind: 'message',
    id: uuid(923),
    by: 'Rosa Duarte',
    at: now - 4 * minute,
    text: 'The lines to Porto are down until four.\nPlease offer a call back.',
  },
];

export const agentQueuesOf = (now: number): AgentQueues => ({
  queues: [
    {
      name: 'support',
      label: label('Support', 'Soporte', 'Suporte'),
      serves: true,
      usually: true,
    },
    { name: 'sales', label: label('Sales', 'Ventas', 'Vendas'), serves: false, usually: true },
    {
      name: 'billing',
      label: label('Billing', 'Facturación', 'Cobrança'),
      serves: true,
      usually: false,
    },
  ],
  until: now + 9 * 3_600_000,
});

export const owedOf = (now: number): OwedWrapUps => ({
  wrapUps: [
    {
      callId: uuid(931),
      callKey: 'call-31',
      contactId: uuid(500),
      agent: { id: tom.id, name: tom.name, extension: '1002' },
      queue: 'support',
      endedAt: now - 16 * 3_600_000,
      ageMs: 16 * 3_600_000,
      agentIsHere: false,
      draft: {
        revision: 3,
        code: 'fault',
        notes: 'Terminal drops off the Wi-Fi at closing time.',
      },
    },
    {
      callId: uuid(932),
      callKey: 'call-32',
      contactId: uuid(501),
      agent: { id: ana.id, name: ana.name, extension: '1001' },
      queue: 'sales',
      endedAt: now - 50 * minute,
      ageMs: 50 * minute,
      agentIsHere: true,
      draft: null,
    },
  ],
});

export const teamMessagesOf = (now: number): TeamMessages => ({
  teams: [{ name: 'north', label: label('North', 'Norte', 'Norte'), people: 12 }],
  everybody: null,
  sent: [
    {
      id: uuid(941),
      team: 'north',
      text: 'The lines to Porto are down until four.',
      at: now - 30 * minute,
      to: 12,
      read: 9,
    },
  ],
});
