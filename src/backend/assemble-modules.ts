import { assembleOld } from './assemble-old.ts';
import type { Now } from './clock.ts';
import type { Config } from './config.ts';
import { connectors } from './connectors/connectors.ts';
import { createTransport } from './connectors/http/transport.ts';
import type { Database } from './database/database.ts';
import { createMintId } from './identifiers.ts';
import type { Log } from './log.ts';
import { createExtensions } from './modules/accounts/extensions.ts';
import { createActing } from './modules/acting/acting.ts';
import { createAgents } from './modules/agent/agent-service.ts';
import { createQueueMembership } from './modules/agent/queue-membership.ts';
import { createBoard } from './modules/board/board.ts';
import { createCallBacks } from './modules/call-backs/call-backs.ts';
import { createCoaching } from './modules/coaching/coaching.ts';
import { createConnections } from './modules/connections/connections.ts';
import { sealedFor } from './modules/connections/sealed-for.ts';
import { createConsentBook } from './modules/consent/consent-book.ts';
import { createContactPages } from './modules/contacts/contact-page.ts';
import { createContacts } from './modules/contacts/contact-service.ts';
import { createCallLogs } from './modules/deeds/call-logs.ts';
import { contactAddressAt } from './modules/contacts/contact-open-page.ts';
import { createDeeds } from './modules/deeds/deeds.ts';
import { createOutbox } from './modules/deeds/outbox.ts';
import { createDesks } from './modules/desk/desk-service.ts';
import { createDemo } from './modules/demo/demo-service.ts';
import { createDirectory } from './modules/directory/directory-service.ts';
import { createElsewhere } from './modules/directory/elsewhere.ts';
import { createOwnDirectory } from './modules/directory/own-directory.ts';
import { createKnowledge } from './modules/directory/knowledge.ts';
import { createEmergencies } from './modules/emergency/emergencies.ts';
import { createFavourites } from './modules/favourites/favourites.ts';
import { createHelp } from './modules/help/help.ts';
import { createKeepingFor } from './modules/keeping/keeping-for.ts';
import { createLedger } from './modules/ledger/ledger-service.ts';
import { createLineQualities } from './modules/line-quality/line-qualities.ts';
import { createLineVerdicts } from './modules/line-quality/line-verdicts.ts';
import { createMissedOffers } from './modules/missed/missed-offers.ts';
import { createPayment } from './modules/payment/payment.ts';
import { createParkedCalls } from './modules/parked/parked-calls.ts';
import { createDeskWatch } from './modules/presence/desk-watch.ts';
import { hasLineElsewhere } from './modules/presence/desk-lines.ts';
import { createPushHub } from './modules/push/push-hub.ts';
import { createReporting } from './modules/reports/reporting.ts';
import { hasDiskRoom } from './modules/recording/disk-room.ts';
import { createRecordings } from './modules/recording/recording-service.ts';
import { createSessions } from './modules/session/session-service.ts';
import { createAdherence } from './modules/shifts/adherence-service.ts';
import { createPlans } from './modules/shifts/plans.ts';
import { createShifts } from './modules/shifts/shift-service.ts';
import { createConsultLegs } from './modules/telephony/consult-legs.ts';
import { createRescues } from './modules/rescue/rescues.ts';
import { createKeypadConsent } from './modules/telephony/keypad-consent.ts';
import { createLatency } from './modules/telephony/latency.ts';
import { createShiftChecks } from './modules/shift-checks/shift-checks.ts';
import { createServiceRecording } from './modules/telephony/service-recording.ts';
import { createKeypadSurveys } from './modules/surveys/keypad-surveys.ts';
import { createSurveys } from './modules/surveys/survey-service.ts';
import { createTelephony } from './modules/telephony/telephony-service.ts';
import { createJoining } from './modules/supervision/joining.ts';
import type { Pbx } from './pbx/pbx.ts';

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

/** Puts the parts of the backend together: who needs whom. Routes are in app.ts. */
export const assembleModules = (dependencies: Dependencies) => {
  const { config, database, pbx, now, log } = dependencies;
  const { country, timeZone, demo: isDemo } = config;
  const mintId = createMintId(now);
  const hub = createPushHub(log);
  const transport = createTransport({ origins: config.vendorOrigins });
  const sealed = sealedFor(config);
  const connections = createConnections({
    ...{ database, connectors, transport, sealed, mintId, now, log },
    onWell: (connectionId) => {
      outbox.release(connectionId).catch((error: unknown) => {
        log.warn({ error, connectionId }, 'what waits for a connection was not let go on');
      });
    },
  });
  const addressOf = contactAddressAt(config.publicUrl);
  const { compose } = createCallLogs({ database, connectors, now, timeZone, addressOf });
  const outbox = createOutbox({ database, connections, compose, now, log });
  const elsewhere = createElsewhere({ database, connections, country, now, log });
  const deeds = createDeeds({
    ...{ database, connections, outbox, elsewhere, now, timeZone, addressOf },
  });
  const push = elsewhere.beside(hub);
  const knowledge = createKnowledge(connections);
  const board = createBoard({
    ...{ database, country, timeZone, now, log },
    sources: {
      joins: (callKeys) => joining.onCalls(callKeys),
      help: (agentIds) => help.up(agentIds),
      quality: (agentId) => lines.of(agentId),
      checks: (agentIds) => shiftChecks.latest(agentIds),
    },
  });
  const lines = createLineQualities(board.touched);
  const shiftChecks = createShiftChecks({ database, now, onChanged: board.touched });
  const old = assembleOld({ database, now });
  const verdicts = createLineVerdicts({ database, pbx, mintId, now, timeZone, log });
  const offerToPush = createLatency();
  const extensions = createExtensions(database);
  const backendId = mintId();

  const book = createConsentBook({ database, country, log });
  const serviceRecording = createServiceRecording(database, pbx);
  const isByService = serviceRecording.isOn;
  const contacts = createContacts({
    ...{ database, push, mintId, country, book, isByService },
    onReported: elsewhere.begin,
  });
  const pages = createContactPages({ database, contacts, now });
  const directory = createDirectory({ database, now, mintId, country });
  const favourites = createFavourites({ database, country });
  const demo = createDemo({ database, pbx, push, now, log });
  const parked = createParkedCalls({ contacts, extensions, push, log });
  const plans = createPlans({ database, now, timeZone, log });
  const shifts = createShifts({ database, plans, push, now, mintId, timeZone, log });
  const adherence = createAdherence({ database, plans, now, mintId });
  const coaching = createCoaching({ database, push, now, timeZone, log });
  const hasKeypad = pbx.capabilities.surveys === true;
  const surveys = createSurveys({ database, hasKeypad, country, now });
  const callBacks = createCallBacks({
    ...{ database, push, backendId, country, timeZone, now, log },
  });
  const desks = createDesks({
    database,
    book,
    contacts,
    elsewhereOf: elsewhere.shownTo,
    favourites,
    recentlyMissed: (userId) => missed.recent(userId),
    parked,
    pbx,
    now,
    timeZone,
    country,
    updates: config.updates,
    demo: isDemo ? demo : null,
    serviceRecording,
    plans,
    joinsOf: (userId) => joining.deskPart(userId),
    helpOf: (userId) => help.deskPart(userId),
    emergenciesOf: (userId) => emergencies.deskPart(userId),
    memosOf: (userId) => acting.deskPart(userId),
    coachingOf: coaching.deskPart,
    surveys: surveys.deskPart,
    callBacksOf: callBacks.deskPart,
  });
  const onToday = (agentId: string): void => {
    desks
      .today(agentId)
      .then((today) => push.toUser(agentId, { kind: 'today', today }))
      .catch((error: unknown) => log.warn({ error, agentId }, 'the day’s figures were not told'));
  };
  const membership = createQueueMembership(database, pbx, log);
  const emergencies = createEmergencies({ database, push, country, now, log });
  const help = createHelp({ database, push, now, log, onChanged: board.touched });
  const acting = createActing({
    ...{ database, membership, desks, push, mintId, now, timeZone, log },
    onChanged: board.allChanged,
  });
  const missed = createMissedOffers({ database, push, now, mintId, country, log, onToday });
  const agents = createAgents({
    database,
    push,
    membership,
    missed,
    now,
    log,
    onChanged: (agentId, view) => {
      board.changed(agentId, view);
      callBacks.agentChanged(agentId, view.state.state === 'ready');
    },
    onGone: help.gone,
    onSignedOut: (agentId, signedOut) => {
      sessions.signedOut(agentId, signedOut).catch((error: unknown) => {
        log.warn({ error, agentId }, 'the phone account of who was signed out was not taken');
      });
    },
  });
  const joining = createJoining({
    ...{ database, pbx, push, extensions, agents, contacts },
    isDeskElsewhere: (userId) => hasLineElsewhere(database, backendId, userId),
    onChanged: board.touched,
    now,
    log,
  });
  const deskWatch = createDeskWatch({
    ...{ database, push, agents, pbx, backendId, now, log },
    graceMs: config.deskGraceMs,
  });
  const consultLegs = createConsultLegs();
  const keeping = createKeepingFor(config, { database, pbx, now, log });
  const ownDirectory = createOwnDirectory({ database, contacts, keeping, now, mintId, country });
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
  const rescues = createRescues({
    ...{ database, pbx, push, extensions, contacts, mintId, now, log },
    isDeskElsewhere: (userId) => hasLineElsewhere(database, backendId, userId),
  });
  const { ruleOf } = book;
  const keypadNeeds = { database, pbx, contacts, recordings, ruleOf, country, now, log };
  const keypad = createKeypadConsent(keypadNeeds);
  const keypadSurveys = createKeypadSurveys({ database, pbx, extensions, country, now, log });
  const ledger = createLedger({
    database,
    contacts,
    agents,
    recordings,
    push,
    rescues,
    callBacks,
    pbx,
    now,
    log,
    onToday,
    onStored: board.touched,
    onDialed: emergencies.dialed,
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
    ...{ database, pbx, extensions, contacts, agents, membership, recordings, consultLegs },
    ...{ parked, missed, push, offerToPush },
    voicemailNumber: config.voicemailNumber,
    onDialed: emergencies.dialed,
    now,
    log,
  });

  const reporting = createReporting({
    ...{ config, mintId },
    ...{ database, pbx, extensions, now, timeZone, log },
    onWait: board.queuesChanged,
  });

  return {
    mintId,
    push,
    board,
    lines,
    shiftChecks,
    verdicts,
    offerToPush,
    book,
    contacts,
    pages,
    connections,
    elsewhere,
    knowledge,
    deeds,
    directory,
    ownDirectory,
    favourites,
    demo,
    shifts,
    adherence,
    coaching,
    callBacks,
    desks,
    help,
    emergencies,
    acting,
    missed,
    agents,
    joining,
    keeping,
    recordings,
    payment,
    ledger,
    sessions,
    surveys,
    reporting,
    /** Begins to listen to the PBX; to be called once the schema is up to date. */
    start: () => {
      void book.start();
      keypad.start();
      keypadSurveys.start();
      telephony.start();
      sessions.start();
      rescues.start();
      joining.start();
      verdicts.start();
      help.start();
      callBacks.look();
      payment.start();
      keeping.start();
      reporting.start();
      deskWatch.start();
      outbox.start();
    },
    stop: async (): Promise<void> => {
      demo.stop();
      await outbox.stop();
      callBacks.stop();
      membership.stop();
      await deskWatch.stop();
      await telephony.stop();
      sessions.stop();
      await elsewhere.idle();
      await connections.idle();
      await joining.stop();
      await verdicts.stop();
      await keypad.stop();
      await keypadSurveys.stop();
      await payment.stop();
      recordings.stop();
      await keeping.stop();
      await reporting.stop();
      await ledger.idle();
      await rescues.stop();
    },
    /** Resolves when what was begun is done. */
    idle: async (): Promise<void> => {
      await telephony.idle();
      await elsewhere.idle();
      await connections.idle();
      await joining.idle();
      await verdicts.idle();
      await help.idle();
      await callBacks.idle();
      await emergencies.idle();
      await keypad.idle();
      await keypadSurveys.idle();
      await payment.idle();
      await ledger.idle();
      await reporting.idle();
      await recordings.idle();
      await keeping.idle();
      await membership.idle();
      await rescues.idle();
      await deskWatch.idle();
      await outbox.idle();
    },
    /** Ends what is over by the clock. */
    sweep: async (): Promise<void> => {
      await sessions.sweep();
      await acting.sweep();
      callBacks.look();
      await shiftChecks.sweep();
      await old.sweep();
    },
  };
};
