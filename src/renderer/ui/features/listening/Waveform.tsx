import type { CSSProperties, Ref } from 'react';
import { useTranslation } from 'react-i18next';
import type { Listening } from '../../../../shared/api/listening.ts';
import { durationText } from '../../i18n/formats.ts';
import type { Player } from './use-player.ts';
import { wavePath } from './wave-path.ts';
import styles from './Waveform.module.css';

const percent = (ms: number, lengthMs: number): string =>
  `${((100 * ms) / Math.max(1, lengthMs)).toFixed(3)}%`;

/** Whole, also at the ends. */
const tickAt = (ms: number, lengthMs: number): string =>
  `clamp(0.25rem, ${percent(ms, lengthMs)}, calc(100% - 0.25rem))`;

/** Both channels, what happened in them, and the slider that stands above it all. */
export const Waveform = ({
  stage,
  player,
  listening,
  lengthMs,
}: {
  readonly stage: Ref<HTMLDivElement>;
  readonly player: Player;
  /** null: not drawn yet, or cannot be. */
  readonly listening: Listening | null;
  readonly lengthMs: number;
}) => {
  const { t } = useTranslation();
  const speakers = ['agent', 'customer'] as const;
  const peaks = listening?.peaks ?? [[], []];
  return (
    <div className={styles['wave']}>
      <div className={styles['speakers']} aria-hidden="true">
        {peaks.length === 2
          ? speakers.map((speaker) => <span key={speaker}>{t(`listening.${speaker}`)}</span>)
          : null}
      </div>
      <div className={styles['stage']} ref={stage}>
        {peaks.map((channel, index) => (
          <svg
            // A channel keeps its place.
            key={index}
            className={styles['channel']}
            viewBox={`0 0 ${Math.max(1, channel.length - 1)} 100`}
            preserveAspectRatio="none"
            aria-hidden="true"
          >
            {channel.length === 0 ? null : (
              <>
                <path className={styles['sound']} d={wavePath(channel)} />
                <path className={styles['played']} d={wavePath(channel)} />
              </>
            )}
          </svg>
        ))}
        {listening === null ? null : <Marks listening={listening} lengthMs={lengthMs} />}
        <span className={styles['needle']} aria-hidden="true" />
        <input
          type="range"
          className={styles['slider']}
          aria-label={t('contact.seek')}
          aria-valuetext={durationText(player.ms)}
          min={0}
          max={Math.max(1, Math.floor(lengthMs))}
          step={100}
          value={Math.min(player.ms, Math.max(1, lengthMs))}
          onChange={(event) => {
            player.seek(Number(event.currentTarget.value));
          }}
        />
      </div>
    </div>
  );
};

/** Spans and ticks; each stands in words in the list below. */
const Marks = ({
  listening: { markers, comments },
  lengthMs,
}: {
  readonly listening: Listening;
  readonly lengthMs: number;
}) => (
  <div className={styles['marks']} aria-hidden="true">
    {markers.map((marker, index) => {
      const isSpan = 'toMs' in marker;
      const style: CSSProperties = {
        left: isSpan ? percent(marker.atMs, lengthMs) : tickAt(marker.atMs, lengthMs),
        ...(isSpan ? { width: percent(marker.toMs - marker.atMs, lengthMs) } : {}),
      };
      return (
        <span
          // They come in order and do not change.
          key={index}
          className={isSpan ? styles['span'] : styles['tick']}
          data-kind={marker.kind}
          {...(marker.kind === 'consent' ? { 'data-word': marker.word } : {})}
          style={style}
        />
      );
    })}
    {comments.map(({ id, atMs }) => (
      <span
        key={id}
        className={styles['tick']}
        data-kind="comment"
        style={{ left: tickAt(atMs, lengthMs) }}
      />
    ))}
  </div>
);
