import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { HeadsetEntry } from '../../../../shared/ipc/headset.ts';
import { useLocale } from '../../i18n/use-locale.ts';
import styles from './Diagnostics.module.css';
import { entryText, layoutsOf } from './headset-words.ts';
import { useHeadsets } from './headset-store.ts';

/** As many as somebody reads while pressing buttons; the file has more. */
const shownAtMost = 150;
/** Whoever scrolled further up than this reads, and is left there. */
const nearEndPx = 24;

/** What goes in and out, as it happens, the latest at the foot. */
export const HeadsetLog = () => {
  const { t } = useTranslation();
  const { headsets, entries } = useHeadsets();
  const box = useRef<HTMLDivElement>(null);
  const followed = useRef(true);
  useEffect(() => {
    const { current } = box;
    if (current !== null && followed.current) current.scrollTop = current.scrollHeight;
  }, [entries]);
  const layouts = layoutsOf(headsets);
  const names = new Map(headsets.map(({ headset, productName }) => [headset, productName]));
  return (
    <div
      ref={box}
      className={styles['log']}
      role="log"
      aria-live="off"
      aria-label={t('diagnostics.log')}
      tabIndex={0}
      onScroll={({ currentTarget: { scrollTop, scrollHeight, clientHeight } }) => {
        followed.current = scrollHeight - clientHeight - scrollTop < nearEndPx;
      }}
    >
      {entries.length === 0 ? <p className={styles['help']}>{t('diagnostics.noEntries')}</p> : null}
      <ol>
        {entries.slice(-shownAtMost).map((entry, index) => (
          <Line
            key={`${entry.at} ${entry.headset} ${entry.kind} ${index}`}
            entry={entry}
            name={headsets.length > 1 ? (names.get(entry.headset) ?? '') : ''}
            layouts={layouts}
          />
        ))}
      </ol>
    </div>
  );
};

const Line = ({
  entry,
  name,
  layouts,
}: {
  readonly entry: HeadsetEntry;
  readonly name: string;
  readonly layouts: ReturnType<typeof layoutsOf>;
}) => {
  const { t } = useTranslation();
  const locale = useLocale();
  const { raw, words } = entryText(entry, layouts, t);
  const seconds = new Intl.NumberFormat(locale, {
    minimumFractionDigits: 3,
    maximumFractionDigits: 3,
  });
  return (
    <li className={styles['entry']} data-kind={entry.kind}>
      <span className={styles['at']}>{seconds.format(entry.at / 1_000)}</span>
      <span className={styles['kind']}>{t(`diagnostics.kind.${entry.kind}`)}</span>
      <span className={styles['raw']}>{raw}</span>
      <span>{name === '' ? words : `${words} · ${name}`}</span>
    </li>
  );
};
