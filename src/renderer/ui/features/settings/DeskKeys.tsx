import { useTranslation } from 'react-i18next';
import { keyText, type Chord } from '../../components/chord.ts';
import { KeyHint } from '../../components/KeyHint.tsx';
import { chords } from '../../state/chords.ts';
import type { ListedAction } from '../spotlight/listed-action.ts';
import styles from './DeskKeys.module.css';

/** The keys of the desk beside the global ones: to see what is taken. */
export const DeskKeys = ({ actions }: { readonly actions: readonly ListedAction[] }) => {
  const { t } = useTranslation();
  const rows: readonly { readonly label: string; readonly chord: Chord }[] = [
    ...actions.flatMap(({ label, chord }) => (chord === null ? [] : [{ label, chord }])),
    { label: t('spotlight.open'), chord: chords.everything },
  ];
  return (
    <dl className={styles['keys']}>
      {rows.map(({ label, chord }) => (
        <div key={`${label} ${keyText(chord)}`} className={styles['row']}>
          <dt>{label}</dt>
          <dd>
            <KeyHint chord={chord} />
            <span className="rs-hidden">{keyText(chord)}</span>
          </dd>
        </div>
      ))}
    </dl>
  );
};
