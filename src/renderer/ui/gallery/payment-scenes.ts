import type { Payment, PaymentHistory } from '../../../shared/api/payment.ts';
import type { WrapUpFieldView } from '../../../shared/api/wrap-ups.ts';
import type { PaymentStepView } from '../../../shared/ipc/payment.ts';
import { deskFixture } from './desk-fixture.ts';
import type { MemoryBridge } from './memory-bridge.ts';
import { uuid } from './people.ts';
import { talkingScene, type Scene } from './scene-makers.ts';
import { talking } from './calls.ts';
import type { Contact } from '../../../shared/api/records.ts';

/** A card is taken while the call is recorded. */

const paymentOf = (now: number, silence: Payment['silence'], leftMs: number): Payment => ({
  pauses: [
    { id: uuid(901), step: 'button', agentId: uuid(1), beganAt: now, limitAt: now + leftMs },
  ],
  silence,
});

const scene = (
  now: number,
  payment: Payment | null,
  state: PaymentStepView['state'],
  rest: Scene['desk'] = {},
): Scene => {
  const call = talking(now);
  const { desk, phone } = talkingScene(
    now,
    {
      consent: { state: 'granted', at: now - 64_000 },
      recording: { state: 'recording', since: now - 60_000 },
      ...(payment === null ? {} : { payment }),
    },
    call,
  );
  const { session } = deskFixture(now);
  return {
    desk: {
      ...desk,
      session:
        session.state === 'signed_in'
          ? { ...session, payment: paymentRules, wrapUpRules: [cardRules] }
          : session,
      paymentSteps: [{ callId: call.callId, step: 'button', state }],
      ...rest,
    },
    ...(phone === undefined ? {} : { phone }),
  };
};

const paymentRules = {
  limitSeconds: 180,
  warnSeconds: 20,
  keypadDigits: 4,
  quietSeconds: 15,
  pages: ['https://pay.example/terminal'],
};

const cardField: WrapUpFieldView = {
  key: 'authorisation',
  label: {
    en: 'Payment authorisation',
    es: 'Autorización del pago',
    pt: 'Autorização do pagamento',
  },
  kind: 'text',
  required: false,
  maxLength: 40,
  choices: [],
  payment: true,
};

const cardRules = {
  queue: 'support',
  mode: 'required' as const,
  seconds: 0,
  extendSeconds: 0,
  maximumExtensions: 0,
  maximumCodes: 1,
  defaultCode: null,
  fields: [cardField],
};

export const paymentScenes = {
  'payment-before': (now) => ({
    ...scene(now, null, 'closing', { paymentSteps: [] }),
  }),
  'payment-asking': (now) => scene(now, null, 'asking'),
  'payment-silent': (now) => scene(now, paymentOf(now, 'silent', 164_000), 'open'),
  'payment-soon': (now) => scene(now, paymentOf(now, 'silent', 14_000), 'open'),
  'payment-lost': (now) => scene(now, null, 'failed'),
  'payment-over': (now) => scene(now, null, 'open'),
} as const satisfies Record<string, (now: number) => Scene>;

/** What the page of a contact tells of a card that was taken. */
export const paymentHistoryOf = (recording: Contact['recordings'][number]): PaymentHistory => {
  const pausedAt = recording.startedAt + 81_000;
  return {
    pauses: [
      {
        id: uuid(902),
        step: 'button',
        agentName: 'Ana Ferreira',
        beganAt: pausedAt - 120,
        endedAt: pausedAt + 42_000,
        endWhy: 'agent',
      },
    ],
    gaps: [
      {
        recordingId: recording.id,
        pausedAt,
        resumedAt: pausedAt + 42_000,
        proof: {
          fromMs: 81_300,
          toMs: 122_700,
          samples: 662_400,
          notZero: 0,
          provenAt: pausedAt + 130_000,
        },
      },
    ],
  };
};

const done = { ok: true, value: null } as const;

/** A backend that takes every pause at once. */
export const paymentHandlersOf = (bridge: MemoryBridge, now: () => number) => {
  const put = (callId: string, payment: Payment | null) => {
    const callKey = bridge.phone().calls.find((call) => call.callId === callId)?.callKey;
    const { cards, paymentSteps = [] } = bridge.desk();
    bridge.changeDesk({
      cards: cards.map((card) => {
        if (card.callKey !== callKey) return card;
        const { payment: _before, ...rest } = card;
        return payment === null ? rest : { ...rest, payment };
      }),
      paymentSteps: [
        ...paymentSteps.filter((step) => step.callId !== callId),
        ...(payment === null ? [] : [{ callId, step: 'button' as const, state: 'open' as const }]),
      ],
    });
    return done;
  };
  return {
    'payment.open': ({ callId }: { readonly callId: string }) =>
      put(callId, paymentOf(now(), 'silent', 180_000)),
    'payment.extend': ({ callId }: { readonly callId: string }) =>
      put(callId, paymentOf(now(), 'silent', 180_000)),
    'payment.close': ({ callId }: { readonly callId: string }) => put(callId, null),
  };
};
