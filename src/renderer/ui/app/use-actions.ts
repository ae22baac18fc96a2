import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { isAllowed } from '../../../shared/domain/call/allowed-actions.ts';
import { useDesk } from '../bridge/desk-store.ts';
import { usePhone } from '../bridge/phone-store.ts';
import { useCallBackActions } from '../features/call-backs/use-call-back-actions.ts';
import { parkCall } from '../features/call/call-orders.ts';
import { useCoachingActions } from '../features/coaching/use-coaching-actions.ts';
import { useConsentActions } from '../features/consent/use-consent-actions.ts';
import { linkCustomer } from '../features/customer/customer-orders.ts';
import { useDiagnosticsActions } from '../features/diagnostics/diagnostics-actions.ts';
import { useCheckActions } from '../features/shift-check/check-actions.ts';
import { useDeviceActions } from '../features/devices/use-device-actions.ts';
import { useSoundActions } from '../features/sound/use-sound-actions.ts';
import { useFloorActions } from '../features/floor/floor-actions.ts';
import { focusSearchField } from '../features/customer/search-field.ts';
import { historyFieldId } from '../features/history/history-field.ts';
import { colleagueFieldId } from '../features/people/colleague-field.ts';
import { useActingActions } from '../features/acting/acting-actions.ts';
import { useGuidanceActions } from '../features/guidance/use-guidance-actions.ts';
import { useHelpActions } from '../features/help/help-actions.ts';
import { useSurveyActions } from '../features/survey/survey-actions.ts';
import { useListeningActions } from '../features/listening/listening-actions.ts';
import { usePaymentActions } from '../features/payment/use-payment-actions.ts';
import { useJoinActions } from '../features/supervision/use-join-actions.ts';
import { useReportActions } from '../features/reports/use-report-actions.ts';
import type { ListedAction } from '../features/spotlight/listed-action.ts';
import { useDirectoryActions } from '../features/directory/use-directory-actions.ts';
import { useConnectionsActions } from '../features/connections/use-connections-actions.ts';
import { useDeedActions } from '../features/deeds/use-deed-actions.ts';
import { useKnowledgeActions } from '../features/knowledge/use-knowledge-actions.ts';
import { useElsewhereActions } from '../features/elsewhere/use-elsewhere-actions.ts';
import { useEmergencyActions } from '../features/emergency/use-emergency-actions.ts';
import { useUpdateActions } from '../features/update/use-update-actions.ts';
import { extendWrapUp, finishWrapUp, focusCodeField } from '../features/wrap-up/finish.ts';
import { callActions, severalActions } from './call-actions.ts';
import { focusById } from './focus-by-id.ts';
import { onDesk } from './on-desk.ts';
import { chords, matchChord } from '../state/chords.ts';
import { openMissNote } from '../state/miss-note.ts';
import { useMissed } from '../state/missed-store.ts';
import { order, orderPhone } from '../state/orders.ts';
import { parkedName, pickUp } from '../state/parked.ts';
import { signOut } from '../state/shift-store.ts';
import { useCapabilities } from '../state/use-capabilities.ts';
import { useWorks } from '../state/use-works.ts';
import { change, show, showDesk, useView } from '../state/view-store.ts';
import { centreWork, customerWork, type Work } from '../state/work.ts';
import { showPart } from '../state/work-part.ts';
import { currentTerms } from '../state/wrap-up-terms.ts';

const wrapUpActions = (centre: Work | null, t: TFunction): ListedAction[] => [
  {
    id: 'wrap-up-code',
    group: 'wrapUp',
    label: t('wrapUp.chooseCode'),
    chord: chords.wrapUpCode,
    possible: centre?.stage === 'live' || centre?.stage === 'wrap_up',
    run: () => {
      if (centre === null) return;
      onDesk(() => {
        showPart(centre, 'notes', focusCodeField);
      });
    },
  },
  {
    id: 'wrap-up-complete',
    group: 'wrapUp',
    label: t('wrapUp.complete'),
    chord: chords.completeWrapUp,
    possible: centre?.stage === 'wrap_up',
    run: () => {
      showDesk();
      if (centre !== null) void finishWrapUp(centre);
    },
  },
  {
    id: 'wrap-up-extend',
    group: 'wrapUp',
    label: t('wrapUp.moreTime'),
    chord: chords.extendWrapUp,
    possible:
      centre?.stage === 'wrap_up' && currentTerms(centre.queue).rules.mode === 'agent_extendable',
    run: () => {
      if (centre !== null) void extendWrapUp(centre);
    },
  },
];

const agentActions = (doNotDisturb: boolean, t: TFunction): ListedAction[] => [
  {
    id: 'ready',
    group: 'agent',
    label: t('agent.ready'),
    chord: chords.ready,
    possible: true,
    run: () => void order('agent.wish', { kind: 'ready' }),
  },
  {
    id: 'not-ready',
    group: 'agent',
    label: t('agent.notReady'),
    chord: chords.notReady,
    possible: true,
    run: () => {
      change({ reasonMenu: true });
    },
  },
  {
    id: 'do-not-disturb',
    group: 'agent',
    label: t(doNotDisturb ? 'agent.disturbAgain' : 'agent.doNotDisturb'),
    chord: chords.doNotDisturb,
    possible: true,
    run: () => void order('agent.doNotDisturb', { on: !doNotDisturb }),
  },
  {
    id: 'sign-out',
    group: 'agent',
    label: t('agent.signOut'),
    chord: null,
    possible: true,
    run: () => void signOut(),
  },
];

const matchActions = (work: Work | null, t: TFunction): ListedAction[] => {
  const card = work?.card;
  const match = card?.match;
  const customers = match?.kind === 'several' || match?.kind === 'maybe' ? match.customers : [];
  return customers.slice(0, 9).map((customer, index) => ({
    id: `match-${customer.id}`,
    group: 'customer',
    label: t('match.choose', { name: customer.name }),
    chord: matchChord(index),
    possible: true,
    run: () => {
      if (card !== undefined && card !== null) {
        void linkCustomer(card.contactId, customer.id, customer.name);
      }
    },
  }));
};

const goActions = (demo: boolean, works: readonly Work[], t: TFunction): ListedAction[] => [
  {
    id: 'find-customer',
    group: 'customer',
    label: t('customer.search'),
    chord: chords.findCustomer,
    possible: !works.some((work) => work.stage !== 'over'),
    run: () => {
      onDesk(focusSearchField);
    },
  },
  { id: 'desk', group: 'go', label: t('app.desk'), chord: null, possible: true, run: showDesk },
  {
    id: 'history',
    group: 'go',
    label: t('history.title'),
    chord: chords.history,
    possible: true,
    run: () => {
      show({ kind: 'history' });
      focusById(historyFieldId);
    },
  },
  {
    id: 'my-day',
    group: 'go',
    label: t('myDay.title'),
    chord: chords.myDay,
    possible: true,
    run: () => {
      show({ kind: 'my_day' });
    },
  },
  {
    id: 'shift',
    group: 'go',
    label: t('shift.title'),
    chord: chords.shift,
    possible: true,
    run: () => {
      show({ kind: 'shift' });
    },
  },
  {
    id: 'colleagues',
    group: 'go',
    label: t('people.colleagues'),
    chord: chords.colleagues,
    possible: !works.some((work) => work.stage !== 'over'),
    run: () => {
      change({ beside: 'colleagues' });
      onDesk(() => {
        requestAnimationFrame(() => {
          focusById(colleagueFieldId);
        });
      });
    },
  },
  {
    id: 'favourites',
    group: 'go',
    label: t('favourite.title'),
    chord: null,
    possible: !works.some((work) => work.stage !== 'over'),
    run: () => {
      change({ beside: 'favourites' });
      onDesk(() => {
        focusById('beside-favourites');
      });
    },
  },
  {
    id: 'settings',
    group: 'go',
    label: t('settings.title'),
    chord: chords.settings,
    possible: true,
    run: () => {
      show({ kind: 'settings' });
    },
  },
  {
    id: 'compact',
    group: 'go',
    label: t('compact.enter'),
    chord: chords.compact,
    possible: true,
    run: () => void order('settings.change', { compact: true }),
  },
  {
    id: 'shortcuts',
    group: 'go',
    label: t('shortcuts.title'),
    chord: chords.shortcuts,
    possible: true,
    run: () => {
      change({ shortcuts: true });
    },
  },
  ...(demo
    ? [
        {
          id: 'demo-call',
          group: 'go' as const,
          label: t('demo.call'),
          chord: null,
          possible: true,
          run: () => void order('demo.customerCall', {}),
        },
      ]
    : []),
];

/** For the latest notice of a miss, where there is one. */
const useMissedActions = (isIdle: boolean): ListedAction[] => {
  const { t } = useTranslation();
  const callKey = useMissed(({ missed }) => missed[0]?.callKey ?? null);
  const miss = useDesk((desk) => desk.missed?.find((told) => told.callKey === callKey) ?? null);
  return [
    {
      id: 'note-missed',
      group: 'call',
      label: t('missed.noteLatest'),
      chord: null,
      possible: isIdle && miss !== null,
      run: () => {
        onDesk(() => {
          if (miss !== null) openMissNote(miss.id, 'notice');
        });
      },
    },
  ];
};

/** Listed only where the PBX tells of a mailbox. */
const useVoicemailActions = (): ListedAction[] => {
  const { t } = useTranslation();
  const told = usePhone((phone) => phone !== null && phone.voicemail !== null);
  if (!told) return [];
  return [
    {
      id: 'voicemail',
      group: 'call',
      label: t('voicemail.listen'),
      chord: null,
      possible: true,
      run: () => void orderPhone({ kind: 'voicemail' }),
    },
  ];
};

const useParkActions = (centre: Work | null): ListedAction[] => {
  const { t } = useTranslation();
  const { parking } = useCapabilities();
  const parked = useDesk((desk) => desk.parked);
  if (!parking) return [];
  const call = centre?.call ?? null;
  return [
    {
      id: 'park',
      group: 'call',
      label: t('parked.park'),
      chord: null,
      possible: call !== null && isAllowed(call, 'transfer'),
      run: () => {
        if (call !== null) void parkCall(call.callId);
      },
    },
    ...parked.map((waiting) => ({
      id: `pick-up-${waiting.callKey}`,
      group: 'call' as const,
      label: t('parked.pickUpName', { name: parkedName(waiting, t) }),
      chord: null,
      possible: true,
      run: () => {
        pickUp(waiting);
      },
    })),
  ];
};

/** Everything that can be done, once: keys, the spotlight and the sheet of shortcuts all read it here. */
export const useActions = (): readonly ListedAction[] => {
  const { t } = useTranslation();
  const works = useWorks();
  const chosen = useView((view) => view.chosenCallId);
  const isDemo = useDesk((desk) => desk.session.state === 'signed_in' && desk.session.demo);
  const demo = useCapabilities().demoCustomers && isDemo;
  const doNotDisturb = useDesk((desk) => desk.agent?.doNotDisturb ?? false);
  const centre = centreWork(works, chosen);
  const consent = useConsentActions(centre);
  const voicemail = useVoicemailActions();
  const park = useParkActions(centre);
  const missed = useMissedActions(centre === null);
  const listening = useListeningActions();
  const floor = useFloorActions();
  const payment = usePaymentActions(centre);
  const reports = useReportActions();
  const help = useHelpActions(centre);
  const guidance = useGuidanceActions(centre);
  const survey = useSurveyActions(centre);
  const acting = useActingActions();
  const coaching = useCoachingActions();
  const callBacks = useCallBackActions(centre);
  const join = useJoinActions();
  const devices = useDeviceActions();
  const sound = useSoundActions(works, centre);
  const diagnostics = useDiagnosticsActions();
  const check = useCheckActions();
  const updates = useUpdateActions();
  const emergency = useEmergencyActions();
  const elsewhere = useElsewhereActions(customerWork(works, centre));
  const deeds = useDeedActions(customerWork(works, centre));
  const connections = useConnectionsActions();
  const knowledge = useKnowledgeActions(centre);
  const ownDirectory = useDirectoryActions();
  return [
    ...callActions(works, centre, t),
    ...severalActions(works, centre, t),
    ...park,
    ...voicemail,
    ...missed,
    ...callBacks,
    ...consent,
    ...payment,
    ...wrapUpActions(centre, t),
    ...agentActions(doNotDisturb, t),
    ...matchActions(customerWork(works, centre), t),
    ...elsewhere,
    ...deeds,
    ...goActions(demo, works, t),
    ...floor,
    ...listening,
    ...reports,
    ...help,
    ...guidance,
    ...survey,
    ...acting,
    ...coaching,
    ...join,
    ...devices,
    ...sound,
    ...diagnostics,
    ...check,
    ...updates,
    ...emergency,
    ...connections,
    ...knowledge,
    ...ownDirectory,
  ];
};
