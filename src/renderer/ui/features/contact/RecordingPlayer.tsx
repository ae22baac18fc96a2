import { ActionIcon } from '@mantine/core';
import IconPlayerPauseFilled from '@tabler/icons-react/dist/esm/icons/IconPlayerPauseFilled.mjs';
import IconPlayerPlayFilled from '@tabler/icons-react/dist/esm/icons/IconPlayerPlayFilled.mjs';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Contact } from '../../../../shared/api/records.ts';
import { durationText, timeText } from '../../i18n/formats.ts';
import { useLocale } from '../../i18n/use-locale.ts';
import styles from './RecordingPlayer.module.css';

type Recording = Contact['recordings'][number];

/** Plays a recording; its bytes come through main, which holds the session. */
export const RecordingPlayer = ({
  contactId,
  recording,
}: {
  readonly contactId: string;
  readonly recording: Recording;
}) => {
  const { t } = useTranslation();
  const locale = useLocale();
  const audio = useRef<HTMLAudioElement>(null);
  const [playing, setPlaying] = useState(false);
  const [seconds, setSeconds] = useState(0);
  const [failed, setFailed] = useState(false);
  const length = recording.seconds ?? 0;

  if (!recording.playable) {
    // What is over and still not played is for others' ears.
    const why = recording.endedAt === null ? 'contact.notPlayable' : 'contact.notYours';
    return <p className={styles['none']}>{t(why)}</p>;
  }
  return (
    <div className={styles['player']}>
      <audio
        ref={audio}
        src={`app://ui/recordings/${contactId}/${recording.id}`}
        preload="none"
        onPlay={() => {
          setPlaying(true);
          setFailed(false);
        }}
        onPause={() => {
          setPlaying(false);
        }}
        onTimeUpdate={(event) => {
          setSeconds(event.currentTarget.currentTime);
        }}
        onError={() => {
          setPlaying(false);
          setFailed(true);
        }}
      />
      <ActionIcon
        variant="filled"
        color="brand"
        size={40}
        radius={20}
        aria-label={t(playing ? 'contact.pause' : 'contact.play')}
        onClick={() => {
          const player = audio.current;
          if (player === null) return;
          if (playing) {
            player.pause();
            return;
          }
          // A refusal to play arrives as the element's error event as well.
          player.play().catch(() => {
            setFailed(true);
          });
        }}
      >
        {playing ? <IconPlayerPauseFilled size={18} /> : <IconPlayerPlayFilled size={18} />}
      </ActionIcon>
      <input
        type="range"
        className={styles['seek']}
        aria-label={t('contact.seek')}
        aria-valuetext={durationText(seconds * 1_000)}
        min={0}
        max={Math.max(1, length)}
        step={0.1}
        value={Math.min(seconds, Math.max(1, length))}
        onChange={(event) => {
          const to = Number(event.currentTarget.value);
          setSeconds(to);
          if (audio.current !== null) audio.current.currentTime = to;
        }}
      />
      <span className={styles['time']}>
        {durationText(seconds * 1_000)} / {durationText(length * 1_000)}
      </span>
      <span className={styles['about']}>
        {timeText(recording.startedAt, locale)} ·{' '}
        {t('contact.channels', { count: recording.channels })}
      </span>
      {failed ? (
        <p role="alert" className={styles['failed']}>
          {t('contact.playFailed')}
        </p>
      ) : null}
    </div>
  );
};
