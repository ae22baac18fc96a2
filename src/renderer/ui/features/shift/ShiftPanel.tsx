import { ActionIcon, Button } from '@mantine/core';
import IconCalendarTime from '@tabler/icons-react/dist/esm/icons/IconCalendarTime.mjs';
import IconX from '@tabler/icons-react/dist/esm/icons/IconX.mjs';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import type { ShiftReminder } from '../../../../shared/ipc/desk.ts';
import { planNow } from '../../../../shared/domain/schedule/upcoming.ts';
import { useDesk } from '../../bridge/desk-store.ts';
import { ariaKeys, keyText } from '../../components/chord.ts';
import { announce } from '../../state/announcement-store.ts';
import { chords } from '../../state/chords.ts';
import { order } from '../../state/orders.ts';
import { useNow } from '../../state/use-now.ts';
import { useShiftText } from '../../state/use-shift-text.ts';
import { show, useView } from '../../state/view-store.ts';
import { useDecisionNotices } from './use-decision-notices.ts';
import { useReasonLabel } from '../agent/use-reason-label.ts';
import styles from './ShiftPanel.module.css';

/** What comes next in the shift, and a reminder when it is about to; nothing where there is no schedule. */
export const ShiftPanel = () => {
  const { t } = useTranslation();
  const shift = useDesk((desk) => desk.shift);
  const reminder = useDesk((desk) => desk.shiftReminder);
  const here = useView(({ place }) => place.kind === 'shift');
  const now = useNow('minute');
  const { changeText, inText, minutesText, nameOf } = useShiftText();
  useDecisionNotices();
  if (shift === null) return null;
  const { current, next } = planNow(shift.plan, now);
  if (reminder !== null) return <Reminder reminder={reminder} now={now} />;
  const pause = current === null || current.kind === 'work' ? null : nameOf(current);
  const leftMs = next === null ? 0 : next.at - now;
  return (
    <button
      type="button"
      className={styles['panel']}
      aria-current={here ? 'page' : undefined}
      aria-keyshortcuts={ariaKeys(chords.shift)}
      title={`${t('shift.title')} ${keyText(chords.shift)}`}
      onClick={() => {
        show({ kind: 'shift' });
      }}
    >
      <IconCalendarTime size={18} aria-hidden="true" />
      <span className={styles['words']}>
        <span className={styles['next']}>
          {next === null ? t('shift.nothingNext') : changeText(next, now, current !== null)}
        </span>
        <span className={styles['when']}>
          {next === null
            ? ''
            : pause === null
              ? inText(leftMs)
              : t('shift.left', { what: pause, time: minutesText(leftMs) })}
        </span>
      </span>
    </button>
  );
};

const Reminder = ({
  reminder,
  now,
}: {
  readonly reminder: ShiftReminder;
  readonly now: number;
}) => {
  const { t } = useTranslation();
  const reasonLabel = useReasonLabel();
  const { changeText, inText } = useShiftText();
  const fitting = useDesk((desk) => desk.shift?.fitting);
  const reasons = useDesk(({ session }) =>
    session.state === 'signed_in' ? session.reasons : null,
  );
  const codes = fitting?.find(({ kind }) => kind === reminder.kind)?.reasons ?? [];
  const code = codes.find((fit) => reasons?.some((reason) => reason.code === fit));
  const text = changeText(reminder, now, true);
  useEffect(() => {
    announce(text);
  }, [text]);
  return (
    <section className={styles['reminder']} data-tone="wrap-up" aria-label={t('shift.reminder')}>
      <span className={styles['words']}>
        <span className={styles['next']}>{text}</span>
        <span className={styles['when']}>{inText(reminder.at - now)}</span>
      </span>
      <ActionIcon
        aria-label={t('common.dismiss')}
        onClick={() => void order('shift.dismiss', null)}
      >
        <IconX size={16} />
      </ActionIcon>
      {code === undefined ? null : (
        <Button
          className={styles['go']}
          size="compact-sm"
          variant="light"
          color="wrap-up"
          onClick={() => void order('agent.wish', { kind: 'not_ready', reason: code })}
        >
          {t('shift.goTo', { reason: reasonLabel(code) })}
        </Button>
      )}
    </section>
  );
};
