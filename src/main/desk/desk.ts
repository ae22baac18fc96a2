import { randomUUID } from 'node:crypto';
import WebSocket from 'ws';
import { eventReceiptSchema } from '../../shared/api/events.ts';
import type { EngineSetup, Levels, PhoneCommand, PhoneSnapshot } from '../../shared/ipc/phone.ts';
import type { Settings } from '../../shared/ipc/desk.ts';
import { failure, success } from '../../shared/result.ts';
import type { EngineHandlers } from '../ipc/engine-ipc.ts';
import type { DeskHandlers } from '../ipc/ui-answers.ts';
import type { Journal } from '../journal/journal.ts';
import { createSender } from '../journal/sender.ts';
import { createCallLedger } from '../ledger/call-ledger.ts';
import { isLive } from '../ledger/leg.ts';
import { createUnhurriedRing } from '../ledger/unhurried-ring.ts';
import { createLogger } from '../log/logger.ts';
import { newId } from '../new-id.ts';
import { createApiClient, type Fetch } from './api-client.ts';
import { backendRequests } from './backend-requests.ts';
import { createDeskClock } from './desk-clock.ts';
import { createDeskSession } from './desk-session.ts';
import type { DeskStore } from './desk-store.ts';
import { adoptOwedWrapUps } from './owed-wrap-ups.ts';
import { incomingPolicy } from './incoming-policy.ts';
import { createPhoneRelay } from './phone-relay.ts';
import { sipDomainOf } from './sip-account.ts';
import { settingsRefusal } from './settings-change.ts';
import { watchedExtensions } from './watched-extensions.ts';

const engineLog = createLogger('engine');
const hangUpMs = 1_000;

export type DeskPorts = {
  readonly store: DeskStore;
  readonly journal: Journal;
  readonly fetch: Fetch;
  readonly monotonicMs: () => number;
  readonly wallNow: () => number;
  readonly random: () => number;
  /** Writes the settings; false when they could not be kept. */
  readonly keepSettings: (change: Partial<Settings>) => boolean;
  readonly onSettings: (settings: Settings) => void;
  readonly onPhone: (snapshot: PhoneSnapshot) => void;
  readonly onLevels: (levels: Levels) => void;
  readonly setupEngine: (setup: EngineSetup) => void;
  readonly commandEngine: (commandId: string, command: PhoneCommand) => boolean;
  readonly wakeEngine: (why: 'resume' | 'network') => void;
  readonly onEngineAsked: () => void;
};

export type Desk = {
  readonly ui: DeskHandlers;
  readonly engine: EngineHandlers;
  readonly phone: () => PhoneSnapshot;
  readonly token: () => string | null;
  /** The domain of the phone's address, where it has one. */
  readonly sipDomain: () => string | null;
  readonly engineLost: () => void;
  readonly woke: (why: 'resume' | 'network') => void;
  /** Hangs up, sends what waits and signs off, as far as that goes in a few seconds. */
  readonly farewell: () => Promise<void>;
};

/** Everything behind the window: session, phone, ledger and journal, put together. */
export const createDesk = (ports: DeskPorts): Desk => {
  const { store, journal, wallNow, random, monotonicMs } = ports;
  const clock = createDeskClock(monotonicMs, wallNow);
  const api = createApiClient(() => store.snapshot().backendUrl, ports.fetch);
  let accountWasRefused = false;

  const showJournal = (): void =>
    store.update({
      wrapUps: ledger.wrapUps(),
      finished: ledger.finished(),
      journal: { ...journal.counts(), problem: journal.problem() },
    });

  const sender = createSender({
    journal,
    agentId: () => session.userId(),
    send: async (events) => {
      const answer = await session.request({
        method: 'POST',
        path: '/events',
        body: { events },
        answer: eventReceiptSchema,
      });
      if (answer.ok) return success(answer.value);
      const { code, detail } = answer.why;
      return failure({ kind: code === 'invalid' ? 'batch_refused' : 'away', why: detail });
    },
    onSettled: showJournal,
    now: wallNow,
    random,
  });

  const ledger = createCallLedger({
    journal,
    now: clock.now,
    wallNow,
    newId,
    onChange: () => {
      showJournal();
      sender.kick();
    },
  });

  const toLedger = createUnhurriedRing(ledger.take, () => store.snapshot().pbx?.state === 'absent');
  const relay = createPhoneRelay({
    now: clock.now,
    newId,
    newCommandId: randomUUID,
    order: ports.commandEngine,
    publish: (snapshot) => {
      // The screen first: what follows waits for the disk.
      ports.onPhone(snapshot);
      toLedger.take(snapshot.calls);
    },
  });

  const engineSetup = (): EngineSetup => {
    const { devices, ringVolume, audioProcessing } = store.snapshot().settings;
    const incoming = incomingPolicy(store.snapshot());
    const watch = watchedExtensions(store.snapshot());
    return { account: session.account(), devices, ringVolume, audioProcessing, incoming, watch };
  };

  const session = createDeskSession({
    api,
    clock,
    store,
    monotonicMs,
    wallNow,
    random,
    deviceId: journal.deviceId,
    openSocket: (url, headers) =>
      new WebSocket(url, { headers, perMessageDeflate: false, followRedirects: false }),
    onAccount: () => {
      accountWasRefused = false;
      ports.setupEngine(engineSetup());
    },
    onUser: (userId) => {
      ledger.useAgent(userId);
      showJournal();
    },
    onOnline: () => {
      sender.kick();
      void adoptOwedWrapUps({ store, session, ledger, drain: sender.drained });
    },
    drain: sender.drained,
  });

  const takeSnapshot = (snapshot: PhoneSnapshot): void => {
    relay.take(snapshot);
    if (store.snapshot().engine !== 'running') store.update({ engine: 'running' });
    const { registration } = snapshot;
    const refused = registration.state === 'failed' && registration.why === 'credentials_refused';
    if (refused && !accountWasRefused) session.accountRefused();
    accountWasRefused = refused;
  };

  const changeSettings: DeskHandlers['settings.change'] = (change) => {
    const before = store.snapshot();
    const allowed = settingsRefusal(change, before.session);
    if (!allowed.ok) return allowed;
    const kept = ports.keepSettings(change);
    const settings = { ...before.settings, ...change };
    const others = (before.notices ?? []).filter((notice) => notice !== 'settings_not_saved');
    store.update({
      settings,
      notices: kept ? others : [...others, 'settings_not_saved'],
      ...(change.backendUrl === undefined ? {} : { backendUrl: change.backendUrl }),
    });
    ports.onSettings(settings);
    ports.setupEngine(engineSetup());
    if (change.backendUrl !== undefined) session.moved();
    return success(null);
  };

  const hangUpAll = async (): Promise<void> => {
    const endings = relay
      .snapshot()
      .calls.filter(isLive)
      .map(({ callId, state }) =>
        relay.command(
          state === 'offered' ? { kind: 'reject', callId } : { kind: 'end', callId, leaving: true },
        ),
      );
    if (endings.length === 0) return;
    const enough = new Promise((resolve) => setTimeout(resolve, hangUpMs));
    await Promise.race([Promise.allSettled(endings), enough]);
  };

  showJournal();
  session.start();
  let policy = '';
  store.subscribe((snapshot) => {
    const next = JSON.stringify([incomingPolicy(snapshot), watchedExtensions(snapshot)]);
    if (next === policy) return;
    policy = next;
    ports.setupEngine(engineSetup());
  });

  return {
    ui: {
      ...backendRequests(session, store),
      'desk.snapshot': store.snapshot,
      'phone.snapshot': relay.snapshot,
      'clock.now': clock.now,
      'session.signIn': ({ username, password }) => session.signIn(username, password),
      'session.signOut': () =>
        relay.snapshot().calls.some(isLive)
          ? failure({ code: 'call_in_progress', detail: '' })
          : session.signOut(),
      'agent.wish': session.wish,
      'agent.doNotDisturb': ({ on }) => session.doNotDisturb(on),
      'phone.command': relay.command,
      'consent.record': ({ callId, kind }) => ledger.consent(callId, kind),
      'wrapUp.draft': ({ callId, code, notes }) => ledger.draft(callId, { code, notes }),
      'wrapUp.complete': ({ callId, code, notes }) => ledger.complete(callId, code, notes),
      'settings.change': changeSettings,
    },
    engine: {
      requests: {
        'engine.setup': () => {
          ports.onEngineAsked();
          return engineSetup();
        },
        'clock.now': clock.now,
      },
      reports: {
        'engine.snapshot': takeSnapshot,
        'engine.levels': ports.onLevels,
        'engine.answered': ({ commandId, answer }) => relay.answered(commandId, answer),
        'engine.log': ({ level, message, fields }) => engineLog[level](message, fields),
      },
    },
    phone: relay.snapshot,
    token: session.token,
    sipDomain: () => sipDomainOf(session.account()?.uri ?? ''),
    engineLost: () => {
      store.update({ engine: 'restarting' });
      relay.engineLost();
    },
    woke: (why) => {
      session.wake(why === 'resume');
      ports.wakeEngine(why);
    },
    farewell: async () => {
      await hangUpAll();
      toLedger.flush();
      await session.farewell();
      sender.stop();
      ledger.stop();
      journal.close();
    },
  };
};
