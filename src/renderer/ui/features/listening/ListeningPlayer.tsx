import { ActionIcon, NativeSelect, Switch } from '@mantine/core';
import IconPlayerPauseFilled from '@tabler/icons-react/dist/esm/icons/IconPlayerPauseFilled.mjs';
import IconPlayerPlayFilled from '@tabler/icons-react/dist/esm/icons/IconPlayerPlayFilled.mjs';
import IconRewindBackward10 from '@tabler/icons-react/dist/esm/icons/IconRewindBackward10.mjs';
import IconRewindForward10 from '@tabler/icons-react/dist/esm/icons/IconRewindForward10.mjs';
import { useEffect, useRef, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { Contact } from '../../../../shared/api/records.ts';
import { usePhone } from '../../bridge/phone-store.ts';
import { ariaKeys, matchesChord } from '../../components/chord.ts';
import { durationText, timeText } from '../../i18n/formats.ts';
import { useLocale } from '../../i18n/use-locale.ts';
import { playerChords } from '../../state/chords.ts';
import { CommentForm } from './CommentForm.tsx';
import styles from './ListeningPlayer.module.css';
import { Moments } from './Moments.tsx';
import { faster, slower, speeds, type Speed } from './playing.ts';
import { playButton } from './play-button.ts';
import { PlayerKeys } from './PlayerKeys.tsx';
import { useListening } from './use-listening.ts';
import { usePlayer, type Player } from './use-player.ts';
import { Waveform } from './Waveform.tsx';

type Recording = Contact['recordings'][number];

const shortMs = 5_000;
const longMs = 10_000;

/** The keys of the player, in the order in which they are listed. */
const keysOf = (player: Player, comment: () => void) =>
  [
    { chords: [playerChords.play, playerChords.pause], run: player.toggle },
    { chords: [playerChords.back], run: () => player.move(-shortMs) },
    { chords: [playerChords.forward], run: () => player.move(shortMs) },
    { chords: [playerChords.farBack], run: () => player.move(-longMs) },
    { chords: [playerChords.farForward], run: () => player.move(longMs) },
    { chords: [playerChords.slower], run: () => player.setSpeed(slower) },
    { chords: [playerChords.faster], run: () => player.setSpeed(faster) },
    { chords: [playerChords.skipSilence], run: () => player.setSkips((skips) => !skips) },
    { chords: [playerChords.comment], run: comment },
  ] as const;

const isField = (target: EventTarget): boolean =>
  (target instanceof HTMLInputElement && target.type !== 'range') ||
  target instanceof HTMLTextAreaElement ||
  target instanceof HTMLSelectElement;

/** A recording with both voices drawn, what happened in it, and what was said about it. */
export const ListeningPlayer = ({
  contactId,
  recording,
}: {
  readonly contactId: string;
  readonly recording: Recording;
}) => {
  const { t } = useTranslation();
  const locale = useLocale();
  const field = useRef<HTMLInputElement>(null);
  const audio = useRef<HTMLAudioElement>(null);
  const stage = useRef<HTMLDivElement>(null);
  const { loaded, comment, removeComment } = useListening({
    contactId,
    recordingId: recording.id,
  });
  const listening = loaded.state === 'here' ? loaded.listening : null;
  const lengthMs = Math.round((listening?.seconds ?? recording.seconds ?? 0) * 1_000);
  const player = usePlayer(audio, stage, lengthMs, listening?.silences ?? []);
  const number = new Intl.NumberFormat(locale);
  const inCall = usePhone((phone) => phone?.calls.some(({ state }) => state !== 'ended') ?? false);
  // Whoever rings is heard, and nobody hears a customer of the past while speaking with one.
  useEffect(() => {
    if (inCall) audio.current?.pause();
  }, [inCall]);

  const onKeyDown = (event: KeyboardEvent<HTMLElement>): void => {
    if (event.defaultPrevented || isField(event.target)) return;
    const key = keysOf(player, () => field.current?.focus()).find(({ chords }) =>
      chords.some((chord) => matchesChord(event.nativeEvent, chord)),
    );
    // The space bar presses the button that it is on.
    if (key === undefined || (event.code === 'Space' && event.target instanceof HTMLButtonElement))
      return;
    event.preventDefault();
    key.run();
  };

  return (
    <section
      className={styles['player']}
      aria-label={t('listening.player', { time: timeText(recording.startedAt, locale) })}
      onKeyDown={onKeyDown}
    >
      <audio
        ref={audio}
        src={`app://ui/recordings/${contactId}/${recording.id}`}
        preload="none"
        {...player.events}
      />
      <Waveform stage={stage} player={player} listening={listening} lengthMs={lengthMs} />
      <div className={styles['controls']}>
        <ActionIcon
          {...playButton}
          variant="filled"
          color="brand"
          size={40}
          radius={20}
          aria-label={t(player.playing ? 'contact.pause' : 'contact.play')}
          aria-keyshortcuts={ariaKeys(playerChords.pause)}
          onClick={player.toggle}
        >
          {player.playing ? (
            <IconPlayerPauseFilled size={18} />
          ) : (
            <IconPlayerPlayFilled size={18} />
          )}
        </ActionIcon>
        <ActionIcon
          variant="subtle"
          color="not-ready"
          size={32}
          aria-label={t('listening.back')}
          aria-keyshortcuts={ariaKeys(playerChords.farBack)}
          onClick={() => {
            player.move(-longMs);
          }}
        >
          <IconRewindBackward10 size={20} />
        </ActionIcon>
        <ActionIcon
          variant="subtle"
          color="not-ready"
          size={32}
          aria-label={t('listening.forward')}
          aria-keyshortcuts={ariaKeys(playerChords.farForward)}
          onClick={() => {
            player.move(longMs);
          }}
        >
          <IconRewindForward10 size={20} />
        </ActionIcon>
        <span className={styles['time']}>
          {durationText(player.ms)} / {durationText(lengthMs)}
        </span>
        <NativeSelect
          className={styles['speed'] ?? ''}
          aria-label={t('listening.speed')}
          size="xs"
          value={String(player.speed)}
          data={speeds.map((speed) => ({
            value: String(speed),
            label: `${number.format(speed)}×`,
          }))}
          onChange={(event) => {
            // The list holds nothing else.
            player.setSpeed(Number(event.currentTarget.value) as Speed);
          }}
        />
        <Switch
          size="sm"
          aria-keyshortcuts={ariaKeys(playerChords.skipSilence)}
          label={t('listening.skipSilence')}
          checked={player.skips}
          onChange={(event) => {
            player.setSkips(event.currentTarget.checked);
          }}
        />
        <span className={styles['about']}>
          {timeText(recording.startedAt, locale)} ·{' '}
          {t('contact.channels', { count: recording.channels })}
        </span>
      </div>
      {player.failed ? (
        <p role="alert" className={styles['failed']}>
          {t('contact.playFailed')}
        </p>
      ) : null}
      {loaded.state === 'failed' ? (
        <p role="status" className={styles['about']}>
          {t('listening.notDrawn')}
        </p>
      ) : null}
      {listening === null ? null : (
        <>
          <Moments
            listening={listening}
            onSeek={player.seek}
            onRemove={(commentId) => void removeComment(commentId)}
          />
          <CommentForm
            fieldRef={field}
            position={player.position}
            ms={player.ms}
            onComment={comment}
          />
        </>
      )}
      <PlayerKeys />
    </section>
  );
};
