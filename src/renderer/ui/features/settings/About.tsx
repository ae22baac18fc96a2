import { useTranslation } from 'react-i18next';
import { useDesk } from '../../bridge/desk-store.ts';
import styles from './About.module.css';

export const About = () => {
  const { t } = useTranslation();
  const versions = useDesk((desk) => desk.versions);
  const pbx = useDesk((desk) => desk.pbx);
  const rows: readonly (readonly [string, string])[] = [
    [t('app.name'), versions.app],
    [t('settings.electron'), versions.electron],
    [t('settings.chrome'), versions.chrome],
    ...(pbx?.state === 'connected' ? [[t('status.pbx.name'), pbx.version] as const] : []),
  ];
  return (
    <section className={styles['about']} aria-labelledby="settings-about">
      <h2 id="settings-about" className={styles['title']}>
        {t('settings.about')}
      </h2>
      <dl>
        {rows.map(([name, version]) => (
          <div key={name} className={styles['row']}>
            <dt>{name}</dt>
            <dd>{version}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
};
