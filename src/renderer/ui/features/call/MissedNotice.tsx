import { ActionIcon } from '@mantine/core';
import IconPhoneOutgoing from '@tabler/icons-react/dist/esm/icons/IconPhoneOutgoing.mjs';
import IconPhoneX from '@tabler/icons-react/dist/esm/icons/IconPhoneX.mjs';
import IconX from '@tabler/icons-react/dist/esm/icons/IconX.mjs';
import { useTranslation } from 'react-i18next';
import { useDesk } from '../../bridge/desk-store.ts';
import { ActionButton } from '../../components/ActionButton.tsx';
import { timeText } from '../../i18n/formats.ts';
import { useLocale } from '../../i18n/use-locale.ts';
import { dialNumber } from '../../state/call-back.ts';
import { aboutMissed, scheduleCallBack } from '../../state/call-back-store.ts';
import { chords } from '../../state/chords.ts';
import { forgetMissed, useMissed, type Missed } from '../../state/missed-store.ts';
import { useMissText } from '../../state/use-miss-text.ts';
import { useNumberText } from '../../state/use-number-text.ts';
import type { Work } from '../../state/work.ts';
import { ScheduleIcon } from '../call-backs/ScheduleButton.tsx';
import { MissNote } from '../missed/MissNote.tsx';
import { EndReason } from './EndReason.tsx';
import styles from './OverNotice.module.css';

/** A call that was missed: there until it is called back, or until the agent has seen enough of it. */
export const MissedNotice = ({
  missed,
  work,
}: {
  readonly missed: Missed;
  /** null once the phone has forgotten it. */
  readonly work: Work | null;
}) => {
  const { t } = useTranslation();
  const locale = useLocale();
  const numberText = useNumberText();
  const latest = useMissed((kept) => kept.missed[0]?.callId === missed.callId);
  const missText = useMissText();
  // The latest of this call: it may have been offered here several times.
  const miss = useDesk(
    (desk) => desk.missed?.find((told) => told.callKey === missed.callKey) ?? null,
  );
  const name = missed.name === '' ? numberText(missed.number) : missed.name;
  return (
    <article
      className={styles['notice']}
      data-call-id={work === null ? undefined : missed.callId}
      data-call-state={work?.state}
      aria-label={name}
    >
      <IconPhoneX size={20} aria-hidden="true" className={styles['icon']} />
      <div className={styles['words']}>
        <p className={styles['name']}>{name}</p>
        {miss !== null ? (
          <p className={styles['when']} data-counted={miss.counted}>
            {missText(miss)} · {timeText(missed.at, locale)}
          </p>
        ) : work === null ? (
          <p className={styles['when']}>{t('missed.at', { time: timeText(missed.at, locale) })}</p>
        ) : (
          <EndReason work={work} />
        )}
        {miss === null || miss.note === '' ? null : <p className={styles['when']}>{miss.note}</p>}
      </div>
      {miss === null ? null : <MissNote miss={miss} name={name} place="notice" />}
      <ScheduleIcon
        name={name}
        onPress={() => {
          scheduleCallBack(aboutMissed(missed));
        }}
      />
      <ActionButton
        label={t('missed.callBack')}
        {...(latest ? { chord: chords.callBack } : {})}
        icon={<IconPhoneOutgoing size={16} />}
        color="ready"
        onClick={() => {
          void dialNumber(missed.number);
        }}
      />
      <ActionIcon
        aria-label={t('common.dismiss')}
        onClick={() => {
          forgetMissed(missed.callId);
        }}
      >
        <IconX size={16} />
      </ActionIcon>
    </article>
  );
};
