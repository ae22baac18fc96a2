import type { Tone } from '../../components/Tag.tsx';
import type { Presence } from '../../state/presence.ts';
import { usePresenceText } from './use-presence.ts';
import styles from './PresenceWords.module.css';

/** Stands beside the state in words, seen or hidden: never the colour alone. */
export const StateDot = ({ tone, hollow }: { readonly tone: Tone; readonly hollow: boolean }) => (
  <span
    className={styles['dot']}
    data-tone={tone}
    data-hollow={hollow || undefined}
    aria-hidden="true"
  />
);

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
    <StateDot tone={tone} hollow={hollow} />
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
