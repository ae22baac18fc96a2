import { useEffect, useRef } from 'react';
import type { Levels } from '../../../shared/ipc/phone.ts';
import styles from './LevelMeter.module.css';

/** Moves with the sound. It is drawn without React, some times a second; readers are told in words elsewhere. */
export const LevelMeter = ({
  source,
  subscribe,
  wide = false,
}: {
  readonly source: 'microphone' | 'speaker';
  readonly subscribe: (listener: (levels: Levels) => void) => () => void;
  readonly wide?: boolean;
}) => {
  const bar = useRef<HTMLSpanElement>(null);
  useEffect(
    () =>
      subscribe((levels) => {
        // Square root: speech at a normal distance fills half of the meter.
        const share = Math.min(1, Math.sqrt(Math.max(0, levels[source])));
        if (bar.current !== null) bar.current.style.transform = `scaleX(${share.toFixed(3)})`;
      }),
    [source, subscribe],
  );
  return (
    <span className={styles['meter']} data-wide={wide || undefined} aria-hidden="true">
      <span ref={bar} className={styles['level']} />
    </span>
  );
};
