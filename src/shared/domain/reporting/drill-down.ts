import type { FigureName, ReportView } from './figures.ts';

/**
 * Which contacts a figure is made of. A share leads to those that keep it from being better: who called it low wants to
 * know which they were.
 */
export type DrillDown =
  | {
      readonly rows: 'waits';
      /** The interval of a wait is the one in which it entered the queue, or left it. */
      readonly counted: 'entered' | 'left';
      readonly which:
        | 'all'
        | 'answered'
        | 'abandoned'
        | 'abandoned_short'
        | 'abandoned_long'
        | 'otherwise'
        | 'late';
    }
  | { readonly rows: 'handled'; readonly which: 'all' | 'transferred'; readonly order: LegOrder }
  | { readonly rows: 'missed'; readonly which: 'all' | 'counted' }
  | { readonly rows: 'repeated' }
  /** The lowest scores first; `low`: below 4, and below 9. */
  | {
      readonly rows: 'surveys';
      readonly which:
        | 'all'
        | 'answered'
        | 'unanswered'
        | 'csat'
        | 'csat_low'
        | 'nps'
        | 'nps_low'
        | 'resolved'
        | 'unresolved';
    };

/** Of which the largest come first; `time`: the latest. */
export type LegOrder = 'time' | 'handle' | 'talk' | 'consult' | 'hold' | 'wrap_up' | 'dial';

const handled = (order: LegOrder): DrillDown => ({ rows: 'handled', which: 'all', order });

/** null: it is made of time, not of contacts. */
export const drillDownOf = (figure: FigureName, view: ReportView): DrillDown | null => {
  const counted = view === 'ringside' ? 'entered' : 'left';
  switch (figure) {
    case 'offered':
    case 'longestWaitMs':
      return { rows: 'waits', counted: 'entered', which: 'all' };
    case 'leftOtherwise':
      return { rows: 'waits', counted: 'entered', which: 'otherwise' };
    case 'answered':
    case 'asaMs':
      return { rows: 'waits', counted, which: 'answered' };
    case 'abandoned':
      return { rows: 'waits', counted, which: 'abandoned' };
    case 'shortAbandons':
      return { rows: 'waits', counted, which: 'abandoned_short' };
    case 'abandonRate':
      return {
        rows: 'waits',
        counted,
        which: view === 'ringside' ? 'abandoned_long' : 'abandoned',
      };
    case 'serviceLevel':
      return { rows: 'waits', counted, which: 'late' };
    case 'handled':
      return handled('time');
    case 'ahtMs':
    case 'handleMs':
      return handled('handle');
    case 'talkMs':
      return handled('talk');
    case 'consultMs':
      return handled('consult');
    case 'holdMs':
      return handled('hold');
    case 'wrapUpMs':
      return handled('wrap_up');
    case 'dialMs':
      return handled('dial');
    case 'transferred':
    case 'transferRate':
      return { rows: 'handled', which: 'transferred', order: 'time' };
    case 'missed':
      return { rows: 'missed', which: 'all' };
    case 'missedCounted':
      return { rows: 'missed', which: 'counted' };
    case 'fcr':
      return { rows: 'repeated' };
    case 'surveysAsked':
      return { rows: 'surveys', which: 'all' };
    case 'surveysAnswered':
      return { rows: 'surveys', which: 'answered' };
    case 'surveyRate':
      return { rows: 'surveys', which: 'unanswered' };
    case 'csatAnswers':
    case 'csat':
      return { rows: 'surveys', which: 'csat' };
    case 'csatHighShare':
      return { rows: 'surveys', which: 'csat_low' };
    case 'npsAnswers':
      return { rows: 'surveys', which: 'nps' };
    case 'nps':
      return { rows: 'surveys', which: 'nps_low' };
    case 'resolvedAnswers':
      return { rows: 'surveys', which: 'resolved' };
    case 'resolvedShare':
      return { rows: 'surveys', which: 'unresolved' };
    case 'rang':
    case 'occupancy':
    case 'busyMs':
    case 'readyMs':
    case 'notReadyMs':
      return null;
  }
};
