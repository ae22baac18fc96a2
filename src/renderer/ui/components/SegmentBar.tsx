import styles from './SegmentBar.module.css';

export type BarPart = {
  readonly kind: 'ring' | 'dial' | 'talk' | 'hold' | 'consult' | 'wrap_up';
  readonly ms: number;
};

/** Handle time as a bar: its length is set against `fullMs`, its parts are the segments in their order. */
export const SegmentBar = ({
  parts,
  fullMs,
  label,
}: {
  readonly parts: readonly BarPart[];
  readonly fullMs: number;
  readonly label: string;
}) => (
  <div className={styles['bar']} role="img" aria-label={label}>
    {parts
      .filter((part) => part.ms > 0)
      .map((part, index) => (
        <span
          // Segments of a leg are appended and keep their place.
          key={index}
          className={styles['part']}
          data-kind={part.kind}
          style={{ width: `${((part.ms / Math.max(1, fullMs)) * 100).toFixed(2)}%` }}
        />
      ))}
  </div>
);
