import type { Tone } from '../../components/Tag.tsx';
import type { Presence } from '../../state/presence.ts';
import { usePresenceText } from './use-presence.ts';
import styles from './PresenceWords.module.css';

/** A dot in the colour of a state and the state in words: never the colour alone. */
export const StateWords = ({
  tone,
  hollow,
  children,
}: {
  readonly tone: Tone;
  readonly hollow: boolean;
  readonly children: string;
}) => (
  <span className={styles['state']} data-tone={tone}>
    <span className={styles['dot']} data-hollow={hollow || undefined} aria-hidden="true" />
    <span className={styles['words']}>{children}</span>
  </span>
);

export const PresenceWords = ({ presence }: { readonly presence: Presence }) => {
  const text = usePresenceText();
  return (
    <StateWords tone={presence.tone} hollow={presence.hollow}>
      {text(presence)}
    </StateWords>
  );
};
