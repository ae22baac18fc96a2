import { Popover } from '@mantine/core';
import IconAlertTriangleFilled from '@tabler/icons-react/dist/esm/icons/IconAlertTriangleFilled.mjs';
import IconCircleCheckFilled from '@tabler/icons-react/dist/esm/icons/IconCircleCheckFilled.mjs';
import IconCircleDashed from '@tabler/icons-react/dist/esm/icons/IconCircleDashed.mjs';
import IconClock from '@tabler/icons-react/dist/esm/icons/IconClock.mjs';
import { useTranslation } from 'react-i18next';
import { useDesk } from '../../bridge/desk-store.ts';
import { onLevels } from '../../bridge/levels.ts';
import { usePhone } from '../../bridge/phone-store.ts';
import { KeyHint } from '../../components/KeyHint.tsx';
import { LevelMeter } from '../../components/LevelMeter.tsx';
import { chords } from '../../state/chords.ts';
import { change } from '../../state/view-store.ts';
import { Evidence } from './Evidence.tsx';
import { statusItems, type StatusItem, type StatusTone } from './status-items.ts';
import { wordOf } from './status-words.ts';
import styles from './StatusLine.module.css';

const icons: Record<StatusTone, typeof IconClock> = {
  good: IconCircleCheckFilled,
  waiting: IconClock,
  bad: IconAlertTriangleFilled,
  idle: IconCircleDashed,
};

/** The foot of the window: everything a call depends on, a word each, and the evidence one press away. */
export const StatusLine = () => {
  const { t } = useTranslation();
  const desk = useDesk((snapshot) => snapshot);
  const phone = usePhone((snapshot) => snapshot);
  return (
    <section className={styles['line']} aria-label={t('status.region')}>
      <ul className={styles['items']}>
        {statusItems(desk, phone).map((item) => (
          <li key={item.name}>
            <Popover position="top-start" width={320}>
              <Popover.Target>
                <button type="button" className={styles['item']} data-status={item.tone}>
                  <ItemFace item={item} waiting={desk.journal.waiting} />
                </button>
              </Popover.Target>
              <Popover.Dropdown>
                <Evidence item={item} />
              </Popover.Dropdown>
            </Popover>
          </li>
        ))}
      </ul>
      <button
        type="button"
        className={styles['item']}
        onClick={() => {
          change({ spotlight: true });
        }}
      >
        {t('spotlight.open')}
        <KeyHint chord={chords.everything} />
      </button>
    </section>
  );
};

const ItemFace = ({ item, waiting }: { readonly item: StatusItem; readonly waiting: number }) => {
  const { t } = useTranslation();
  const Icon = icons[item.tone];
  return (
    <>
      <Icon size={14} aria-hidden="true" className={styles['icon']} />
      <span className={styles['name']}>{t(`status.${item.name}.name`)}</span>
      <span className={styles['word']}>
        {item.name === 'backend' && item.word === 'waiting'
          ? t('status.unsent', { count: waiting })
          : wordOf(item, t)}
      </span>
      {item.name === 'microphone' && item.word === 'live' ? (
        <LevelMeter source="microphone" subscribe={onLevels} />
      ) : null}
    </>
  );
};
