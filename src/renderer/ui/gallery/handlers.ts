import type { Contact, ContactCard } from '../../../shared/api/records.ts';
import { consentState } from '../../../shared/domain/consent/consent.ts';
import { handleTimeOf, segmentsOf } from '../../../shared/domain/handle-time/segments.ts';
import { ended, ringing, talking } from './calls.ts';
import type { createMemoryBridge, MemoryBridge } from './memory-bridge.ts';
import { obeyed } from './obeyed.ts';
import { historyOf, searchedHistory } from './history.ts';
import { refusedEventsOf } from './ledger-scenes.ts';
import { myDayOf } from './my-day.ts';
import { callBackHandlersOf } from './call-back-scenes.ts';
import { coachingHandlersOf } from './coaching.ts';
import { checkHandlersOf } from './check-scenes.ts';
import { deviceHandlersOf } from './device-scenes.ts';
import { badLine, lineHandlersOf } from './line.ts';
import { listeningHandlersOf } from './listening-handlers.ts';
import { directoryHandlers } from './directory-scenes.ts';
import { elsewhereHandlersOf } from './elsewhere-scenes.ts';
import { floorHandlersOf } from './floor-scenes.ts';
import { headsetHandlersOf } from './headset-handlers.ts';
import { keptWritingHandlers } from './kept-writing.ts';
import { guidanceHandlersOf } from './guidance.ts';
import { helpHandlersOf } from './help-handlers.ts';
import { paymentHandlersOf, paymentHistoryOf } from './payment-scenes.ts';
import { supervisionHandlersOf } from './supervision-scenes.ts';
import { surveyHandlersOf } from './survey-scenes.ts';
import { reportHandlersOf } from './report-scenes.ts';
import { shiftHandlersOf } from './shift-handlers.ts';
import { candidates, cardOf, colleagues, marta, uuid } from './people.ts';

const done = { ok: true, value: null } as const;

const changeCard = (
  bridge: MemoryBridge,
  callKey: string,
  change: (card: ContactCard) => ContactCard,
): void => {
  bridge.changeDesk({
    cards: bridge.desk().cards.map((card) => (card.callKey === callKey ? change(card) : card)),
  });
};

export const contactFixture = (now: number): Contact => {
  const call = ended(talking(now - 3_600_000), now - 3_600_000);
  const facts = [
    ...call.facts,
    {
      kind: 'wrap_up_completed' as const,
      id: uuid(799),
      callId: call.callId,
      callKey: call.callKey,
      at: now - 3_600_000 + 38_412,
      code: 'resolved',
      notes: 'Router replaced under warranty.\nTracking number sent by e-mail.',
    },
  ];
  const segments = segmentsOf(facts);
  const at = call.facts[0]?.at ?? now;
  const recording = {
    id: uuid(600),
    startedAt: at + 24_000,
    endedAt: at + 195_400,
    seconds: 171.4,
    channels: 2,
    playable: true,
  };
  return {
    card: cardOf(now, {
      callKey: call.callKey,
      match: { kind: 'exact', customer: marta(now) },
      startedAt: at,
      consent: { state: 'granted', at: at + 20_000 },
      recording: { state: 'stopped', seconds: 171.4 },
    }),
    endedAt: now - 3_600_000,
    legs: [
      {
        callId: call.callId,
        agent: {
          id: uuid(1),
          username: 'ana',
          name: 'Ana Ferreira',
          role: 'agent',
          extension: '1001',
        },
        segments: [...segments],
        ...handleTimeOf(segments, now),
        outcome: 'completed',
        code: 'resolved',
        notes: 'Router replaced under warranty.\nTracking number sent by e-mail.',
        facts,
        line: badLine(at),
        afterPbx: { offeredMs: 12, answeredMs: 2_340, endedMs: -38 },
      },
    ],
    consentFacts: (['asked', 'granted'] as const).map((kind, index) => ({
      id: uuid(790 + index),
      callId: call.callId,
      callKey: call.callKey,
      at: at + 17_000 + index * 6_000,
      kind,
      how: 'voice',
      by: 'agent',
      ruleVersion: '2026-11-22',
      wordingVersion: 'es-4',
      language: 'es',
      offsetMs: 11_000 + index * 6_000,
      ...(kind === 'granted' ? { standing: true as const } : {}),
    })),
    survey: {
      ...{ way: 'keypad', kind: 'csat', why: 'share', outcome: 'complete', asksResolved: true },
      ...{ askedAt: now - 3_600_000, score: 4, resolved: true },
    },
    recordings: [recording],
    payment: paymentHistoryOf(recording),
  };
};

export const handlersOf =
  (now: () => number): Parameters<typeof createMemoryBridge>[2] =>
  (bridge) => ({
    'desk.snapshot': () => bridge.desk(),
    'phone.snapshot': () => bridge.phone(),
    'clock.now': now,
    'session.signIn': ({ password }) =>
      password === 'wrong' ? { ok: false, why: { code: 'wrong_password', detail: '' } } : done,
    'session.signOut': () => done,
    'agent.wish': (wish) => {
      const { agent } = bridge.desk();
      const doNotDisturb = agent?.doNotDisturb ?? false;
      const revision = (agent?.revision ?? 0) + 1;
      if (agent !== null && 'next' in agent.state) {
        const { origin: _origin, ...own } = agent;
        bridge.changeDesk({ agent: { ...own, state: { ...agent.state, next: wish }, revision } });
        return done;
      }
      const state =
        wish.kind === 'ready'
          ? ({ state: 'ready' } as const)
          : ({ state: 'not_ready', reason: wish.reason } as const);
      bridge.changeDesk({ agent: { state, since: now(), doNotDisturb, revision } });
      return done;
    },
    'agent.doNotDisturb': ({ on }) => {
      const { agent } = bridge.desk();
      if (agent !== null) {
        bridge.changeDesk({
          agent: { ...agent, doNotDisturb: on, revision: agent.revision + 1 },
        });
      }
      return done;
    },
    'phone.command': (command) => obeyed(bridge, command, now()),
    'consent.record': ({ callId, kind, how, standing }) => {
      const call = bridge.phone().calls.find((other) => other.callId === callId);
      if (call === undefined) return { ok: false, why: { code: 'no_such_call', detail: '' } };
      const state = consentState([
        { id: uuid(1), callId, callKey: call.callKey, at: 0, kind: 'asked' },
        { id: uuid(2), callId, callKey: call.callKey, at: 1, kind },
      ]);
      changeCard(bridge, call.callKey, (card) => ({
        ...card,
        consent: {
          ...card.consent,
          ...{ state, at: now() },
          ...(how === undefined ? {} : { how }),
          ...(standing === undefined ? {} : { standing }),
        },
        recording: kind === 'granted' ? { state: 'recording', since: now() } : { state: 'off' },
      }));
      return done;
    },
    'wrapUp.draft': () => done,
    'wrapUp.extend': ({ callId }) => {
      bridge.changeDesk({
        wrapUps: bridge
          .desk()
          .wrapUps.map((draft) =>
            draft.callId === callId ? { ...draft, extensions: (draft.extensions ?? 0) + 1 } : draft,
          ),
      });
      return done;
    },
    'wrapUp.correct': ({ callId, callKey, queue: _queue, after, ...said }) => ({
      ok: true,
      value: {
        kind: 'wrap_up_corrected',
        id: uuid(797),
        callId,
        callKey,
        at: Math.max(now(), after + 1),
        ...said,
      },
    }),
    'wrapUp.complete': ({ callId }) => {
      const { session, wrapUps } = bridge.desk();
      const draft = wrapUps.find((kept) => kept.callId === callId);
      const rules = session.state === 'signed_in' ? (session.wrapUpRules ?? []) : [];
      if (rules.find(({ queue }) => queue === draft?.queue)?.mode === 'timed_no_early_exit') {
        bridge.changeDesk({
          wrapUps: wrapUps.map((kept) => (kept === draft ? { ...kept, done: true } : kept)),
        });
        return done;
      }
      bridge.changePhone({
        calls: bridge.phone().calls.filter((call) => call.callId !== callId),
      });
      bridge.changeDesk({
        wrapUps: bridge.desk().wrapUps.filter((draft) => draft.callId !== callId),
        agent: { state: { state: 'ready' }, since: now(), doNotDisturb: false, revision: 20 },
      });
      return done;
    },
    'customers.search': ({ text }) => ({
      ok: true,
      value: [marta(now()), ...candidates].filter((found) =>
        `${found.name} ${found.company}`.toLowerCase().includes(text.toLowerCase()),
      ),
    }),
    'customers.open': () => ({ ok: true, value: marta(now()) }),
    'customers.create': () => ({ ok: true, value: marta(now()) }),
    'customers.link': () => {
      bridge.changeDesk({
        cards: bridge.desk().cards.map((card) => ({
          ...card,
          match: { kind: 'confirmed', customer: marta(now()) },
        })),
      });
      return done;
    },
    'contacts.recent': () => ({ ok: true, value: [...historyOf(now())] }),
    'contacts.search': ({ search = '', show = 'all', before }) =>
      bridge.desk().backend.state === 'connected'
        ? { ok: true, value: searchedHistory(now(), search, show, before ?? null) }
        : { ok: false, why: { code: 'backend_away', detail: '' } },
    'favourites.put': ({ favourites }) => {
      const { session } = bridge.desk();
      if (session.state === 'signed_in') {
        const kept = favourites.map((favourite) => ({ ...favourite, gone: false }));
        bridge.changeDesk({ session: { ...session, favourites: kept } });
      }
      return done;
    },
    'contacts.open': () => ({ ok: true, value: contactFixture(now()) }),
    'reports.myDay': () => {
      const { backend, today } = bridge.desk();
      return backend.state === 'connected' && today !== null
        ? myDayOf(now(), today)
        : { ok: false, why: { code: 'backend_away', detail: '' } };
    },
    ...deviceHandlersOf(bridge, now),
    ...checkHandlersOf(bridge, now),
    ...shiftHandlersOf(bridge, now),
    ...coachingHandlersOf(bridge, now),
    ...surveyHandlersOf(bridge),
    ...callBackHandlersOf(bridge, now),
    ...listeningHandlersOf(bridge, now),
    ...helpHandlersOf(bridge, now),
    ...guidanceHandlersOf(bridge, now),
    ...paymentHandlersOf(bridge, now),
    ...reportHandlersOf(bridge, now),
    ...lineHandlersOf(now),
    ...supervisionHandlersOf(bridge, now),
    ...floorHandlersOf(bridge, now),
    ...headsetHandlersOf(bridge),
    ...elsewhereHandlersOf(bridge),
    ...keptWritingHandlers(),
    ...directoryHandlers(),
    'offer.shown': () => done,
    'emergency.confirm': (address) => {
      bridge.changeDesk({ emergencyPlace: { confirmed: address, latest: address, later: false } });
      return done;
    },
    'emergency.later': () => {
      bridge.changeDesk({ emergencyPlace: null });
      return done;
    },
    'emergency.read': () => {
      bridge.changeDesk({ emergencies: [] });
      return done;
    },
    'update.check': () => done,
    'update.apply': () => ({ ok: true, value: { obstacle: null, failure: null } }),
    'missed.note': ({ missedId, note }) => {
      const { missed = [] } = bridge.desk();
      bridge.changeDesk({
        missed: missed.map((each) => (each.id === missedId ? { ...each, note } : each)),
      });
      return done;
    },
    'targets.list': () =>
      bridge.desk().backend.state === 'connected'
        ? { ok: true, value: colleagues(now()) }
        : { ok: false, why: { code: 'backend_away', detail: '' } },
    'demo.customerCall': () => {
      const call = ringing(now(), 2);
      bridge.changeDesk({
        cards: [
          ...bridge.desk().cards,
          cardOf(now(), {
            callKey: call.callKey,
            match: { kind: 'exact', customer: marta(now()) },
          }),
        ],
      });
      bridge.changePhone({ calls: [...bridge.phone().calls, call] });
      return {
        ok: true,
        value: {
          callKey: call.callKey,
          number: call.remote.number,
          name: 'Marta Villanueva Ruiz',
          queue: call.queue,
        },
      };
    },
    'demo.clock': ({ everySeconds }) => {
      const { session } = bridge.desk();
      if (session.state === 'signed_in') {
        bridge.changeDesk({ session: { ...session, demoEverySeconds: everySeconds } });
      }
      return done;
    },
    'dialRequest.settle': () => {
      bridge.changeDesk({ dialRequest: null });
      return done;
    },
    'linkedContact.settle': () => {
      bridge.changeDesk({ linkedContact: null });
      return done;
    },
    'globalKeys.pause': () => done,
    'phoneLinks.state': () => ({
      ok: true,
      value: { state: 'off', obstacle: null, desktopFile: null },
    }),
    'phoneLinks.set': ({ on }) => ({
      ok: true,
      value: { state: on ? 'on' : 'off', obstacle: null, desktopFile: null },
    }),
    'compact.move': () => done,
    'journal.refused': () => refusedEventsOf(now()),
    'journal.export': () => ({ ok: true, value: '/home/ana/ringside-refused-events.json' }),
    'settings.change': (part) => {
      if (part.backendUrl !== undefined && !URL.canParse(part.backendUrl)) {
        return { ok: false, why: { code: 'invalid', detail: 'backendUrl' } };
      }
      bridge.changeDesk({ settings: { ...bridge.desk().settings, ...part } });
      return done;
    },
  });
