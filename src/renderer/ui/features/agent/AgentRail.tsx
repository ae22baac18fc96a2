import { useTranslation } from 'react-i18next';
import { useDesk } from '../../bridge/desk-store.ts';
import { BrandMark } from '../../components/BrandMark.tsx';
import { MemoLink } from '../acting/MemoLink.tsx';
import { CheckOffer } from '../shift-check/CheckOffer.tsx';
import { ShiftPanel } from '../shift/ShiftPanel.tsx';
import styles from './AgentRail.module.css';
import { AgentStatePanel } from './AgentStatePanel.tsx';
import { ParkedPanel } from './ParkedPanel.tsx';
import { RailLinks } from './RailLinks.tsx';
import { TodayPanel } from './TodayPanel.tsx';
import { UserMenu } from './UserMenu.tsx';
import { VoicemailLink } from './VoicemailLink.tsx';

export const AgentRail = () => {
  const { t } = useTranslation();
  const agent = useDesk((desk) => desk.agent);
  const today = useDesk((desk) => desk.today);
  const session = useDesk((desk) => desk.session);
  return (
    <aside className={styles['rail']} aria-label={t('agent.rail')}>
      <div className={styles['brand']}>
        <BrandMark size={22} />
        <span>{t('app.name')}</span>
      </div>
      <AgentStatePanel agent={agent} />
      <div className={styles['fill']}>
        {today === null ? null : <TodayPanel today={today} />}
        <ShiftPanel />
      </div>
      <CheckOffer />
      <MemoLink />
      <ParkedPanel />
      <VoicemailLink />
      <RailLinks />
      {session.state === 'signed_in' ? <UserMenu user={session.user} /> : null}
    </aside>
  );
};
