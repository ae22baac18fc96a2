import { useEffect, useRef } from 'react';
import styles from './LevelMeter.module.css';

/** Moves with the sound. It is drawn without React, some times a second; readers are told in words elsewhere. */
export const LevelMeter = <Source extends string>({
  source,
  subscribe,
  wide = false,
}: {
  readonly source: Source;
  /** Linear, 0 to 1, by source; null: it cannot be heard. */
  readonly subscribe: (
    listener: (levels: Readonly<Partial<Record<Source, number | null>>>) => void,
  ) => () => void;
  readonly wide?: boolean;
}) => {
  const bar = useRef<HTMLSpanElement>(null);
  useEffect(
    () =>
      subscribe((levels) => {
        // Square root: speech at a normal distance fills half of the meter.
        const share = Math.min(1, Math.sqrt(Math.max(0, levels[source] ?? 0)));
        if (bar.current !== null) bar.current.style.transform = `scaleX(${share.toFixed(3)})`;
      }),
    [source, subscribe],
  );
  return (
    <span
      className={styles['meter']}
      data-meter={source}
      data-wide={wide || undefined}
      aria-hidden="true"
    >
      <span ref={bar} className={styles['level']} />
    </span>
  );
};
