import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { useDesk } from '../bridge/desk-store.ts';
import { recordConsent, useOwnConsent } from '../features/consent/consent-orders.ts';
import { consentView, nextConsentFacts } from '../features/consent/consent-view.ts';
import { linkCustomer } from '../features/customer/customer-orders.ts';
import { focusSearchField } from '../features/customer/search-field.ts';
import type { ListedAction } from '../features/spotlight/listed-action.ts';
import { finishWrapUp, focusCodeField } from '../features/wrap-up/finish.ts';
import { callActions, severalActions } from './call-actions.ts';
import { onDesk } from './on-desk.ts';
import { chords, matchChord } from '../state/chords.ts';
import { order } from '../state/orders.ts';
import { useWorks } from '../state/use-works.ts';
import { change, show, showDesk, useView } from '../state/view-store.ts';
import { centreWork, customerWork, type Work } from '../state/work.ts';

const useConsentActions = (centre: Work | null): ListedAction[] => {
  const { t } = useTranslation();
  const own = useOwnConsent(({ latest }) => latest[centre?.callId ?? ''] ?? null);
  const { state } = consentView(centre?.card ?? null, own);
  const next = centre?.stage === 'live' ? nextConsentFacts(state) : [];
  const kinds = [
    { kind: 'asked', chord: chords.askConsent },
    { kind: 'granted', chord: chords.consentGranted },
    { kind: 'refused', chord: chords.consentRefused },
  ] as const;
  return kinds.map(({ kind, chord }) => ({
    id: `consent-${kind}`,
    group: 'consent',
    label: t(`consent.button.${kind}`),
    chord,
    possible: next.includes(kind),
    run: () => {
      if (centre !== null) void recordConsent(centre.callId, kind);
    },
  }));
};

const wrapUpActions = (centre: Work | null, t: TFunction): ListedAction[] => [
  {
    id: 'wrap-up-code',
    group: 'wrapUp',
    label: t('wrapUp.chooseCode'),
    chord: chords.wrapUpCode,
    possible: centre?.stage === 'live' || centre?.stage === 'wrap_up',
    run: () => {
      onDesk(focusCodeField);
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
];

const agentActions = (t: TFunction): ListedAction[] => [
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
    id: 'sign-out',
    group: 'agent',
    label: t('agent.signOut'),
    chord: null,
    possible: true,
    run: () => void order('session.signOut', null),
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

/** Everything that can be done, once: keys, the spotlight and the sheet of shortcuts all read it here. */
export const useActions = (): readonly ListedAction[] => {
  const { t } = useTranslation();
  const works = useWorks();
  const chosen = useView((view) => view.chosenCallId);
  const demo = useDesk((desk) => desk.session.state === 'signed_in' && desk.session.demo);
  const centre = centreWork(works, chosen);
  const consent = useConsentActions(centre);
  return [
    ...callActions(works, centre, t),
    ...severalActions(works, centre, t),
    ...consent,
    ...wrapUpActions(centre, t),
    ...agentActions(t),
    ...matchActions(customerWork(works, centre), t),
    ...goActions(demo, works, t),
  ];
};
