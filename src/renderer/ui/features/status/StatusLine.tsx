import { Popover } from '@mantine/core';
import IconActivity from '@tabler/icons-react/dist/esm/icons/IconActivity.mjs';
import IconBattery1 from '@tabler/icons-react/dist/esm/icons/IconBattery1.mjs';
import IconDownload from '@tabler/icons-react/dist/esm/icons/IconDownload.mjs';
import IconHeadphones from '@tabler/icons-react/dist/esm/icons/IconHeadphones.mjs';
import IconHeadset from '@tabler/icons-react/dist/esm/icons/IconHeadset.mjs';
import IconMicrophone from '@tabler/icons-react/dist/esm/icons/IconMicrophone.mjs';
import IconPhone from '@tabler/icons-react/dist/esm/icons/IconPhone.mjs';
import IconServer from '@tabler/icons-react/dist/esm/icons/IconServer.mjs';
import IconSitemap from '@tabler/icons-react/dist/esm/icons/IconSitemap.mjs';
import { useTranslation } from 'react-i18next';
import { useDesk } from '../../bridge/desk-store.ts';
import { onLevels } from '../../bridge/levels.ts';
import { usePhone } from '../../bridge/phone-store.ts';
import { KeyHint } from '../../components/KeyHint.tsx';
import { LevelMeter } from '../../components/LevelMeter.tsx';
import { chords } from '../../state/chords.ts';
import { usePowerWord } from '../../state/machine-power.ts';
import { change } from '../../state/view-store.ts';
import { Evidence } from './Evidence.tsx';
import { isHeard, statusItems, type StatusItem } from './status-items.ts';
import { wordOf } from './status-words.ts';
import styles from './StatusLine.module.css';

const icons: Record<StatusItem['name'], typeof IconPhone> = {
  signalling: IconPhone,
  backend: IconServer,
  pbx: IconSitemap,
  microphone: IconMicrophone,
  devices: IconHeadphones,
  headset: IconHeadset,
  line: IconActivity,
  update: IconDownload,
  power: IconBattery1,
};

/** The foot of the window: everything a call depends on, a word each, and the evidence one press away. */
export const StatusLine = () => {
  const { t } = useTranslation();
  const desk = useDesk((snapshot) => snapshot);
  const phone = usePhone((snapshot) => snapshot);
  const power = usePowerWord();
  return (
    <section className={styles['line']} aria-label={t('status.region')}>
      <ul className={styles['items']}>
        {statusItems(desk, phone, power).map((item) => (
          <li key={item.name}>
            <Popover position="top-start" width={320}>
              <Popover.Target>
                <button type="button" className={styles['item']} data-status={item.tone}>
                  <ItemFace item={item} late={desk.journal.late} />
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
        <span className={styles['name']}>{t('spotlight.open')}</span>
        <KeyHint chord={chords.everything} />
      </button>
    </section>
  );
};

const ItemFace = ({ item, late }: { readonly item: StatusItem; readonly late: number }) => {
  const { t } = useTranslation();
  const Icon = icons[item.name];
  return (
    <>
      <Icon size={15} aria-hidden="true" className={styles['icon']} />
      <span className={styles['name']}>{t(`status.${item.name}.name`)}</span>
      <span className={styles['word']}>
        {item.name === 'backend' && item.word === 'waiting'
          ? t('status.unsent', { count: late })
          : wordOf(item, t)}
        {item.name === 'backend' && item.word === 'away' && late > 0
          ? ` · ${t('status.unsent', { count: late })}`
          : null}
      </span>
      {item.name === 'microphone' ? (
        // The place of the meter is kept, so that nothing moves when a call begins.
        <span className={styles['meter']}>
          {isHeard(item.word) ? <LevelMeter source="microphone" subscribe={onLevels} /> : null}
        </span>
      ) : null}
    </>
  );
};
