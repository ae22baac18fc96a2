import { useTranslation } from 'react-i18next';
import { ActionButton } from '../../components/ActionButton.tsx';
import { chords } from '../../state/chords.ts';
import { systemsThat, useSystems } from '../../state/systems-store.ts';
import { useIsBegun, type WriteKind } from '../../state/kept-writing.ts';
import { writeKinds, type WriteAbout } from '../../state/write-store.ts';
import styles from './Deeds.module.css';

export const writeChords = {
  ticket: chords.newTicket,
  note: chords.addToTicket,
  escalation: chords.escalate,
} as const;

export const neededFor = {
  ticket: 'createTicket',
  note: 'appendToTicket',
  escalation: 'escalate',
} as const;

/** What agents may write, and whether it can be now: a note needs a ticket that is known. */
export type Writable = { readonly kind: WriteKind; readonly possible: boolean };

/**
 * Nothing where no system that is connected takes anything. `sources`: what is known of the caller; null: it is asked for
 * when it is needed.
 */
export const useWritable = (sources: WriteAbout['sources'] | null): readonly Writable[] => {
  const kept = useSystems();
  return writeKinds.flatMap((kind): readonly Writable[] => {
    const able = systemsThat(kept, neededFor[kind]);
    if (able.length === 0) return [];
    const hasTicket = able.some(({ connectionId }) =>
      (sources ?? []).some((each) => each.connectionId === connectionId && each.items.length > 0),
    );
    return [{ kind, possible: kind !== 'note' || sources === null || hasTicket }];
  });
};

export const WriteButtons = ({
  contactId,
  writable,
  onWrite,
}: {
  /** null: not known yet. */
  readonly contactId: string | null;
  readonly writable: readonly Writable[];
  readonly onWrite: (kind: WriteKind) => void;
}) => {
  const { t } = useTranslation();
  const isBegun = useIsBegun();
  if (writable.length === 0) return null;
  return (
    <div className={styles['choices']}>
      {writable.map(({ kind, possible }) => (
        <ActionButton
          key={kind}
          label={t(`deeds.${isBegun(kind, contactId) ? 'goOn' : 'write'}.${kind}`)}
          chord={writeChords[kind]}
          size="compact-sm"
          disabled={!possible}
          onClick={() => {
            onWrite(kind);
          }}
        />
      ))}
    </div>
  );
};
