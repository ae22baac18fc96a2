import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { BackButton } from '../../components/BackButton.tsx';
import { showDesk } from '../../state/view-store.ts';
import { ImportPart } from './ImportPart.tsx';
import { TokensPart } from './TokensPart.tsx';
import styles from './Directory.module.css';

/** How customers come into the own directory: files, and other systems. */
export const DirectoryPage = () => {
  const { t } = useTranslation();
  const back = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    back.current?.focus();
  }, []);
  return (
    <main className={styles['page']} aria-label={t('ownDirectory.title')}>
      <div className={styles['body']}>
        <BackButton ref={back} onClick={showDesk}>
          {t('contact.back')}
        </BackButton>
        <h1 className={styles['title']}>{t('ownDirectory.title')}</h1>
        <p className={styles['about']}>{t('ownDirectory.what')}</p>
        <ImportPart />
        <TokensPart />
      </div>
    </main>
  );
};
