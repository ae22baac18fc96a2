import { useTranslation } from 'react-i18next';
import { useDesk } from '../bridge/desk-store.ts';
import styles from './EngineNotice.module.css';

/** The phone or the disk failed: said across the top, since every call depends on it. */
export const EngineNotice = () => {
  const { t } = useTranslation();
  const engine = useDesk((desk) => desk.engine);
  const problem = useDesk((desk) => desk.journal.problem);
  if (engine === 'running' && problem === null) return null;
  return (
    <div className={styles['notice']} role="alert" data-tone="danger">
      {engine === 'restarting' ? <p>{t('app.engineRestarting')}</p> : null}
      {problem === null ? null : <p>{t('app.journalProblem', { problem })}</p>}
    </div>
  );
};
