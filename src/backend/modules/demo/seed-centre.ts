import type { Label, Role } from '../../../shared/api/records.ts';

/** The demo contact centre: queues, people, reasons and codes. */

const label = (en: string, es: string, pt: string): Label => ({ en, es, pt });

export const seedQueues = [
  { name: 'support', label: label('Support', 'Soporte', 'Suporte'), targetHandleMs: 300_000 },
  { name: 'sales', label: label('Sales', 'Ventas', 'Vendas'), targetHandleMs: 240_000 },
  {
    name: 'billing',
    label: label('Billing', 'Facturación', 'Faturamento'),
    targetHandleMs: 240_000,
    // whoever calls here is asked about recording before an agent answers
    keypadPrompt: { language: 'customer' },
    recording: { policy: 'on_consent', retentionDays: 90, onWithdrawal: 'delete' },
  },
] as const;

export type SeedUser = {
  readonly username: string;
  readonly name: string;
  readonly role: Role;
  readonly extension: string;
  readonly queues: readonly string[];
  readonly team: string | null;
};

export const seedTeams = [
  { name: 'north', label: label('North', 'Norte', 'Norte'), place: 'GB' },
  { name: 'south', label: label('South', 'Sur', 'Sul'), place: 'US-TX' },
] as const;

const both = ['support', 'sales'];

export const seedUsers: readonly SeedUser[] = [
  {
    username: 'alice',
    name: 'Alice Byrne',
    role: 'agent',
    extension: '1001',
    queues: both,
    team: 'north',
  },
  {
    username: 'bruno',
    name: 'Bruno Almeida',
    role: 'agent',
    extension: '1002',
    queues: both,
    team: 'north',
  },
  {
    username: 'carla',
    name: 'Carla Núñez',
    role: 'agent',
    extension: '1003',
    queues: [...both, 'billing'],
    team: 'north',
  },
  {
    username: 'diego',
    name: 'Diego Paredes',
    role: 'agent',
    extension: '1004',
    queues: ['support'],
    team: 'south',
  },
  {
    username: 'esther',
    name: 'Esther Okafor',
    role: 'agent',
    extension: '1005',
    queues: ['sales'],
    team: 'south',
  },
  {
    username: 'felix',
    name: 'Felix Brandt',
    role: 'agent',
    extension: '1006',
    queues: ['support', 'billing'],
    team: 'south',
  },
  {
    username: 'sofia',
    name: 'Sofia Lindqvist',
    role: 'supervisor',
    extension: '1010',
    queues: [],
    team: 'north',
  },
  {
    username: 'admin',
    name: 'Adam Whitlock',
    role: 'administrator',
    extension: '1020',
    queues: [],
    team: null,
  },
];

export type SeedReason = {
  readonly code: string;
  readonly label: Label;
  readonly paid: boolean;
  /** null: as long as it takes. */
  readonly maximumMinutes: number | null;
  /** Who may use it; none: everybody. */
  readonly roles: readonly Role[];
};

const reason = (
  code: string,
  given: Label,
  { paid = true, maximumMinutes = null, roles = [] }: Partial<SeedReason> = {},
): SeedReason => ({ code, label: given, paid, maximumMinutes, roles });

export const seedReasons: readonly SeedReason[] = [
  reason('break', label('Break', 'Descanso', 'Pausa'), { maximumMinutes: 15 }),
  reason('lunch', label('Lunch', 'Almuerzo', 'Almoço'), { paid: false, maximumMinutes: 45 }),
  reason('training', label('Training', 'Formación', 'Formação')),
  reason('meeting', label('Meeting', 'Reunión', 'Reunião'), { maximumMinutes: 60 }),
  reason('coaching', label('Coaching', 'Acompañamiento', 'Acompanhamento')),
  reason('back_office', label('Back office', 'Trabajo interno', 'Trabalho interno')),
  reason('technical', label('Technical problem', 'Problema técnico', 'Problema técnico')),
  reason('floor', label('Floor support', 'Apoyo en sala', 'Apoio em sala'), {
    roles: ['supervisor', 'administrator'],
  }),
];

export const seedCodes = [
  { code: 'resolved', label: label('Resolved', 'Resuelto', 'Resolvido'), queue: null },
  {
    code: 'follow_up',
    label: label('Follow-up needed', 'Requiere seguimiento', 'Requer acompanhamento'),
    queue: null,
  },
  {
    code: 'callback',
    label: label('Callback promised', 'Llamada de vuelta prometida', 'Retorno prometido'),
    queue: null,
  },
  {
    code: 'escalated',
    label: label('Escalated to tier 2', 'Escalado a nivel 2', 'Escalado para o nível 2'),
    queue: 'support',
  },
  {
    code: 'technical_fault',
    label: label('Technical fault', 'Avería técnica', 'Avaria técnica'),
    queue: 'support',
  },
  {
    code: 'how_to',
    label: label('Question about use', 'Duda de uso', 'Dúvida de utilização'),
    queue: 'support',
  },
  { code: 'billing', label: label('Billing', 'Facturación', 'Faturação'), queue: 'support' },
  { code: 'complaint', label: label('Complaint', 'Reclamación', 'Reclamação'), queue: 'support' },
  {
    code: 'order_placed',
    label: label('Order placed', 'Pedido realizado', 'Pedido efetuado'),
    queue: 'sales',
  },
  {
    code: 'quote_sent',
    label: label('Quote sent', 'Presupuesto enviado', 'Orçamento enviado'),
    queue: 'sales',
  },
  {
    code: 'not_interested',
    label: label('Not interested', 'Sin interés', 'Sem interesse'),
    queue: 'sales',
  },
  {
    code: 'wrong_number',
    label: label('Wrong number', 'Número equivocado', 'Número errado'),
    queue: null,
  },
  {
    code: 'no_contact',
    label: label('Nobody reached', 'Sin respuesta', 'Sem resposta'),
    queue: null,
  },
] as const;

export type SeedCode = (typeof seedCodes)[number]['code'];
