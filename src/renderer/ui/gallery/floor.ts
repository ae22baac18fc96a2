import type { BoardAgent, BoardCall, BoardPush, BoardQueue } from '../../../shared/api/board.ts';
import type { Report } from '../../../shared/api/reports.ts';
import { pseudoRandom } from './pseudo-random.ts';
import { uuid } from './people.ts';

/** A made-up floor: the same for the same time. */

type State = BoardAgent['state']['state'];

const minuteMs = 60_000;
const firstNames = [
  ...['Ana', 'Tom', 'Lucía', 'Jonas', 'Inês', 'Marek', 'Aoife', 'Diego', 'Petra', 'Samir'],
  ...['Klara', 'Bruno', 'Nadia', 'Felix', 'Carla', 'Otto', 'Rita', 'Hugo', 'Elsa', 'Mateo'],
];
const lastNames = [
  ...['Ferreira', 'Okafor', 'Prado', 'Weber', 'Moura', 'Nowak', 'Byrne', 'Salas', 'Lindqvist'],
  ...['Haddad', 'Vogel', 'Costa', 'Rahman', 'Berg', 'Duarte', 'Kern', 'Alves', 'Navarro'],
];
const customers = [
  ...['Marta Villanueva Ruiz', 'Henrique Duarte', '+45 32 12 99 80', 'Librería Puerto Azul'],
  ...['Armazém Duarte, Lda.', 'Kirsten Jensen', 'Olumide Bello', '(202) 555-0147'],
];
const queues = ['support', 'sales', 'billing'];
const teams = ['north', 'south'];

const label = (en: string, es: string, pt: string) => ({ en, es, pt });

const terms = (now: number) => {
  const from = now - (now % 86_400_000);
  return {
    queues: [
      {
        name: 'support',
        label: label('Support', 'Soporte', 'Suporte'),
        targetHandleMs: 300_000,
        serviceLevelMs: 20_000,
        serviceLevelTarget: 0.8,
      },
      {
        name: 'sales',
        label: label('Sales', 'Ventas', 'Vendas'),
        targetHandleMs: 420_000,
        serviceLevelMs: 20_000,
        serviceLevelTarget: 0.8,
      },
      {
        name: 'billing',
        label: label('Billing', 'Facturación', 'Cobrança'),
        targetHandleMs: 360_000,
        serviceLevelMs: 30_000,
        serviceLevelTarget: 0.8,
      },
    ],
    teams: [
      { name: 'north', label: label('North', 'Norte', 'Norte') },
      { name: 'south', label: label('South', 'Sur', 'Sul') },
    ],
    reasons: [
      { code: 'break', label: label('Break', 'Descanso', 'Pausa'), maximumMinutes: 15 },
      { code: 'lunch', label: label('Lunch', 'Comida', 'Almoço'), maximumMinutes: 45 },
      { code: 'meeting', label: label('Meeting', 'Reunión', 'Reunião'), maximumMinutes: null },
    ],
    day: { from, to: from + 86_400_000, zone: 'UTC' },
  };
};

const at = <Value>(values: readonly Value[], index: number): Value => {
  const value = values[index % values.length];
  if (value === undefined) throw new Error('nothing to choose from');
  return value;
};

const stateAt = (share: number): State =>
  share < 0.46
    ? 'engaged'
    : share < 0.66
      ? 'ready'
      : share < 0.76
        ? 'wrap_up'
        : share < 0.9
          ? 'not_ready'
          : share < 0.94
            ? 'reserved'
            : 'offline';

const callOf = (
  n: number,
  random: () => number,
  now: number,
  stage: BoardCall['stage'],
): BoardCall => {
  const ageMs = Math.floor(
    (stage === 'talking' ? 9 : stage === 'wrap_up' ? 3 : 0.2) * minuteMs * random() ** 2,
  );
  const isHeld = stage === 'talking' && random() < 0.14;
  const holds = isHeld ? 1 : random() < 0.2 ? 1 : 0;
  return {
    callKey: `call-${n}`,
    contactId: uuid(5_000 + n),
    stage,
    direction: random() < 0.85 ? 'inbound' : 'outbound',
    queue: at(queues, n),
    since: now - ageMs,
    waitedMs: Math.floor(random() ** 3 * 90_000),
    holds,
    onHoldSince: isHeld ? now - Math.floor(ageMs * random()) : null,
    consulting: false,
    customer: at(customers, Math.floor(random() * customers.length)),
    joins: [],
  };
};

export const floorAgent = (n: number, now: number, random: () => number): BoardAgent => {
  const state = stateAt(random());
  const stage = state === 'reserved' ? 'ringing' : state === 'wrap_up' ? 'wrap_up' : 'talking';
  const next = { kind: 'ready' } as const;
  const call = ['engaged', 'reserved', 'wrap_up'].includes(state)
    ? callOf(n, random, now, stage)
    : null;
  const callKey = call?.callKey ?? '';
  return {
    id: uuid(3_000 + n),
    name: `${at(firstNames, n)} ${at(lastNames, n * 7)}`,
    extension: String(1_001 + n),
    role: 'agent',
    team: at(teams, Math.floor(n / 3)),
    queues: [at(queues, n), at(queues, n + 1)],
    state:
      state === 'engaged' || state === 'wrap_up'
        ? { state, callKeys: [callKey], next }
        : state === 'reserved'
          ? { state, callKey, next }
          : state === 'not_ready'
            ? { state, reason: at(['break', 'lunch', 'meeting'], n) }
            : { state },
    since: call?.since ?? now - Math.floor(random() * 22 * minuteMs),
    doNotDisturb: false,
    revision: n,
    calls: call === null ? [] : [call],
    quality: state === 'engaged' ? at(['good', 'good', 'good', 'good', 'fair', 'bad'], n) : null,
    help: null,
  };
};

const queueFigures = (now: number): readonly BoardQueue[] => [
  {
    name: 'support',
    waiting: 4,
    waitingSince: now - 47_000,
    ready: 3,
    serviceLevelNow: 0.71,
    offeredNow: 38,
    serviceLevelToday: 0.83,
    offeredToday: 412,
    answeredToday: 389,
    abandonedToday: 17,
  },
  {
    name: 'sales',
    waiting: 0,
    waitingSince: null,
    ready: 5,
    serviceLevelNow: 0.95,
    offeredNow: 20,
    serviceLevelToday: 0.91,
    offeredToday: 188,
    answeredToday: 184,
    abandonedToday: 3,
  },
  {
    name: 'billing',
    waiting: 1,
    waitingSince: now - 96_000,
    ready: 0,
    serviceLevelNow: 0.42,
    offeredNow: 12,
    serviceLevelToday: 0.68,
    offeredToday: 97,
    answeredToday: 84,
    abandonedToday: 11,
  },
];

export const floorOf = (now: number, count = 30): Extract<BoardPush, { kind: 'board' }> => {
  const random = pseudoRandom(7);
  const agents = Array.from({ length: count }, (_, n) => floorAgent(n, now, random));
  const talking = agents.find(({ state }) => state.state === 'engaged');
  return {
    kind: 'board',
    revision: 0,
    terms: terms(now),
    queues: [...queueFigures(now)],
    agents: agents.map((agent) =>
      agent === talking
        ? {
            ...agent,
            help: {
              helpId: uuid(6_001),
              callKey: agent.calls[0]?.callKey ?? null,
              raisedAt: now - 21_000,
              takenBy: null,
            },
          }
        : agent,
    ),
  };
};

export const emptyFloorOf = (now: number): Extract<BoardPush, { kind: 'board' }> => ({
  ...floorOf(now, 0),
  agents: [],
});

const figures = (offered: number, answered: number, abandoned: number, level: number) => ({
  ...{ offered, answered, abandoned, shortAbandons: 0, leftOtherwise: 0 },
  ...{
    abandonRate: abandoned / offered,
    asaMs: 12_000,
    longestWaitMs: 60_000,
    serviceLevel: level,
  },
  ...{ rang: null, handled: null, ahtMs: null, handleMs: null, talkMs: null, consultMs: null },
  ...{ holdMs: null, wrapUpMs: null, dialMs: null, occupancy: null, busyMs: null, readyMs: null },
  ...{ notReadyMs: null, transferred: null, transferRate: null, fcr: null, missed: null },
  missedCounted: null,
  ...{ surveysAsked: null, surveysAnswered: null, surveyRate: null, csatAnswers: null, csat: null },
  ...{ csatHighShare: null, npsAnswers: null, nps: null, resolvedAnswers: null },
  resolvedShare: null,
});

export const floorDayOf = (now: number, from: number, to: number): Report => {
  const random = pseudoRandom(11);
  const lines: Report['lines'][number][] = [];
  const first = Math.max(from, now - 7 * 3_600_000);
  for (let start = first - (first % 1_800_000); start <= now; start += 1_800_000) {
    for (const key of queues) {
      const offered = 8 + Math.floor(random() * 18);
      const abandoned = Math.floor(random() * 3);
      lines.push({
        ...{ from: start, to: start + 1_800_000, local: '', key, name: key, missedByCause: {} },
        figures: figures(offered, offered - abandoned, abandoned, 0.6 + random() * 0.38),
      });
    }
  }
  return {
    ...{ view: 'ringside', by: 'queue', interval: '30', zone: 'UTC', from, to, readAt: now },
    definitions: {},
    lines,
  };
};
