import { lazy, Suspense, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { AgentRail } from '../features/agent/AgentRail.tsx';
import { useStateNotices } from '../features/agent/use-state-notices.ts';
import { CallBar } from '../features/call/CallBar.tsx';
import { CallCentre } from '../features/call/CallCentre.tsx';
import { CustomerPane } from '../features/customer/CustomerPane.tsx';
import { StatusLine } from '../features/status/StatusLine.tsx';
import { useWrapUpNotices } from '../features/wrap-up/use-wrap-up-notices.ts';
import { forgetHistory } from '../state/history-store.ts';
import { forgetMyDay } from '../state/my-day-store.ts';
import { forgetShift } from '../state/shift-store.ts';
import { useNamedTargets } from '../state/targets-store.ts';
import { showDesk, useView } from '../state/view-store.ts';
import './desk-mantine.css';
import styles from './Desk.module.css';
import { ProgramNotice } from './ProgramNotice.tsx';
import { useActions } from './use-actions.ts';
import { useCallAnnouncements } from './use-call-announcements.ts';
import { useKeys } from './use-keys.ts';

const Settings = lazy(async () => ({
  default: (await import('../features/settings/Settings.tsx')).Settings,
}));
const ContactPage = lazy(async () => ({
  default: (await import('../features/contact/ContactPage.tsx')).ContactPage,
}));
const HistoryPage = lazy(async () => ({
  default: (await import('../features/history/HistoryPage.tsx')).HistoryPage,
}));
const MyDayPage = lazy(async () => ({
  default: (await import('../features/my-day/MyDayPage.tsx')).MyDayPage,
}));
const QualityPage = lazy(async () => ({
  default: (await import('../features/quality/QualityPage.tsx')).QualityPage,
}));
const ShiftPage = lazy(async () => ({
  default: (await import('../features/shift/ShiftPage.tsx')).ShiftPage,
}));
const Spotlight = lazy(async () => ({
  default: (await import('../features/spotlight/Spotlight.tsx')).Spotlight,
}));
const ShortcutsSheet = lazy(async () => ({
  default: (await import('../features/spotlight/ShortcutsSheet.tsx')).ShortcutsSheet,
}));

/** The one window an agent lives in. */
export const Desk = () => {
  const { t } = useTranslation();
  const place = useView((view) => view.place);
  const spotlight = useView((view) => view.spotlight);
  const shortcuts = useView((view) => view.shortcuts);
  const actions = useActions();
  useKeys(actions);
  useCallAnnouncements();
  useStateNotices();
  useWrapUpNotices();
  // Whoever rings is told by name from the first moment.
  useNamedTargets();
  // Whoever works here next sees nothing of what this agent looked for, and begins at the desk.
  useEffect(
    () => () => {
      forgetHistory();
      forgetMyDay();
      forgetShift();
      showDesk();
    },
    [],
  );
  return (
    <div className={styles['desk']}>
      <nav className={styles['skip']} aria-label={t('app.skip')}>
        <a href="#call">{t('app.skipToCall')}</a>
        <a href="#customer">{t('app.skipToCustomer')}</a>
        <a href="#agent-state">{t('app.skipToState')}</a>
      </nav>
      <AgentRail />
      <div className={styles['stage']}>
        <ProgramNotice />
        {place.kind === 'desk' ? (
          <main className={styles['work']}>
            <CallCentre />
            <CustomerPane />
          </main>
        ) : (
          <>
            <CallBar />
            <Suspense fallback={<div className={styles['page']} />}>
              {place.kind === 'settings' ? (
                <Settings actions={actions} />
              ) : place.kind === 'history' ? (
                <HistoryPage />
              ) : place.kind === 'shift' ? (
                <ShiftPage />
              ) : place.kind === 'quality' ? (
                <QualityPage />
              ) : place.kind === 'my_day' ? (
                <MyDayPage />
              ) : (
                <ContactPage key={place.contactId} contactId={place.contactId} />
              )}
            </Suspense>
          </>
        )}
      </div>
      <footer className={styles['status']}>
        <StatusLine />
      </footer>
      <Suspense fallback={null}>
        {spotlight ? <Spotlight actions={actions} /> : null}
        {shortcuts ? <ShortcutsSheet actions={actions} /> : null}
      </Suspense>
    </div>
  );
};
