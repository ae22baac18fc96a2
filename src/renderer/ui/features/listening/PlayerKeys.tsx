import { useTranslation } from 'react-i18next';
import { KeyHint } from '../../components/KeyHint.tsx';
import { playerChords } from '../../state/chords.ts';
import styles from './ListeningPlayer.module.css';

const hints = [
  { what: 'play', keys: [playerChords.play, playerChords.pause] },
  { what: 'step', keys: [playerChords.back, playerChords.forward] },
  { what: 'jump', keys: [playerChords.farBack, playerChords.farForward] },
  { what: 'speed', keys: [playerChords.slower, playerChords.faster] },
  { what: 'skip', keys: [playerChords.skipSilence] },
  { what: 'comment', keys: [playerChords.comment] },
] as const;

/** The keys of the player, for eyes; readers are told by the controls themselves. */
export const PlayerKeys = () => {
  const { t } = useTranslation();
  return (
    <p className={styles['keys']} aria-hidden="true">
      {hints.map(({ what, keys }) => (
        <span key={what} className={styles['key']}>
          {keys.map((chord) => (
            <KeyHint key={chord.code} chord={chord} />
          ))}
          {t(`listening.keys.${what}`)}
        </span>
      ))}
    </p>
  );
};
