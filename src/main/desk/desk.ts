import { randomUUID } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import WebSocket from 'ws';
import { eventReceiptSchema } from '../../shared/api/events.ts';
import type { EngineSetup, PhoneSnapshot } from '../../shared/ipc/phone.ts';
import { failure, success } from '../../shared/result.ts';
import { refusedEvents } from '../journal/refused-events.ts';
import { createSender } from '../journal/sender.ts';
import { createCallLedger } from '../ledger/call-ledger.ts';
import { isLive } from '../ledger/leg.ts';
import { createUnhurriedRing } from '../ledger/unhurried-ring.ts';
import { createDeskLine, lineReports } from '../line/desk-line.ts';
import { lineRequests } from '../line/line-requests.ts';
import { createEvidenceWriter } from '../evidence/evidence-writer.ts';
import { createDeskEvidence } from '../evidence/desk-evidence.ts';
import { createRateLimit } from '../dial-requests/rate-limit.ts';
import { createLogger } from '../log/logger.ts';
import { newId } from '../new-id.ts';
import { createApiClient } from './api-client.ts';
import { backendRequests } from './backend-requests.ts';
import { coachingRequests } from './coaching-requests.ts';
import { deedRequests } from './deed-requests.ts';
import { directoryRequests } from './directory-requests.ts';
import { elsewhereRequests } from './elsewhere-requests.ts';
import { helpRequests } from './help-requests.ts';
import { listeningRequests } from './listening-requests.ts';
import { reportRequests } from './report-requests.ts';
import { createFloor } from './floor.ts';
import type { Desk, DeskPorts } from './desk-ports.ts';
import { createDeskClock } from './desk-clock.ts';
import { createDeskPower } from './desk-power.ts';
import { createDeskReminders } from './desk-reminders.ts';
import { createDeskReadiness } from '../readiness/desk-readiness.ts';
import { createToldPages } from './told-pages.ts';
import { createDeskSession, type SessionPorts } from './desk-session.ts';
import { enforcementOf, ruleVersionOf } from './rule-version.ts';
import { createDeskWrapUps, termsOf } from './desk-wrap-ups.ts';
import { createJournalView } from './journal-view.ts';
import { hangUpAll } from './hang-up-all.ts';
import { createEmergency } from '../emergency/emergency.ts';
import { networkName } from '../emergency/network-name.ts';
import { incomingPolicy } from './incoming-policy.ts';
import { createPaymentSteps } from '../payment/payment-steps.ts';
import { createPhoneRelay } from './phone-relay.ts';
import { sipDomainOf } from './sip-account.ts';
import { createServiceRecording } from './service-recording.ts';
import { createJoining } from '../supervision/joining.ts';
import { createChangeSettings } from './change-settings.ts';
import { writingDrafts } from './writing-drafts.ts';
import { watchedExtensions } from './watched-extensions.ts';

const engineLog = createLogger('engine');
/** Of a line that comes and goes the first of an hour say enough. */
const spansPerHour = 60;

/** Everything behind the window: session, phone, ledger and journal, put together. */
export const createDesk = (ports: DeskPorts): Desk => {
  const { store, journal, wallNow, random, monotonicMs } = ports;
  const clock = createDeskClock({ monotonicMs, wallNow, uptimeMs: ports.uptimeMs });
  const api = createApiClient(() => store.snapshot().backendUrl, ports.fetch);
  let accountWasRefused = false;

  const journalView = createJournalView({
    journal,
    monotonicMs,
    onChange: () => {
      const read = journalView.read();
      if (!isDeepStrictEqual(read, store.snapshot().journal)) store.update({ journal: read });
    },
  });
  const showJournal = (): void =>
    store.update({
      wrapUps: ledger.wrapUps(),
      finished: ledger.finished(),
      journal: journalView.read(),
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
    onSettled: () => {
      journalView.progressed();
      showJournal();
    },
    now: wallNow,
    random,
  });

  const ledger = createCallLedger({
    journal,
    now: clock.now,
    wallNow,
    newId,
    terms: (queue) => termsOf(store.snapshot().session, queue),
    onChange: () => {
      showJournal();
      sender.kick();
      wrapUps.changed();
    },
  });

  const write = createEvidenceWriter(journal, clock.now, wallNow, showJournal, () => sender.kick());
  const line = createDeskLine(store, () => session.request, write, clock.now, monotonicMs);
  const evidence = createDeskEvidence({
    write,
    now: clock.now,
    newId,
    mayTell: createRateLimit(spansPerHour, 3_600_000, monotonicMs),
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
      evidence.takePhone(snapshot);
      line.takePhone(snapshot);
      toLedger.take(snapshot.calls);
      reminders.follow();
      payments.follow();
      serviceRecording.follow();
      joining.follow();
      readiness.takePhone(snapshot);
    },
  });

  const engineSetup = (): EngineSetup => {
    const { settings } = store.snapshot();
    const { audioDevices: devices, headset, ringVolume, audioProcessing } = settings;
    const incoming = incomingPolicy(store.snapshot());
    const watch = watchedExtensions(store.snapshot());
    const sounds = { devices, headset, ringVolume, audioProcessing, sound: settings.sound };
    const parts = { ...emergency.setupPart(), ...readiness.setupPart() };
    return { account: session.account(), ...sounds, incoming, watch, ...parts };
  };

  const openSocket: SessionPorts['openSocket'] = (url, headers) =>
    new WebSocket(url, { headers, perMessageDeflate: false, followRedirects: false });

  const readiness = createDeskReadiness({
    ...{ store, monotonicMs, random, newId: randomUUID, order: ports.orderProof },
    session: () => session,
    probeDisk: () => {
      journal.probe();
      showJournal();
    },
    onAway: () => ports.setupEngine(engineSetup()),
    onHindered: evidence.hindered,
    wasLineBad: line.wasBad,
  });
  const pages = createToldPages();
  const session = createDeskSession({
    api,
    clock,
    store,
    monotonicMs,
    wallNow,
    random,
    deviceId: journal.deviceId,
    openSocket,
    onAccount: () => {
      accountWasRefused = false;
      ports.setupEngine(engineSetup());
    },
    onUser: (userId) => {
      readiness.useAgent(userId);
      ledger.useAgent(userId);
      evidence.useAgent(userId);
      line.useAgent(userId);
      showJournal();
    },
    onOnline: () => {
      readiness.online();
      sender.kick();
      wrapUps.online();
    },
    onWrapUpClosed: (callId, fact) => ledger.close(callId, fact),
    drain: sender.drained,
  });

  const floor = createFloor({
    ...{ store, session, random, openSocket, now: clock.now },
    publish: ports.onFloor,
  });
  const calls = () => relay.snapshot().calls;
  const payments = createPaymentSteps({ store, session, calls, newId: randomUUID });
  const serviceRecording = createServiceRecording({ calls, desk: store.snapshot, ...relay });
  store.subscribe(serviceRecording.follow);
  const joining = createJoining({
    ...{ store, session, phone: relay.snapshot, orderEngine: ports.orderJoin, newId: randomUUID },
  });
  const writing = writingDrafts({
    ...{ session, journal, wallNow, onProblem: showJournal },
    isCardTaken: () => calls().some(({ callId }) => payments.isOpen(callId)),
  });
  const wrapUps = createDeskWrapUps({
    store,
    session,
    ledger,
    now: clock.now,
    drain: sender.drained,
    isCardTaken: payments.isOpen,
  });

  const takeSnapshot = (snapshot: PhoneSnapshot): void => {
    relay.take(snapshot);
    if (store.snapshot().engine !== 'running') store.update({ engine: 'running' });
    const { registration } = snapshot;
    const refused = registration.state === 'failed' && registration.why === 'credentials_refused';
    if (refused && !accountWasRefused) session.accountRefused();
    accountWasRefused = refused;
  };

  const changeSettings = createChangeSettings({
    ...{ store, session, keep: ports.keepSettings, onSettings: ports.onSettings },
    setupEngine: () => ports.setupEngine(engineSetup()),
  });

  const { request } = session;
  const network = () => networkName(journal.deviceId);
  const emergency = createEmergency({ store, request, network });
  const isInCall = (): boolean => relay.snapshot().calls.some(isLive);
  const reminders = createDeskReminders({ store, session, now: clock.now, isInCall });

  showJournal();
  store.subscribe(evidence.takeDesk);
  session.start();
  let policy = '';
  store.subscribe((snapshot) => {
    const next = JSON.stringify([
      incomingPolicy(snapshot),
      watchedExtensions(snapshot),
      emergency.setupPart(),
    ]);
    if (next === policy) return;
    policy = next;
    ports.setupEngine(engineSetup());
  });

  return {
    ui: {
      ...backendRequests(session, store, ledger),
      ...listeningRequests(session),
      ...coachingRequests(session),
      ...reportRequests(session, ports),
      ...lineRequests(session, ports),
      ...helpRequests(session, store, randomUUID),
      ...elsewhereRequests(session, store, ports.openPage, pages),
      ...deedRequests(session, pages),
      ...writing,
      ...directoryRequests(session, ports),
      ...emergency.handlers,
      ...reminders.handlers,
      ...payments.handlers,
      ...joining.handlers,
      ...floor.handlers,
      ...refusedEvents({ journal, userId: session.userId, saveFile: ports.saveFile, wallNow }),
      'desk.snapshot': store.snapshot,
      'phone.snapshot': relay.snapshot,
      'clock.now': clock.now,
      'session.signIn': ({ username, password }) => session.signIn(username, password),
      'session.signOut': () =>
        isInCall() ? failure({ code: 'call_in_progress', detail: '' }) : session.signOut(),
      ...readiness.handlers,
      'agent.doNotDisturb': ({ on }) => session.doNotDisturb(on),
      'phone.command': (command) =>
        command.kind === 'tell_recording'
          ? { ok: false, why: 'not_allowed' }
          : relay.command(command),
      'consent.record': ({ callId, ...word }) =>
        ledger.consent(
          callId,
          { ...word, ...enforcementOf(store.snapshot()) },
          ruleVersionOf(store.snapshot(), relay.snapshot(), callId),
        ),
      ...wrapUps.handlers,
      'offer.shown': ({ callId }) => {
        evidence.shown(callId);
        return success(null);
      },
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
        ...lineReports(line, ports.onLevels, readiness.proved),
        'engine.rang': ({ callIds, silence }) => evidence.rang(callIds, silence),
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
      joining.engineLost();
    },
    readiness,
    power: createDeskPower({
      ...{ session, evidence, readiness, wakeEngine: ports.wakeEngine },
      onSlowed: (slowed) => store.update({ slowed }),
      onMoved: () => {
        wrapUps.changed();
        emergency.moved();
      },
    }),
    evidence,
    floor,
    payments,
    farewell: async () => {
      await Promise.all([hangUpAll(relay), joining.stop()]);
      toLedger.flush();
      reminders.stop();
      serviceRecording.stop();
      floor.close();
      await session.farewell();
      sender.stop();
      wrapUps.stop();
      payments.stop();
      ledger.stop();
      journalView.stop();
      journal.close();
    },
  };
};
