import type { CallBackView, DeskCallBacks } from '../../../shared/api/call-backs.ts';
import { usualCallBackRules } from '../../../shared/domain/call-back/call-back-hours.ts';
import { deskFixture } from './desk-fixture.ts';
import type { createMemoryBridge, MemoryBridge } from './memory-bridge.ts';
import { uuid } from './people.ts';
import type { Scene } from './scene-makers.ts';

/** What was promised to customers, what a queue offers, and what there is to be reminded of. */

type Handlers = ReturnType<Parameters<typeof createMemoryBridge>[2]>;
type CallBackName = Extract<keyof Handlers, `callBacks.${string}`>;

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
const ana = { id: uuid(1), name: 'Ana Ferreira' };

const callBackOf = (n: number, now: number, part: Partial<CallBackView>): CallBackView => ({
  id: uuid(5_000 + n),
  ...{ kind: 'call_back', state: 'scheduled', number: '+34963152208' },
  ...{ note: '', dueAt: now + hourMs, createdAt: now - hourMs, createdBy: ana, owner: ana },
  ...{ queue: 'support', customer: null, zone: null, contact: null },
  ...{ attemptCount: 0, attempts: [], offer: null, overAt: null, revision: 1 },
  ...part,
});

const marta = { id: uuid(101), name: 'Marta Villanueva Ruiz' };
const tries = (now: number): CallBackView['attempts'] => [
  { at: now - 5 * hourMs, agentName: ana.name, outcome: 'busy', contactId: uuid(905) },
  { at: now - 2 * hourMs, agentName: ana.name, outcome: 'no_answer', contactId: uuid(906) },
];

const listOf = (now: number): readonly CallBackView[] => [
  callBackOf(1, now, {
    ...{ customer: marta, zone: 'Europe/Madrid', dueAt: now - 40 * minuteMs },
    ...{ note: 'Has the card terminal come back on?', attemptCount: 2, attempts: tries(now) },
    contact: { id: uuid(901), startedAt: now - 26 * hourMs },
  }),
  callBackOf(2, now, {
    ...{ number: '+12025550143', dueAt: now + 5 * minuteMs, zone: 'America/New_York' },
    ...{ customer: { id: uuid(102), name: 'Grace Okonkwo-Hernandez' } },
    note: 'Only after nine in the morning where she is; ask for the invoice of October.',
  }),
  callBackOf(3, now, {
    ...{ kind: 'follow_up', number: '', note: 'Send the form for the warranty' },
    ...{ customer: marta, dueAt: now + 50 * minuteMs },
  }),
  callBackOf(4, now, {
    ...{ owner: null, dueAt: now + 26 * hourMs, number: '+351912004118', queue: 'sales' },
  }),
];
const overOf = (now: number): readonly CallBackView[] => [
  callBackOf(8, now, {
    ...{ state: 'done', overAt: now - 3 * hourMs, customer: marta, attemptCount: 1 },
    dueAt: now - 3 * hourMs,
    attempts: [{ at: now - 3 * hourMs, agentName: ana.name, outcome: 'answered', contactId: null }],
  }),
  callBackOf(9, now, {
    ...{ state: 'exhausted', overAt: now - 20 * hourMs, attemptCount: 3 },
    dueAt: now - 22 * hourMs,
  }),
];

const deskPart = (now: number, part: Partial<DeskCallBacks> = {}): DeskCallBacks => ({
  upcoming: listOf(now).filter(({ dueAt, owner }) => dueAt > now && owner !== null),
  ...{ due: 1, toldAt: now, asking: [], offered: null, teamDue: null },
  rules: usualCallBackRules,
  ...part,
});

const supervising = (now: number): Scene['desk'] => {
  const { session } = deskFixture(now);
  return session.state === 'signed_in'
    ? { session: { ...session, user: { ...session.user, role: 'supervisor' } } }
    : {};
};

export const callBackScenes = {
  'call-backs': (now) => ({
    desk: { callBacks: deskPart(now), callBackNews: { due: 1, overdue: 0, reminders: [] } },
  }),
  'call-backs-team': (now) => ({
    desk: {
      ...supervising(now),
      callBacks: deskPart(now, { teamDue: 2 }),
      callBackNews: { due: 1, overdue: 0, reminders: [] },
    },
  }),
  'call-back-offered': (now) => ({
    desk: {
      callBacks: deskPart(now, {
        offered: callBackOf(20, now, {
          ...{ state: 'offered', owner: null, customer: marta, zone: 'America/Bogota' },
          ...{ offer: { to: ana.id, until: now + 30_000 }, dueAt: now - minuteMs },
          note: 'Has the card terminal come back on?',
        }),
      }),
      callBackNews: { due: 1, overdue: 0, reminders: [] },
    },
  }),
  'call-back-reminder': (now) => ({
    desk: {
      callBacks: deskPart(now, {
        asking: [
          callBackOf(30, now, {
            ...{ state: 'attempted', customer: marta, attemptCount: 2, attempts: tries(now) },
          }),
        ],
      }),
      callBackNews: {
        ...{ due: 3, overdue: 2 },
        reminders: [{ id: uuid(5_002), kind: 'soon', dueAt: now + 5 * minuteMs }],
      },
    },
  }),
} as const satisfies Record<string, (now: number) => Scene>;

const states = {
  take: 'taken',
  pass: 'scheduled',
  reopen: 'scheduled',
  done: 'done',
  cancel: 'cancelled',
} as const;

const away = { ok: false, why: { code: 'backend_away', detail: '' } } as const;
const done = { ok: true, value: null } as const;

/** Answers about call-backs; what is promised and done is there from then on. */
export const callBackHandlersOf = (
  bridge: MemoryBridge,
  now: () => number,
): Pick<Handlers, CallBackName> => {
  let kept: readonly CallBackView[] | null = null;
  const all = () => (kept ??= [...listOf(now()), ...overOf(now())]);
  const isHere = (): boolean => bridge.desk().backend.state === 'connected';
  /** Told as the backend tells it: everything anew. */
  const put = (callBack: CallBackView) => {
    const others = all().filter(({ id }) => id !== callBack.id);
    kept = [...others, callBack].sort((a, b) => a.dueAt - b.dueAt);
    const { callBacks } = bridge.desk();
    if (callBacks !== undefined && callBacks !== null) {
      bridge.changeDesk({
        callBacks: {
          ...callBacks,
          toldAt: now(),
          offered: callBacks.offered?.id === callBack.id ? null : callBacks.offered,
          asking: callBacks.asking.filter(({ id }) => id !== callBack.id),
        },
      });
    }
    return { ok: true, value: callBack } as const;
  };
  const changed = (id: string, part: Partial<CallBackView>) => {
    const { offered = null, asking = [] } = bridge.desk().callBacks ?? {};
    const known = [...all(), ...asking, ...(offered === null ? [] : [offered])].find(
      (each) => each.id === id,
    );
    if (known === undefined) {
      return { ok: false, why: { code: 'not_found', detail: '' } } as const;
    }
    return put({ ...known, ...part, revision: known.revision + 1 });
  };
  return {
    'callBacks.page': ({ whose = 'mine', show = 'open' }) => {
      if (!isHere()) return away;
      const open = all().filter(({ overAt }) => (overAt === null) === (show === 'open'));
      const callBacks = open.filter(({ owner }) => whose === 'team' || owner !== null);
      const due = callBacks.filter(({ overAt, dueAt }) => overAt === null && dueAt <= now());
      const agents = [ana, { id: uuid(2), name: 'Tom Okafor' }];
      return {
        ok: true,
        value: {
          ...{ callBacks: [...callBacks], next: null, due: due.length },
          agents: whose === 'team' ? agents : [],
        },
      };
    },
    'callBacks.about': ({ customerId, contactId }) => ({
      ok: true,
      value: {
        callBacks: all().filter(
          ({ customer, contact }) =>
            (customer !== null && customer.id === customerId) ||
            (contact !== null && contact.id === contactId),
        ),
      },
    }),
    'callBacks.schedule': ({ callBackId: id, kind, number, note, dueAt, forQueue, queue }) =>
      isHere()
        ? put(
            callBackOf(0, now(), {
              ...{ id, kind, number, note, dueAt, queue },
              owner: forQueue ? null : ana,
            }),
          )
        : away,
    'callBacks.change': ({ callBackId, note, dueAt }) =>
      isHere() ? changed(callBackId, { note, dueAt, state: 'scheduled', overAt: null }) : away,
    'callBacks.give': ({ callBackId, agentId }) =>
      changed(callBackId, { owner: agentId === null ? null : { id: agentId, name: 'Tom Okafor' } }),
    'callBacks.act': ({ callBackId, deed }) => {
      const isOver = deed === 'done' || deed === 'cancel';
      return changed(callBackId, {
        ...{ state: states[deed], overAt: isOver ? now() : null, offer: null },
        ...(deed === 'take' ? { owner: ana } : {}),
      });
    },
    'callBacks.dismiss': ({ callBackId }) => {
      const { callBackNews: news } = bridge.desk();
      if (news !== undefined && news !== null) {
        const reminders = news.reminders.filter(({ id }) => id !== callBackId);
        const overdue = callBackId === null ? 0 : news.overdue;
        bridge.changeDesk({ callBackNews: { ...news, overdue, reminders } });
      }
      return done;
    },
  };
};
