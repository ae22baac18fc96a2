import { lazy, Suspense, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { AgentRail } from '../features/agent/AgentRail.tsx';
import { useHelpNotices } from '../features/help/use-help-notices.ts';
import { useStateNotices } from '../features/agent/use-state-notices.ts';
import { CallBackNotices } from '../features/call-backs/CallBackNotices.tsx';
import { CallBar } from '../features/call/CallBar.tsx';
import { CallCentre } from '../features/call/CallCentre.tsx';
import { useCoachingNews } from '../features/coaching/use-coaching-news.ts';
import { CustomerPane } from '../features/customer/CustomerPane.tsx';
import { EmergencyNotices } from '../features/emergency/EmergencyNotices.tsx';
import { DeviceOffer } from '../features/devices/DeviceOffer.tsx';
import { useDeviceNotices } from '../features/devices/use-device-notices.ts';
import { StatusLine } from '../features/status/StatusLine.tsx';
import { usePowerNotice } from '../features/status/use-power-notice.ts';
import { JoinPlace } from '../features/supervision/JoinPlace.tsx';
import { useWrapUpNotices } from '../features/wrap-up/use-wrap-up-notices.ts';
import { WriteDialog } from '../features/deeds/WriteDialog.tsx';
import { KnowledgeDialog } from '../features/knowledge/KnowledgeDialog.tsx';
import { useDesk } from '../bridge/desk-store.ts';
import { closeActing, useActingDialog } from '../state/acting-store.ts';
import { useKeptGuidance } from '../state/guidance-store.ts';
import { useRestoredWriting } from '../state/kept-writing.ts';
import { useKeptSystems } from '../state/systems-store.ts';
import { forgetWriting, useWriting } from '../state/write-store.ts';
import { forgetCallBacks, useCallBackDialog } from '../state/call-back-store.ts';
import { forgetHistory } from '../state/history-store.ts';
import { closeKnowledge, useKnowledge } from '../state/knowledge-store.ts';
import { keepLineHistory } from '../state/line-history.ts';
import { forgetMyDay } from '../state/my-day-store.ts';
import { forgetReports } from '../state/reports-store.ts';
import { forgetShift } from '../state/shift-store.ts';
import { useNamedTargets } from '../state/targets-store.ts';
import { showDesk, useView } from '../state/view-store.ts';
import './desk-mantine.css';
import styles from './Desk.module.css';
import { ProgramNotice } from './ProgramNotice.tsx';
import { useActions } from './use-actions.ts';
import { useFirstPage } from './use-first-page.ts';
import { useCallAnnouncements } from './use-call-announcements.ts';
import { useKeys } from './use-keys.ts';
import { useLineAnnouncement } from './use-line-announcement.ts';
import { useOutageAnnouncement } from './use-outage-announcement.ts';

const Settings = lazy(async () => ({
  default: (await import('../features/settings/Settings.tsx')).Settings,
}));
const ContactPage = lazy(async () => ({
  default: (await import('../features/contact/ContactPage.tsx')).ContactPage,
}));
const FloorPage = lazy(async () => ({
  default: (await import('../features/floor/FloorPage.tsx')).FloorPage,
}));
const DiagnosticsPage = lazy(async () => ({
  default: (await import('../features/diagnostics/DiagnosticsPage.tsx')).DiagnosticsPage,
}));
const CheckPage = lazy(async () => ({
  default: (await import('../features/shift-check/CheckPage.tsx')).CheckPage,
}));
const UndeliveredPage = lazy(async () => ({
  default: (await import('../features/deeds/UndeliveredPage.tsx')).UndeliveredPage,
}));
const ConnectionsPage = lazy(async () => ({
  default: (await import('../features/connections/ConnectionsPage.tsx')).ConnectionsPage,
}));
const DirectoryPage = lazy(async () => ({
  default: (await import('../features/directory/DirectoryPage.tsx')).DirectoryPage,
}));
const HistoryPage = lazy(async () => ({
  default: (await import('../features/history/HistoryPage.tsx')).HistoryPage,
}));
const MyDayPage = lazy(async () => ({
  default: (await import('../features/my-day/MyDayPage.tsx')).MyDayPage,
}));
const CoachingPage = lazy(async () => ({
  default: (await import('../features/coaching/CoachingPage.tsx')).CoachingPage,
}));
const CallBackPage = lazy(async () => ({
  default: (await import('../features/call-backs/CallBackPage.tsx')).CallBackPage,
}));
const CallBackDialog = lazy(async () => ({
  default: (await import('../features/call-backs/CallBackDialog.tsx')).CallBackDialog,
}));
const ReportsPage = lazy(async () => ({
  default: (await import('../features/reports/ReportsPage.tsx')).ReportsPage,
}));
const QualityPage = lazy(async () => ({
  default: (await import('../features/quality/QualityPage.tsx')).QualityPage,
}));
const ShiftPage = lazy(async () => ({
  default: (await import('../features/shift/ShiftPage.tsx')).ShiftPage,
}));
const HelpDock = lazy(async () => ({
  default: (await import('../features/help/HelpDock.tsx')).HelpDock,
}));
const ActingDialogs = lazy(async () => ({
  default: (await import('../features/acting/ActingDialogs.tsx')).ActingDialogs,
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
  const helps = useDesk(
    ({ session }) => session.state === 'signed_in' && session.user.role !== 'agent',
  );
  // Nobody sits at it: there is nothing to press.
  const isWall = place.kind === 'floor' && place.wall === true;
  const acting = useActingDialog(({ dialog }) => dialog !== null);
  const promising = useCallBackDialog(({ dialog }) => dialog !== null);
  const writing = useWriting(({ dialog }) => dialog !== null);
  const knowing = useKnowledge(({ opened }) => opened !== null);
  const actions = useActions();
  useKeys(actions);
  useFirstPage();
  useCallAnnouncements();
  useStateNotices();
  useWrapUpNotices();
  useHelpNotices();
  useKeptGuidance();
  useKeptSystems();
  useRestoredWriting();
  useCoachingNews();
  useLineAnnouncement();
  usePowerNotice();
  useOutageAnnouncement();
  useEffect(keepLineHistory, []);
  useDeviceNotices();
  // Whoever rings is told by name from the first moment.
  useNamedTargets();
  // Whoever works here next sees nothing of what this agent looked for, and begins at the desk.
  useEffect(
    () => () => {
      closeActing();
      closeKnowledge();
      forgetCallBacks();
      forgetWriting();
      forgetHistory();
      forgetMyDay();
      forgetReports();
      forgetShift();
      showDesk();
    },
    [],
  );
  return (
    <div className={styles['desk']} data-wall={isWall || undefined}>
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
              ) : place.kind === 'coaching' ? (
                <CoachingPage key={place.agentId ?? ''} agentId={place.agentId ?? null} />
              ) : place.kind === 'reports' ? (
                <ReportsPage />
              ) : place.kind === 'call_backs' ? (
                <CallBackPage />
              ) : place.kind === 'diagnostics' ? (
                <DiagnosticsPage />
              ) : place.kind === 'check' ? (
                <CheckPage />
              ) : place.kind === 'connections' ? (
                <ConnectionsPage />
              ) : place.kind === 'undelivered' ? (
                <UndeliveredPage />
              ) : place.kind === 'own_directory' ? (
                <DirectoryPage />
              ) : place.kind === 'quality' ? (
                <QualityPage />
              ) : place.kind === 'my_day' ? (
                <MyDayPage />
              ) : place.kind === 'floor' ? (
                <FloorPage wall={place.wall === true} />
              ) : (
                <ContactPage key={place.contactId} contactId={place.contactId} />
              )}
            </Suspense>
          </>
        )}
        <JoinPlace />
        {isWall ? null : <DeviceOffer />}
        {isWall ? null : (
          <EmergencyNotices>
            <CallBackNotices />
          </EmergencyNotices>
        )}
      </div>
      <footer className={styles['status']}>
        <StatusLine />
      </footer>
      <Suspense fallback={null}>
        {helps && !isWall ? <HelpDock /> : null}
        {acting ? <ActingDialogs /> : null}
        {promising ? <CallBackDialog /> : null}
        {writing ? <WriteDialog /> : null}
        {knowing ? <KnowledgeDialog /> : null}
        {spotlight ? <Spotlight actions={actions} /> : null}
        {shortcuts ? <ShortcutsSheet actions={actions} /> : null}
      </Suspense>
    </div>
  );
};
