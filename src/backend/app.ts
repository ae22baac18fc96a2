import rateLimit from '@fastify/rate-limit';
import fastify from 'fastify';
import { apiPrefix } from '../shared/api/routes.ts';
import type { App, SchemaTypes } from './app-type.ts';
import { agentRoutes } from './modules/agent/agent-routes.ts';
import { createDeskProofs } from './modules/agent/readiness.ts';
import { readinessRoutes } from './modules/agent/readiness-routes.ts';
import { createSupervision } from './modules/agent/supervision.ts';
import { boardRoutes } from './modules/board/board-routes.ts';
import { callBackRoutes } from './modules/call-backs/call-back-routes.ts';
import { coachingRoutes } from './modules/coaching/coaching-routes.ts';
import { connectionRoutes } from './modules/connections/connection-routes.ts';
import { consentRoutes } from './modules/consent/consent-routes.ts';
import { contactRoutes } from './modules/contacts/contact-routes.ts';
import { deedRoutes } from './modules/deeds/deed-routes.ts';
import { demoRoutes } from './modules/demo/demo-routes.ts';
import { directoryRoutes } from './modules/directory/directory-routes.ts';
import { ownDirectoryRoutes } from './modules/directory/import-routes.ts';
import { recordRoutes } from './modules/directory/record-routes.ts';
import { elsewhereRoutes } from './modules/directory/elsewhere-routes.ts';
import { favouriteRoutes } from './modules/favourites/favourite-routes.ts';
import { emergencyRoutes } from './modules/emergency/emergency-routes.ts';
import { createGuidance } from './modules/guidance/guidance.ts';
import { withGuidance } from './modules/guidance/guidance-intake.ts';
import { guidanceRoutes } from './modules/guidance/guidance-routes.ts';
import { helpRoutes } from './modules/help/help-routes.ts';
import { healthRoutes } from './modules/health/health-routes.ts';
import { historyRoutes } from './modules/history/history-routes.ts';
import { createHistory } from './modules/history/history.ts';
import { ledgerRoutes } from './modules/ledger/ledger-routes.ts';
import { createRefusedEvents } from './modules/ledger/refused-events.ts';
import { lineQualityRoutes } from './modules/line-quality/line-quality-routes.ts';
import { createLineProofs } from './modules/line-quality/line-proofs.ts';
import { createLineSummaries } from './modules/line-quality/line-summaries.ts';
import { createListening } from './modules/listening/listening.ts';
import { listeningRoutes } from './modules/listening/listening-routes.ts';
import { withEvidence } from './modules/missed/evidence-intake.ts';
import { missedRoutes } from './modules/missed/missed-routes.ts';
import { createQuality } from './modules/quality/quality.ts';
import { qualityRoutes } from './modules/quality/quality-routes.ts';
import { queueRoutes } from './modules/queues/queue-routes.ts';
import { paymentRoutes } from './modules/payment/payment-routes.ts';
import { pushRoutes, registerWebSocket } from './modules/push/push-routes.ts';
import { reportRoutes } from './modules/reports/report-routes.ts';
import { reportPageRoutes } from './modules/reports/report-page-routes.ts';
import { recordingRoutes } from './modules/recording/recording-routes.ts';
import { sessionRoutes } from './modules/session/session-routes.ts';
import { readAdherenceReport } from './modules/shifts/adherence-report.ts';
import { adherenceRoutes } from './modules/shifts/adherence-routes.ts';
import { shiftRoutes } from './modules/shifts/shift-routes.ts';
import { shiftCheckRoutes } from './modules/shift-checks/shift-check-routes.ts';
import { surveyRoutes } from './modules/surveys/survey-routes.ts';
import { supervisionRoutes } from './modules/supervision/supervision-routes.ts';
import { createTransferTargets } from './modules/transfer/transfer-targets.ts';
import { transferRoutes } from './modules/transfer/transfer-routes.ts';
import { wrapUpRoutes } from './modules/wrap-up/wrap-up-routes.ts';
import { createWrapUps } from './modules/wrap-up/wrap-ups.ts';
import { registerAccess } from './plugins/access.ts';
import { registerCardDigits } from './plugins/card-digits.ts';
import { registerOpenApi } from './plugins/openapi.ts';
import { registerProblems } from './plugins/problems.ts';
import { registerValidation } from './plugins/validation.ts';
import { keptKey } from './keys.ts';
import { assembleModules, type Dependencies } from './assemble-modules.ts';

export type Backend = {
  readonly app: App;
  /** Begins to listen to the PBX; to be called once the schema is up to date. */
  readonly start: () => void;
  /** Resolves when what was begun is done. */
  readonly idle: () => Promise<void>;
  /** Ends what is over by the clock; it happens by itself once a minute. */
  readonly sweep: () => Promise<void>;
};

const sweepMs = 60_000;

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
  const modules = assembleModules(dependencies);
  const { mintId, push } = modules;
  let keptSurveyKey: Buffer | null = config.surveyKey;
  /** Made at the first need: most centres never have one. */
  const surveyKey = (): Buffer => (keptSurveyKey ??= keptKey(config.dataPath, 'surveys'));

  const app = createApp();
  registerValidation(app);
  registerProblems(app, log);
  // Before the WebSocket plugin's own: clients are told that the backend goes, not just cut off.
  app.addHook('preClose', () => {
    push.close();
    modules.board.close();
  });
  // Before anybody is refused: this plugin also ends the socket of an upgrade that was.
  await registerWebSocket(app);
  registerAccess(app, modules.sessions.of, modules.ownDirectory.tokens.of);
  registerCardDigits(app);
  await registerOpenApi(app, version);
  await app.register(rateLimit, { global: false });

  await app.register(
    (scope, _options, done) => {
      const routes = scope.withTypeProvider<SchemaTypes>();
      const { startProblem = () => '' } = dependencies;
      healthRoutes(routes, { ...modules, database, pbx, now, version, startProblem });
      sessionRoutes(routes, modules.sessions);
      pushRoutes(routes, push, modules.desks);
      connectionRoutes(routes, modules.connections, config.publicUrl);
      elsewhereRoutes(routes, modules);
      deedRoutes(routes, modules.deeds);
      boardRoutes(routes, modules.board);
      agentRoutes(routes, modules.agents, createSupervision({ ...modules, database, now, log }));
      readinessRoutes(routes, createDeskProofs({ ...modules, database, now }));
      transferRoutes(routes, createTransferTargets(database, pbx));
      queueRoutes(routes, { ...modules, database });
      ledgerRoutes(
        routes,
        withGuidance(
          withEvidence(modules.ledger, {
            ...{ ...modules, now, log },
            lineSummaries: createLineSummaries({ database, now }),
            lineProofs: createLineProofs({ database, now }),
          }),
          { ...modules, database, now, log },
        ),
        createRefusedEvents(database, now),
        log,
      );
      modules.acting.routes(routes);
      helpRoutes(routes, modules.help);
      guidanceRoutes(routes, createGuidance(database));
      callBackRoutes(routes, modules.callBacks);
      emergencyRoutes(routes, modules.emergencies);
      lineQualityRoutes(routes, modules.lines, modules.verdicts);
      missedRoutes(routes, modules.missed);
      wrapUpRoutes(
        routes,
        createWrapUps({ ...modules, database, memos: modules.acting.memos, now }),
      );
      directoryRoutes(routes, modules.directory, modules.pages, modules.contacts);
      ownDirectoryRoutes(routes, modules.ownDirectory);
      recordRoutes(routes, modules.ownDirectory.records);
      contactRoutes(routes, modules.pages);
      consentRoutes(routes, {
        ...{ ...modules, database, now },
        onRules: modules.recordings.reconsiderAll,
      });
      historyRoutes(routes, createHistory({ database, country }));
      favouriteRoutes(routes, modules.favourites);
      const openRecording = modules.keeping.open;
      recordingRoutes(routes, { ...modules, database, openRecording, now, log });
      paymentRoutes(routes, modules.payment.payments);
      listeningRoutes(routes, createListening({ ...modules, database, openRecording, now, log }));
      supervisionRoutes(routes, modules.joining);
      surveyRoutes(routes, {
        surveys: modules.surveys,
        key: surveyKey,
        now,
      });
      qualityRoutes(
        routes,
        createQuality({ database, now, mintId, onReviewed: modules.coaching.changed }),
      );
      coachingRoutes(routes, modules.coaching);
      reportRoutes(routes, modules.reporting.reports);
      reportPageRoutes(routes, modules.reporting.pages);
      shiftRoutes(routes, modules.shifts);
      shiftCheckRoutes(routes, modules.shiftChecks);
      adherenceRoutes(
        routes,
        modules.adherence,
        (user, query) => readAdherenceReport({ ...modules, database, now, timeZone }, user, query),
        (exception) => {
          push.toUser(exception.agentId, { kind: 'exception', exception });
        },
      );
      if (isDemo) demoRoutes(routes, modules.demo);
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
    modules.sweep().catch((error: unknown) => {
      log.warn({ error }, 'what is over by the clock was not ended');
    });
  }, sweepMs);
  sweep.unref();

  app.addHook('onClose', async () => {
    clearInterval(sweep);
    await modules.stop();
  });

  const { start, idle, sweep: sweepNow } = modules;
  return { app, start, idle, sweep: sweepNow };
};
