import { useTranslation } from 'react-i18next';
import { useDesk } from '../bridge/desk-store.ts';
import { useProgramNotices } from '../state/use-program-notices.ts';
import styles from './ProgramNotice.module.css';

/** What every call depends on and is not as it should be: the phone, the disk, this program's own files. */
export const ProgramNotice = () => {
  const { t } = useTranslation();
  const engine = useDesk((desk) => desk.engine);
  const problem = useDesk((desk) => desk.journal.problem);
  const notices = useProgramNotices();
  if (engine === 'running' && problem === null && notices.length === 0) return null;
  const bad = engine === 'restarting' || problem !== null;
  return (
    <div className={styles['notice']} role="alert" data-tone={bad ? 'danger' : 'wrap-up'}>
      {engine === 'restarting' ? <p>{t('app.engineRestarting')}</p> : null}
      {problem === null ? null : <p>{t(`app.journalProblem.${problem}`)}</p>}
      {notices.map(({ code, text }) => (
        <p key={code}>{text}</p>
      ))}
    </div>
  );
};
