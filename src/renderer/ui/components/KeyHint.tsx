import { keyText, type Chord } from './chord.ts';
import styles from './KeyHint.module.css';

/** A key combination as this system writes it; for eyes only, since the control itself carries it for readers. */
export const KeyHint = ({
  chord,
  onSolid,
}: {
  readonly chord: Chord;
  readonly onSolid?: boolean;
}) => (
  <span className={styles['hint']} data-on-solid={onSolid === true || undefined} aria-hidden="true">
    {keyText(chord)}
  </span>
);
