import { ActionIcon } from '@mantine/core';
import IconTrash from '@tabler/icons-react/dist/esm/icons/IconTrash.mjs';
import { useTranslation } from 'react-i18next';
import type { Listening } from '../../../../shared/api/listening.ts';
import { useDesk } from '../../bridge/desk-store.ts';
import { durationText } from '../../i18n/formats.ts';
import { markerWords } from './marker-words.ts';
import styles from './Moments.module.css';

/** Everything that happened or was said about it, in the order of the recording; each leads to its moment. */
export const Moments = ({
  listening: { markers, comments },
  onSeek,
  onRemove,
}: {
  readonly listening: Listening;
  readonly onSeek: (ms: number) => void;
  readonly onRemove: (commentId: string) => void;
}) => {
  const { t } = useTranslation();
  const user = useDesk(({ session }) => (session.state === 'signed_in' ? session.user : null));
  const moments = [
    ...markers.map((marker) => ({ atMs: marker.atMs, marker, comment: null })),
    ...comments.map((comment) => ({ atMs: comment.atMs, marker: null, comment })),
  ].toSorted((a, b) => a.atMs - b.atMs);
  if (moments.length === 0) return null;
  return (
    <ol className={styles['moments']} aria-label={t('listening.moments')}>
      {moments.map(({ atMs, marker, comment }, index) => (
        <li
          key={comment?.id ?? `${String(index)} ${String(atMs)}`}
          className={styles['moment']}
          data-kind={marker?.kind ?? 'comment'}
        >
          <button
            type="button"
            className={styles['at']}
            aria-label={t('listening.goTo', { time: durationText(atMs) })}
            onClick={() => {
              onSeek(atMs);
            }}
          >
            {durationText(atMs)}
          </button>
          {marker === null ? null : (
            <span className={styles['words']}>
              {markerWords(marker, t)}
              {'toMs' in marker ? (
                <span className={styles['length']}>{durationText(marker.toMs - marker.atMs)}</span>
              ) : null}
            </span>
          )}
          {comment === null ? null : (
            <span className={styles['words']}>
              <span className={styles['author']}>{comment.author.name}</span>
              {comment.text}
            </span>
          )}
          {comment !== null &&
          (comment.author.id === user?.id || user?.role === 'administrator') ? (
            <ActionIcon
              variant="subtle"
              color="not-ready"
              size={24}
              aria-label={t('listening.removeComment', { time: durationText(atMs) })}
              onClick={() => {
                onRemove(comment.id);
              }}
            >
              <IconTrash size={14} />
            </ActionIcon>
          ) : null}
        </li>
      ))}
    </ol>
  );
};
