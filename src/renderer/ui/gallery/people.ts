import type { TransferTargets } from '../../../shared/api/routes.ts';
import type {
  ContactCard,
  ContactSummary,
  Customer,
  CustomerSummary,
} from '../../../shared/api/records.ts';

/** Made-up people for the gallery. */

export const uuid = (n: number): string => `00000000-0000-7000-8000-${String(n).padStart(12, '0')}`;

const minuteMs = 60_000;
const dayMs = 86_400_000;

export const pastContacts = (now: number): readonly ContactSummary[] => [
  {
    id: uuid(901),
    direction: 'inbound',
    queue: 'support',
    startedAt: now - 47 * minuteMs,
    agentName: 'Ana Ferreira',
    code: 'resolved',
    notes: 'Router replaced under warranty, tracking number sent by e-mail.',
    handleMs: 312_000,
    hasRecording: true,
  },
  {
    id: uuid(902),
    direction: 'outbound',
    queue: null,
    startedAt: now - dayMs - 90 * minuteMs,
    agentName: 'Tom Okafor',
    code: 'callback',
    notes: 'Called back as agreed, nobody home.',
    handleMs: 41_000,
    hasRecording: false,
  },
  {
    id: uuid(903),
    direction: 'inbound',
    queue: 'sales',
    startedAt: now - 23 * dayMs,
    agentName: 'Ana Ferreira',
    code: 'sold',
    notes: '',
    handleMs: 618_000,
    hasRecording: true,
  },
];

export const marta = (now: number): Customer => ({
  id: uuid(101),
  name: 'Marta Villanueva Ruiz',
  company: 'Librería Puerto Azul',
  city: 'Valencia',
  country: 'ES',
  numbers: ['+34963152208', '+34612884017'],
  email: 'marta@puertoazul.example',
  language: 'es-ES',
  tags: ['Business', 'Priority'],
  notes: 'Prefers to be called in the morning. The shop closes between 14:00 and 17:00.',
  since: now - 1_460 * dayMs,
  tickets: [
    {
      id: uuid(201),
      reference: 'T-20418',
      subject: 'Card terminal loses its connection every evening',
      status: 'open',
      priority: 'high',
      openedAt: now - 2 * dayMs,
    },
    {
      id: uuid(202),
      reference: 'T-20377',
      subject: 'Invoice of October shows the old address',
      status: 'pending',
      priority: 'normal',
      openedAt: now - 9 * dayMs,
    },
    {
      id: uuid(203),
      reference: 'T-19102',
      subject: 'Second line for the shop',
      status: 'solved',
      priority: 'low',
      openedAt: now - 190 * dayMs,
    },
  ],
  contacts: pastContacts(now),
});

export const candidates: readonly CustomerSummary[] = [
  {
    id: uuid(111),
    name: 'Henrique Duarte',
    company: 'Duarte & Filhos',
    city: 'Porto',
    country: 'PT',
    numbers: ['+351220145903'],
  },
  {
    id: uuid(112),
    name: 'Sofia Duarte',
    company: '',
    city: 'Porto',
    country: 'PT',
    numbers: ['+351220145903', '+351912004118'],
  },
  {
    id: uuid(113),
    name: 'Armazém Duarte, Lda.',
    company: 'Armazém Duarte',
    city: 'Vila Nova de Gaia',
    country: 'PT',
    numbers: ['+351220145903'],
  },
];

const agent = (
  n: number,
  name: string,
  state: TransferTargets['agents'][number]['state'],
  since: number,
): TransferTargets['agents'][number] => ({
  id: uuid(n),
  name,
  extension: String(1000 + n),
  state,
  reason: null,
  since,
  reachable: true,
  doNotDisturb: false,
});

export const cardOf = (
  now: number,
  part: Partial<ContactCard> & Pick<ContactCard, 'callKey' | 'match'>,
): ContactCard => ({
  contactId: uuid(500),
  revision: 1,
  direction: 'inbound',
  queue: 'support',
  remoteNumber: '+34963152208',
  remoteName: 'PUERTO AZUL',
  displayNumber: '963 15 22 08',
  startedAt: now - 48_000,
  queuedAt: now - 42_000,
  consent: { state: 'not_asked', at: null },
  recording: { state: 'off' },
  ...part,
});

export const colleagues = (now: number): TransferTargets => ({
  agents: [
    agent(2, 'Tom Okafor', 'ready', now - 130_000),
    agent(3, 'Lucía Prado', 'engaged', now - 241_000),
    agent(4, 'Beatriz Nascimento de Albuquerque', 'wrap_up', now - 19_000),
    { ...agent(5, 'Jonas Weber', 'not_ready', now - 723_000), reason: 'lunch' },
    { ...agent(8, 'Samir Haddad', 'ready', now - 75_000), doNotDisturb: true },
    { ...agent(6, 'Mei Tanaka', 'ready', now - 40_000), reachable: false },
    { ...agent(7, 'Viktor Hajdu', 'offline', now - 6 * 3_600_000), reachable: false },
  ],
  queues: [
    {
      name: 'support',
      label: { en: 'Support', es: 'Soporte', pt: 'Suporte' },
      ready: 2,
      waiting: 1,
    },
    { name: 'sales', label: { en: 'Sales', es: 'Ventas', pt: 'Vendas' }, ready: 0, waiting: 4 },
  ],
});
