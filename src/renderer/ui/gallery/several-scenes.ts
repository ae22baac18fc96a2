import type { Call } from '../../../shared/domain/call/call.ts';
import {
  answered,
  askedNoMore,
  changed,
  consulting,
  dialing,
  ended,
  handedOver,
  joined,
  passing,
  ringing,
  talking,
} from './calls.ts';
import { cardOf } from './people.ts';
import { draftOf, engaged, exact, reserved, wrapUpScene, type Scene } from './scene-makers.ts';

/** Several calls at once, and calls that go to somebody else. */

const tom = { number: '1002', name: 'Tom Okafor' };

/** The agent's customer, and whatever else is on the phone. */
const withCustomer = (now: number, customer: Call, ...others: readonly Call[]): Scene => ({
  desk: {
    agent: engaged(now, customer),
    cards: [
      cardOf(now, {
        callKey: customer.callKey,
        match: exact(now),
        consent: { state: 'granted', at: now - 64_000 },
        recording: { state: 'recording', since: now - 62_000 },
      }),
    ],
  },
  phone: { calls: [customer, ...others] },
});

/** Tom was asked half a minute ago and has answered. */
const asked = (now: number): readonly [Call, Call] => {
  const [customer, consult] = consulting(talking(now), now - 31_000, tom);
  return [customer, answered(consult, now - 24_000)];
};

const wrapUpAfter = (now: number, call: Call, ...others: readonly Call[]): Scene => ({
  desk: {
    agent: {
      state: { state: 'wrap_up', callKeys: [call.callKey], next: { kind: 'ready' } },
      since: now - 2_000,
      doNotDisturb: false,
      revision: 7,
    },
    cards: [cardOf(now, { callKey: call.callKey, match: exact(now) })],
    wrapUps: [draftOf(call)],
  },
  phone: { calls: [call, ...others] },
});

/** Tom rings here and asks about the customer whose card comes with it. */
const askedByTom = (now: number): Call => ringing(now, 1, tom);

export const severalScenes = {
  'consult-ringing': (now) => withCustomer(now, ...consulting(talking(now), now - 5_000, tom)),
  consult: (now) => withCustomer(now, ...asked(now)),
  'consult-swapped': (now) => {
    const [customer, consult] = asked(now);
    return withCustomer(
      now,
      changed(customer, 'resume', now - 4_000),
      changed(consult, 'hold', now - 4_000),
    );
  },
  'consult-alone': (now) => {
    const [customer, consult] = asked(now);
    return wrapUpAfter(now, ended(customer, now - 2_000), consult);
  },
  'consult-refused': (now) => {
    const [customer, consult] = consulting(talking(now), now - 12_000, tom);
    return withCustomer(
      now,
      askedNoMore(customer, now - 1_000),
      ended(consult, now - 1_000, { side: 'remote', outcome: 'busy', sipCode: 486, cause: 17 }),
    );
  },
  conference: (now) => {
    const [customer, consult] = asked(now);
    return withCustomer(now, joined(customer, now - 9_000), joined(consult, now - 9_000));
  },
  'second-call': (now) =>
    withCustomer(
      now,
      changed(talking(now), 'hold', now - 9_000),
      answered(dialing(now), now - 3_000),
    ),
  'transfer-asked': (now) =>
    withCustomer(now, passing(changed(talking(now), 'hold', now), { state: 'asked', to: 'sales' })),
  'transfer-ringing': (now) =>
    withCustomer(
      now,
      passing(changed(talking(now), 'hold', now), { state: 'ringing', to: '1002' }),
    ),
  'transfer-failed': (now) =>
    withCustomer(
      now,
      passing(talking(now), { state: 'failed', to: '+351220145903', sipCode: 486 }),
    ),
  transferred: (now) =>
    wrapUpAfter(
      now,
      ended(talking(now), now - 2_000, {
        side: 'local',
        outcome: 'transferred',
        sipCode: null,
        cause: null,
      }),
    ),
  'line-down': (now) =>
    wrapUpAfter(
      now,
      ended(
        talking(now),
        now - 2_000,
        { side: 'local', outcome: 'completed', sipCode: null, cause: null },
        false,
      ),
    ),
  'asked-ringing': (now) => {
    const call = askedByTom(now);
    return {
      desk: {
        agent: reserved(now, call),
        cards: [cardOf(now, { callKey: call.callKey, match: exact(now) })],
      },
      phone: { calls: [call] },
    };
  },
  'asked-wrap-up': (now) => {
    const scene = wrapUpScene(now);
    const call = ringing(now, 2, tom);
    return {
      desk: {
        ...scene.desk,
        cards: [
          ...(scene.desk.cards ?? []),
          cardOf(now, { callKey: call.callKey, match: exact(now) }),
        ],
      },
      phone: { calls: [...(scene.phone.calls ?? []), call] },
    };
  },
  'asked-talking': (now) => withCustomer(now, answered(askedByTom(now), now - 4_000)),
  'asked-handed-over': (now) =>
    withCustomer(
      now,
      handedOver(answered(askedByTom(now), now - 40_000), {
        number: '+34963152208',
        name: 'PUERTO AZUL',
      }),
    ),
  'transfer-away': (now) => ({
    ...withCustomer(now, talking(now)),
    desk: {
      ...withCustomer(now, talking(now)).desk,
      backend: { state: 'away', why: 'socket closed (1006)', since: now - 95_000 },
    },
  }),
} as const satisfies Record<string, (now: number) => Scene>;
