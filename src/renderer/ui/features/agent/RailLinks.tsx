import IconChartBar from '@tabler/icons-react/dist/esm/icons/IconChartBar.mjs';
import IconHistory from '@tabler/icons-react/dist/esm/icons/IconHistory.mjs';
import IconPhoneCalling from '@tabler/icons-react/dist/esm/icons/IconPhoneCalling.mjs';
import IconMessageStar from '@tabler/icons-react/dist/esm/icons/IconMessageStar.mjs';
import IconLayoutDashboard from '@tabler/icons-react/dist/esm/icons/IconLayoutDashboard.mjs';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useDesk } from '../../bridge/desk-store.ts';
import { ariaKeys, keyText, type Chord } from '../../components/chord.ts';
import { chords } from '../../state/chords.ts';
import { show, useView, type Place } from '../../state/view-store.ts';
import styles from './RailLinks.module.css';

/** Where one can go from anywhere. */
export const RailLinks = () => {
  const { t } = useTranslation();
  const supervises = useDesk(
    ({ session }) => session.state === 'signed_in' && session.user.role !== 'agent',
  );
  const due = useDesk(({ callBackNews }) => callBackNews?.due ?? 0);
  const unread = useDesk(({ coaching }) => coaching?.unread ?? 0);
  return (
    <div className={styles['links']} data-several={supervises || undefined}>
      {supervises ? (
        <RailLink
          kind="floor"
          chord={chords.floor}
          icon={<IconLayoutDashboard size={18} aria-hidden="true" />}
          name={t('floor.title')}
        />
      ) : null}
      {supervises ? (
        <RailLink
          kind="reports"
          chord={chords.reports}
          icon={<IconChartBar size={18} aria-hidden="true" />}
          name={t('reports.title')}
        />
      ) : null}
      <RailLink
        kind="history"
        chord={chords.history}
        icon={<IconHistory size={18} aria-hidden="true" />}
        name={t('history.title')}
      />
      <RailLink
        kind="call_backs"
        chord={chords.callBacks}
        icon={<IconPhoneCalling size={18} aria-hidden="true" />}
        name={t('callBacks.title')}
        waiting={due === 0 ? null : t('callBacks.waiting', { count: due })}
        count={due}
      />
      <RailLink
        kind="coaching"
        chord={chords.coaching}
        icon={<IconMessageStar size={18} aria-hidden="true" />}
        name={t('coaching.title')}
        waiting={unread === 0 ? null : t('coaching.notRead', { count: unread })}
        count={unread}
      />
    </div>
  );
};

const RailLink = ({
  kind,
  chord,
  icon,
  name,
  waiting = null,
  count = 0,
}: {
  readonly kind: Exclude<Place['kind'], 'contact'>;
  readonly chord: Chord;
  readonly icon: ReactNode;
  readonly name: string;
  /** What waits there, in words; null: nothing does. */
  readonly waiting?: string | null;
  readonly count?: number;
}) => {
  const here = useView(({ place }) => place.kind === kind);
  return (
    <button
      type="button"
      className={styles['link']}
      data-waiting={waiting !== null || undefined}
      aria-current={here ? 'page' : undefined}
      aria-keyshortcuts={ariaKeys(chord)}
      title={`${name} ${keyText(chord)}`}
      onClick={() => {
        show({ kind });
      }}
    >
      {icon}
      <span className={styles['name']}>{name}</span>
      {waiting === null ? null : (
        <span className={styles['waiting']}>
          <span aria-hidden="true">{count}</span>
          <span className="rs-hidden">{waiting}</span>
        </span>
      )}
    </button>
  );
};
