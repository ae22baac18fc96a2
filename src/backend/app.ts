import rateLimit from '@fastify/rate-limit';
import fastify from 'fastify';
import { apiPrefix } from '../shared/api/routes.ts';
import type { App, SchemaTypes } from './app-type.ts';
import type { Now } from './clock.ts';
import type { Config } from './config.ts';
import type { Database } from './database/database.ts';
import { createMintId } from './identifiers.ts';
import type { Log } from './log.ts';
import { createExtensions } from './modules/accounts/extensions.ts';
import { agentRoutes } from './modules/agent/agent-routes.ts';
import { createAgents } from './modules/agent/agent-service.ts';
import { createQueueMembership } from './modules/agent/queue-membership.ts';
import { createSupervision } from './modules/agent/supervision.ts';
import { createBoard } from './modules/board/board.ts';
import { boardRoutes } from './modules/board/board-routes.ts';
import { createConsentBook } from './modules/consent/consent-book.ts';
import { consentRoutes } from './modules/consent/consent-routes.ts';
import { createContactPages } from './modules/contacts/contact-page.ts';
import { contactRoutes } from './modules/contacts/contact-routes.ts';
import { createContacts } from './modules/contacts/contact-service.ts';
import { createDesks } from './modules/desk/desk-service.ts';
import { demoRoutes } from './modules/demo/demo-routes.ts';
import { createDemo } from './modules/demo/demo-service.ts';
import { directoryRoutes } from './modules/directory/directory-routes.ts';
import { createDirectory } from './modules/directory/directory-service.ts';
import { favouriteRoutes } from './modules/favourites/favourite-routes.ts';
import { createFavourites } from './modules/favourites/favourites.ts';
import { healthRoutes } from './modules/health/health-routes.ts';
import { historyRoutes } from './modules/history/history-routes.ts';
import { createHistory } from './modules/history/history.ts';
import { createKeepingFor } from './modules/keeping/keeping-for.ts';
import { ledgerRoutes } from './modules/ledger/ledger-routes.ts';
import { createRefusedEvents } from './modules/ledger/refused-events.ts';
import { createLedger } from './modules/ledger/ledger-service.ts';
import { createListening } from './modules/listening/listening.ts';
import { listeningRoutes } from './modules/listening/listening-routes.ts';
import { withEvidence } from './modules/missed/evidence-intake.ts';
import { createMissedOffers } from './modules/missed/missed-offers.ts';
import { missedRoutes } from './modules/missed/missed-routes.ts';
import { createQuality } from './modules/quality/quality.ts';
import { qualityRoutes } from './modules/quality/quality-routes.ts';
import { queueRoutes } from './modules/queues/queue-routes.ts';
import { createPayment } from './modules/payment/payment.ts';
import { paymentRoutes } from './modules/payment/payment-routes.ts';
import { createParkedCalls } from './modules/parked/parked-calls.ts';
import { createDeskWatch } from './modules/presence/desk-watch.ts';
import { hasLineElsewhere } from './modules/presence/desk-lines.ts';
import { createPushHub } from './modules/push/push-hub.ts';
import { pushRoutes, registerWebSocket } from './modules/push/push-routes.ts';
import { reportRoutes } from './modules/reports/report-routes.ts';
import { createReporting } from './modules/reports/reporting.ts';
import { recordingRoutes } from './modules/recording/recording-routes.ts';
import { hasDiskRoom } from './modules/recording/disk-room.ts';
import { createRecordings } from './modules/recording/recording-service.ts';
import { sessionRoutes } from './modules/session/session-routes.ts';
import { createSessions } from './modules/session/session-service.ts';
import { readAdherenceReport } from './modules/shifts/adherence-report.ts';
import { adherenceRoutes } from './modules/shifts/adherence-routes.ts';
import { createAdherence } from './modules/shifts/adherence-service.ts';
import { createPlans } from './modules/shifts/plans.ts';
import { shiftRoutes } from './modules/shifts/shift-routes.ts';
import { createShifts } from './modules/shifts/shift-service.ts';
import { createConsultLegs } from './modules/telephony/consult-legs.ts';
import { createFailedPhones } from './modules/telephony/failed-phones.ts';
import { createKeypadConsent } from './modules/telephony/keypad-consent.ts';
import { createLatency } from './modules/telephony/latency.ts';
import { createServiceRecording } from './modules/telephony/service-recording.ts';
import { createTelephony } from './modules/telephony/telephony-service.ts';
import { createTransferTargets } from './modules/transfer/transfer-targets.ts';
import { transferRoutes } from './modules/transfer/transfer-routes.ts';
import { wrapUpRoutes } from './modules/wrap-up/wrap-up-routes.ts';
import { createWrapUps } from './modules/wrap-up/wrap-ups.ts';
import type { Pbx } from './pbx/pbx.ts';
import { registerAccess } from './plugins/access.ts';
import { registerCardDigits } from './plugins/card-digits.ts';
import { registerOpenApi } from './plugins/openapi.ts';
import { registerProblems } from './plugins/problems.ts';
import { registerValidation } from './plugins/validation.ts';

/** What the backend is made of; whoever builds it brings them and closes them. */
export type Dependencies = {
  readonly config: Config;
  readonly database: Database;
  readonly pbx: Pbx;
  readonly now: Now;
  readonly log: Log;
  readonly version: string;
  /** Why the backend cannot serve yet; empty: it can. */
  readonly startProblem?: () => string;
};

export type Backend = {
  readonly app: App;
  /** Begins to listen to the PBX; to be called once the schema is up to date. */
  readonly start: () => void;
  /** Resolves when what was begun is done. */
  readonly idle: () => Promise<void>;
};

const sessionSweepMs = 60_000;

const createApp = (): App =>
  fastify({
    // Errors and refusals are logged where they are answered; request lines would carry names in their queries.
    logger: false,
    bodyLimit: 64 * 1024,
    routerOptions: { maxParamLength: 128 },
    // A peer that stops sending in mid-request is let go.
    requestTimeout: 30_000,
    forceCloseConnections: true,
  }).withTypeProvider<SchemaTypes>();

/** Puts the backend together. It does not listen. */
export const buildApp = async (dependencies: Dependencies): Promise<Backend> => {
  const { config, database, pbx, now, log, version } = dependencies;
  const { country, timeZone, demo: isDemo } = config;
  const mintId = createMintId(now);
  const push = createPushHub(log);
  const board = createBoard(database, log);
  const offerToPush = createLatency();
  const extensions = createExtensions(database);
  const backendId = mintId();

  const book = createConsentBook({ database, country, log });
  const serviceRecording = createServiceRecording(database, pbx);
  const isByService = serviceRecording.isOn;
  const contacts = createContacts({ database, push, mintId, country, book, isByService });
  const pages = createContactPages({ database, contacts, now });
  const directory = createDirectory({ database, now, mintId, country });
  const favourites = createFavourites({ database, country });
  const demo = createDemo({ database, pbx, push, now, log });
  const parked = createParkedCalls({ contacts, extensions, push, log });
  const plans = createPlans({ database, now, timeZone, log });
  const shifts = createShifts({ database, plans, push, now, mintId, timeZone, log });
  const adherence = createAdherence({ database, plans, now, mintId });
  const desks = createDesks({
    database,
    book,
    contacts,
    favourites,
    recentlyMissed: (userId) => missed.recent(userId),
    parked,
    pbx,
    now,
    timeZone,
    country,
    demo: isDemo ? demo : null,
    serviceRecording,
    plans,
  });
  const onToday = (agentId: string): void => {
    desks
      .today(agentId)
      .then((today) => push.toUser(agentId, { kind: 'today', today }))
      .catch((error: unknown) => log.warn({ error, agentId }, 'the day’s figures were not told'));
  };
  const membership = createQueueMembership(database, pbx, log);
  const missed = createMissedOffers({ database, push, now, mintId, country, log, onToday });
  const agents = createAgents({
    database,
    push,
    membership,
    missed,
    now,
    log,
    onChanged: board.changed,
    onSignedOut: (agentId, signedOut) => {
      sessions.signedOut(agentId, signedOut).catch((error: unknown) => {
        log.warn({ error, agentId }, 'the phone account of who was signed out was not taken');
      });
    },
  });
  const deskWatch = createDeskWatch({
    database,
    push,
    agents,
    pbx,
    backendId,
    graceMs: config.deskGraceMs,
    now,
    log,
  });
  const consultLegs = createConsultLegs();
  const keeping = createKeepingFor(config, { database, pbx, now, log });
  const recordings = createRecordings({
    database,
    contacts,
    pbx,
    push,
    consultLegs,
    ruleOf: book.ruleOf,
    isDeskElsewhere: (agentId) => hasLineElsewhere(database, backendId, agentId),
    hasRoom: () => hasDiskRoom(config.recordingsPath),
    destroyUnknown: keeping.destroyUnknown,
    discard: async (id) => (await keeping.remove(id, { why: 'withdrawn', by: null })).ok,
    onOver: ({ id, callKey }) => {
      keeping.finished(id);
      payment.recordingOver(callKey);
    },
    now,
    mintId,
    log,
  });
  const payment = createPayment({
    database,
    contacts,
    recordings,
    pbx,
    extensions,
    openRecording: keeping.open,
    now,
    mintId,
    log,
  });
  const failedPhones = createFailedPhones({ database, pbx, log });
  const { ruleOf } = book;
  const keypadNeeds = { database, pbx, contacts, recordings, ruleOf, country, now, log };
  const keypad = createKeypadConsent(keypadNeeds);
  const ledger = createLedger({
    database,
    contacts,
    agents,
    recordings,
    push,
    failedPhones,
    pbx,
    now,
    log,
    onToday,
  });
  const sessions = createSessions({
    database,
    config,
    agents,
    desks,
    push: {
      ...push,
      end: (sessionId, last) => {
        push.end(sessionId, last);
        board.endSession(sessionId);
      },
    },
    pbx,
    now,
    mintId,
    log,
  });
  const telephony = createTelephony({
    database,
    pbx,
    extensions,
    contacts,
    agents,
    membership,
    recordings,
    consultLegs,
    parked,
    missed,
    push,
    offerToPush,
    voicemailNumber: config.voicemailNumber,
    now,
    log,
  });

  const reporting = createReporting({ database, pbx, extensions, now, timeZone, log });

  const app = createApp();
  registerValidation(app);
  registerProblems(app, log);
  // Before the WebSocket plugin's own: clients are told that the backend goes, not just cut off.
  app.addHook('preClose', () => {
    push.close();
    board.close();
  });
  // Before anybody is refused: this plugin also ends the socket of an upgrade that was.
  await registerWebSocket(app);
  registerAccess(app, sessions.of);
  registerCardDigits(app);
  await registerOpenApi(app, version);
  await app.register(rateLimit, { global: false });

  await app.register(
    (scope, _options, done) => {
      const routes = scope.withTypeProvider<SchemaTypes>();
      const { startProblem = () => '' } = dependencies;
      healthRoutes(routes, { database, pbx, now, version, offerToPush, keeping, startProblem });
      sessionRoutes(routes, sessions);
      pushRoutes(routes, push, desks);
      boardRoutes(routes, board);
      agentRoutes(routes, agents, createSupervision({ database, agents, now, log }));
      transferRoutes(routes, createTransferTargets(database, pbx));
      queueRoutes(routes, { database, desks, push });
      ledgerRoutes(
        routes,
        withEvidence(ledger, { missed, now, log }),
        createRefusedEvents(database, now),
        log,
      );
      missedRoutes(routes, missed);
      wrapUpRoutes(routes, createWrapUps({ database, ledger, push, mintId, now }));
      directoryRoutes(routes, directory, pages, contacts);
      contactRoutes(routes, pages);
      consentRoutes(routes, { database, book, onRules: recordings.reconsiderAll, now, mintId });
      historyRoutes(routes, createHistory({ database, country }));
      favouriteRoutes(routes, favourites);
      recordingRoutes(routes, { database, pages, openRecording: keeping.open, now, log });
      paymentRoutes(routes, payment.payments);
      listeningRoutes(
        routes,
        createListening({ database, pages, openRecording: keeping.open, now, mintId, log }),
      );
      qualityRoutes(routes, createQuality({ database, now, mintId }));
      reportRoutes(routes, reporting.reports);
      shiftRoutes(routes, shifts);
      adherenceRoutes(
        routes,
        adherence,
        (user, query) => readAdherenceReport({ database, adherence, now, timeZone }, user, query),
        (exception) => {
          push.toUser(exception.agentId, { kind: 'exception', exception });
        },
      );
      if (isDemo) demoRoutes(routes, demo);
      routes.get(
        '/openapi.json',
        { config: { access: 'public' }, schema: { summary: 'This description.' } },
        () => app.swagger(),
      );
      done();
    },
    { prefix: apiPrefix },
  );

  const sweep = setInterval(() => {
    sessions.sweep().catch((error: unknown) => {
      log.warn({ error }, 'sessions that ran out were not ended');
    });
  }, sessionSweepMs);
  sweep.unref();

  app.addHook('onClose', async () => {
    clearInterval(sweep);
    demo.stop();
    membership.stop();
    await deskWatch.stop();
    await telephony.stop();
    await keypad.stop();
    await payment.stop();
    recordings.stop();
    await keeping.stop();
    await reporting.stop();
    await ledger.idle();
    await failedPhones.idle();
  });

  return {
    app,
    start: () => {
      void book.start();
      keypad.start();
      telephony.start();
      payment.start();
      keeping.start();
      reporting.start();
      deskWatch.start();
    },
    idle: async () => {
      await telephony.idle();
      await keypad.idle();
      await payment.idle();
      await ledger.idle();
      await reporting.idle();
      await recordings.idle();
      await keeping.idle();
      await membership.idle();
      await failedPhones.idle();
      await deskWatch.idle();
    },
  };
};
