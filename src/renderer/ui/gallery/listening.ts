import type { Listening } from '../../../shared/api/listening.ts';
import type {
  ContactQuality,
  QualityForm,
  QualityList,
  Scorecard,
} from '../../../shared/api/quality.ts';
import { uuid } from './people.ts';

/** A recording of under three minutes, drawn: who speaks when, a hold, a payment. */

const seconds = 171.4;
const stretches = 857;

/** Loudness that looks like speech: phrases, and words within them. */
const speech = (turn: (second: number) => boolean, seed: number): number[] =>
  Array.from({ length: stretches }, (_, at) => {
    const second = (at * seconds) / stretches;
    if (!turn(second)) return Math.round(6 + 3 * Math.sin(at * seed));
    const phrase = 0.6 + 0.4 * Math.sin(second * 1.7 + seed);
    const word = Math.abs(Math.sin(at * (0.9 + seed / 10)) * Math.cos(at * 0.31));
    return Math.round(255 * Math.min(0.92, 0.12 + 0.75 * phrase * word));
  });

const isSilent = (second: number): boolean =>
  (second > 62 && second < 81) || (second > 81 && second < 122);

export const listeningOf = (now: number): Listening => ({
  seconds,
  peaks: [
    speech((second) => !isSilent(second) && Math.sin(second / 4.1) > -0.15, 2),
    speech((second) => !isSilent(second) && Math.sin(second / 4.1) < 0.2, 5),
  ],
  silences: [{ fromMs: 62_000, toMs: 122_000 }],
  markers: [
    { kind: 'consent', atMs: 0, word: 'granted', before: false },
    { kind: 'hold', atMs: 62_000, toMs: 81_000, name: 'Ana Ferreira' },
    { kind: 'pause', why: 'payment', atMs: 81_000, toMs: 122_000, proven: true },
    { kind: 'transferred', atMs: 158_000, name: 'Ana Ferreira' },
    { kind: 'joined', atMs: 158_200, name: 'Bruno Almeida' },
  ],
  comments: [
    {
      id: uuid(640),
      atMs: 47_000,
      author: { id: uuid(9), name: 'Sofia Lindqvist' },
      writtenAt: now - 1_800_000,
      text: 'Well explained. Say the price before the hold next time.',
    },
  ],
});

const label = (en: string, es: string, pt: string) => ({ en, es, pt });

const form: QualityForm = {
  code: 'conversation',
  version: 2,
  label: label('Conversation', 'Conversación', 'Conversa'),
  queues: [],
  criteria: [
    {
      key: 'listening',
      label: label('Listened and understood', 'Escuchó y entendió', 'Ouviu e compreendeu'),
      ...{ kind: 'scale', maximum: 5, weight: 2, critical: false, mayNotApply: false },
    },
    {
      key: 'solution',
      label: label('Solved the matter', 'Resolvió el asunto', 'Resolveu o assunto'),
      help: label('At once, or with a date.', 'Al momento, o con fecha.', 'Na hora, ou com data.'),
      ...{ kind: 'scale', maximum: 5, weight: 3, critical: false, mayNotApply: true },
    },
    {
      key: 'consent',
      label: label('Asked for consent', 'Pidió consentimiento', 'Pediu consentimento'),
      ...{ kind: 'yes_no', maximum: 1, weight: 1, critical: true, mayNotApply: false },
    },
  ],
};

const scorers = {
  sofia: { id: uuid(9), name: 'Sofia Lindqvist' },
  adam: { id: uuid(10), name: 'Adam Whitlock' },
} as const;

const cardOf = (now: number, part: Partial<Scorecard>): Scorecard => ({
  id: uuid(660),
  contactId: uuid(990),
  agent: { id: uuid(1), name: 'Ana Ferreira' },
  scorer: scorers.sofia,
  purpose: 'review',
  form: form.code,
  version: form.version,
  answers: {
    listening: { value: 5, note: '' },
    solution: { value: 4, note: 'The price came late.' },
    consent: { value: 1, note: '' },
  },
  percent: 90,
  remark: 'A calm call. Thank you.',
  scoredAt: now - 1_700_000,
  acknowledgedAt: null,
  reply: '',
  ...part,
});

/** As the agent sees it, or the supervisor among other scorers. */
export const contactQualityOf = (now: number, role: string): ContactQuality => {
  const review = cardOf(now, {});
  if (role === 'agent') {
    return { agents: [], forms: [form], offered: [], cards: [review], hidden: [] };
  }
  const strict = {
    listening: { value: 3, note: '' },
    solution: { value: null, note: '' },
    consent: { value: 1, note: '' },
  };
  return {
    agents: [review.agent],
    forms: [form],
    offered: [form.code],
    cards: [
      { ...review, acknowledgedAt: now - 600_000, reply: 'I had to ask the back office first.' },
      cardOf(now, {
        ...{ id: uuid(661), scorer: scorers.adam, purpose: 'calibration' },
        ...{ answers: strict, percent: 73.3 },
      }),
      cardOf(now, {
        ...{ id: uuid(662), purpose: 'calibration' },
        ...{ scorer: { id: uuid(1), name: 'Ana Ferreira' }, percent: 90 },
      }),
    ],
    hidden: [],
  };
};

export const qualityListOf = (now: number, role: string): QualityList => {
  const contact = {
    contactId: uuid(990),
    agent: { id: uuid(1), name: 'Ana Ferreira' },
    who: 'Marta Villanueva Ruiz',
    queue: 'support',
    direction: 'inbound' as const,
    startedAt: now - 3_600_000,
  };
  const card = {
    ...{ id: uuid(660), form: form.label, percent: 90, scorer: scorers.sofia },
    ...{ scoredAt: now - 1_700_000, acknowledgedAt: null, reply: '' },
  };
  if (role === 'agent') {
    const older = { contactId: uuid(991), who: 'Jonas Lindqvist', startedAt: now - 90_000_000 };
    const read = { id: uuid(663), percent: 76, acknowledgedAt: now - 80_000_000, reply: 'Noted.' };
    return {
      cards: [
        { ...contact, ...card },
        { ...contact, ...older, ...card, ...read },
      ],
      unscored: [],
    };
  }
  const bruno = { id: uuid(2), name: 'Bruno Almeida' };
  return {
    cards: [{ ...contact, ...card, agent: bruno }],
    unscored: [{ ...contact, agent: bruno, contactId: uuid(992), startedAt: now - 900_000 }],
  };
};
