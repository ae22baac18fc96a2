import type {
  EngineOrderName,
  EngineReportName,
  EngineRequestName,
  UiEventName,
  UiRequestName,
} from './contract.ts';

/**
 * The names of the contract's channels without its schemas: what a preload lets through, and what main listens on
 * before the schemas are loaded. The types keep each list complete.
 */

export const uiRequestNames: Readonly<Record<UiRequestName, true>> = {
  'desk.snapshot': true,
  'phone.snapshot': true,
  'clock.now': true,
  'session.signIn': true,
  'session.signOut': true,
  'agent.wish': true,
  'agent.doNotDisturb': true,
  'phone.command': true,
  'consent.record': true,
  'payment.open': true,
  'payment.close': true,
  'payment.extend': true,
  'wrapUp.draft': true,
  'wrapUp.complete': true,
  'wrapUp.extend': true,
  'wrapUp.correct': true,
  'customers.search': true,
  'customers.open': true,
  'customers.create': true,
  'customers.link': true,
  'contacts.recent': true,
  'contacts.open': true,
  'contacts.search': true,
  'favourites.put': true,
  'listening.open': true,
  'listening.comment': true,
  'listening.removeComment': true,
  'quality.list': true,
  'quality.ofContact': true,
  'quality.score': true,
  'quality.acknowledge': true,
  'reports.myDay': true,
  'missed.note': true,
  'offer.shown': true,
  'targets.list': true,
  'shift.refresh': true,
  'shift.day': true,
  'shift.askException': true,
  'shift.dismiss': true,
  'demo.customerCall': true,
  'demo.clock': true,
  'dialRequest.settle': true,
  'globalKeys.pause': true,
  'phoneLinks.state': true,
  'phoneLinks.set': true,
  'compact.move': true,
  'journal.refused': true,
  'journal.export': true,
  'settings.change': true,
};

export const uiEventNames: Readonly<Record<UiEventName, true>> = {
  'desk.changed': true,
  'phone.changed': true,
  'phone.levels': true,
  'ui.show': true,
};

export const engineRequestNames: Readonly<Record<EngineRequestName, true>> = {
  'engine.setup': true,
  'clock.now': true,
};

export const engineReportNames: Readonly<Record<EngineReportName, true>> = {
  'engine.snapshot': true,
  'engine.levels': true,
  'engine.rang': true,
  'engine.answered': true,
  'engine.log': true,
};

export const engineOrderNames: Readonly<Record<EngineOrderName, true>> = {
  'engine.setupChanged': true,
  'engine.command': true,
  'engine.wake': true,
};
