import { Button, Skeleton, Textarea } from '@mantine/core';
import IconHeadset from '@tabler/icons-react/dist/esm/icons/IconHeadset.mjs';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { BackButton } from '../../components/BackButton.tsx';
import { EmptyState } from '../../components/EmptyState.tsx';
import { order } from '../../state/orders.ts';
import { showDesk } from '../../state/view-store.ts';
import styles from './Diagnostics.module.css';
import { HeadsetCard } from './HeadsetCard.tsx';
import { HeadsetLog } from './HeadsetLog.tsx';
import { useHeadsets, watchHeadsets } from './headset-store.ts';

const noteLength = 2_000;

/** What headsets say of themselves, what goes in and out of them, and both as a file for whoever can help. */
export const DiagnosticsPage = () => {
  const { t } = useTranslation();
  const { headsets, known } = useHeadsets();
  const back = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    back.current?.focus();
  }, []);
  useEffect(watchHeadsets, []);
  return (
    <main className={styles['page']} aria-labelledby="diagnostics-title">
      <div className={styles['body']}>
        <BackButton ref={back} onClick={showDesk}>
          {t('contact.back')}
        </BackButton>
        <h1 id="diagnostics-title" className={styles['title']}>
          {t('diagnostics.title')}
        </h1>
        <p className={styles['help']}>{t('diagnostics.about')}</p>
        <section className={styles['part']} aria-labelledby="diagnostics-headsets">
          <h2 id="diagnostics-headsets">{t('diagnostics.headsets')}</h2>
          {!known ? (
            <Skeleton height={96} animate={false} />
          ) : headsets.length === 0 ? (
            <EmptyState
              icon={<IconHeadset size={32} stroke={1.5} />}
              title={t('diagnostics.none')}
              text={t('diagnostics.noneHelp')}
            />
          ) : (
            headsets.map((device) => <HeadsetCard key={device.headset} device={device} />)
          )}
        </section>
        <section className={styles['part']} aria-labelledby="diagnostics-log">
          <h2 id="diagnostics-log">{t('diagnostics.log')}</h2>
          <HeadsetLog />
        </section>
        <SendLog />
      </div>
    </main>
  );
};

const SendLog = () => {
  const { t } = useTranslation();
  const [note, setNote] = useState('');
  const [saved, setSaved] = useState<string | null>(null);
  const save = async (): Promise<void> => {
    const answer = await order('headsets.export', { note: note.trim() });
    if (answer.ok && answer.value !== null) setSaved(answer.value);
  };
  return (
    <section className={styles['part']} aria-labelledby="diagnostics-send">
      <h2 id="diagnostics-send">{t('diagnostics.send')}</h2>
      <p className={styles['help']}>{t('diagnostics.sendHelp')}</p>
      <Textarea
        className={styles['note']}
        label={t('diagnostics.note')}
        maxLength={noteLength}
        minRows={2}
        autosize
        maxRows={6}
        value={note}
        onChange={(event) => {
          setNote(event.currentTarget.value);
        }}
      />
      <div className={styles['save']}>
        <Button variant="light" color="not-ready" onClick={() => void save()}>
          {t('diagnostics.save')}
        </Button>
        <p className={styles['help']} role="status">
          {saved === null ? '' : t('diagnostics.saved', { path: saved })}
        </p>
      </div>
    </section>
  );
};
