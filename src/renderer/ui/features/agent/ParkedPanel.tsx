import { ActionIcon, Tooltip } from '@mantine/core';
import IconPhone from '@tabler/icons-react/dist/esm/icons/IconPhone.mjs';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { ParkedCall } from '../../../../shared/api/records.ts';
import { useDesk } from '../../bridge/desk-store.ts';
import { durationText } from '../../i18n/formats.ts';
import { announce } from '../../state/announcement-store.ts';
import { parkedName, pickUp } from '../../state/parked.ts';
import { useNow } from '../../state/use-now.ts';
import styles from './ParkedPanel.module.css';

/** Customers who wait with music until somebody picks them up; nothing while nobody does. */
export const ParkedPanel = () => {
  const { t } = useTranslation();
  const parked = useDesk((desk) => desk.parked);
  const before = useRef<ReadonlySet<string> | null>(null);
  useEffect(() => {
    const fresh = parked.filter(({ callKey }) => before.current?.has(callKey) === false);
    const [first] = fresh;
    if (first !== undefined) announce(t('parked.announced', { name: parkedName(first, t) }));
    before.current = new Set(parked.map(({ callKey }) => callKey));
  }, [parked, t]);
  if (parked.length === 0) return null;
  return (
    <section aria-label={t('parked.title')}>
      <h2 className={styles['title']}>{t('parked.title')}</h2>
      <ul className={styles['list']}>
        {parked.map((call) => (
          <ParkedRow key={call.callKey} call={call} />
        ))}
      </ul>
    </section>
  );
};

const ParkedRow = ({ call }: { readonly call: ParkedCall }) => {
  const { t } = useTranslation();
  const now = useNow('second');
  const name = parkedName(call, t);
  return (
    <li className={styles['row']}>
      <span className={styles['who']}>
        <span className={styles['name']} title={name}>
          {name}
        </span>
        <span className={styles['wait']}>
          {durationText(Math.max(0, now - call.since))}
          {call.parkedBy === null ? '' : ` · ${t('parked.by', { name: call.parkedBy })}`}
        </span>
      </span>
      <Tooltip label={t('parked.pickUp')}>
        <ActionIcon
          size="lg"
          color="ready"
          variant="light"
          aria-label={t('parked.pickUpName', { name })}
          onClick={() => {
            pickUp(call);
          }}
        >
          <IconPhone size={18} aria-hidden="true" />
        </ActionIcon>
      </Tooltip>
    </li>
  );
};
