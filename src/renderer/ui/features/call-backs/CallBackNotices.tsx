import { Button } from '@mantine/core';
import { useEffect, useRef, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { CallBackView } from '../../../../shared/api/call-backs.ts';
import { serverNow } from '../../bridge/clock.ts';
import { useDesk } from '../../bridge/desk-store.ts';
import { ActionButton } from '../../components/ActionButton.tsx';
import { announce } from '../../state/announcement-store.ts';
import { dialCallBack, postponeCallBack, takeOffered } from '../../state/call-back-store.ts';
import { chords } from '../../state/chords.ts';
import { order } from '../../state/orders.ts';
import { quickTimeAt, type QuickTime } from '../../state/quick-times.ts';
import { useQueueText } from '../../state/use-contact-text.ts';
import { useNow } from '../../state/use-now.ts';
import { useWorks } from '../../state/use-works.ts';
import { show } from '../../state/view-store.ts';
import styles from './CallBackNotices.module.css';
import { useCallBackText } from './use-call-back-text.ts';

const none: readonly never[] = [];
const laterChoices = ['quarter', 'three_hours', 'tomorrow_morning'] as const satisfies QuickTime[];

/**
 * What a queue offers, what is to be done now, and what is next after a call that nobody answered. It lies over the page,
 * takes no focus, and is silent while a call rings or goes on.
 */
export const CallBackNotices = () => {
  const offered = useDesk(({ callBacks }) => callBacks?.offered ?? null);
  const asking = useDesk(({ callBacks }) => callBacks?.asking ?? none);
  const upcoming = useDesk(({ callBacks }) => callBacks?.upcoming ?? none);
  const reminders = useDesk(({ callBackNews }) => callBackNews?.reminders ?? none);
  const overdue = useDesk(({ callBackNews }) => callBackNews?.overdue ?? 0);
  const isBusy = useWorks().some(({ stage }) => stage !== 'wrap_up' && stage !== 'over');
  if (isBusy) return null;
  const [asked] = asking;
  const [reminder] = reminders;
  const reminded = upcoming.find(({ id }) => id === reminder?.id);
  return (
    <>
      {offered === null ? null : (
        <Offer key={`${offered.id} ${String(offered.revision)}`} callBack={offered} />
      )}
      {asked === undefined ? null : <WhatNext key={asked.id} callBack={asked} />}
      {reminder === undefined || reminded === undefined ? null : (
        <Reminded
          key={`${reminder.id} ${reminder.kind}`}
          callBack={reminded}
          kind={reminder.kind}
          more={reminders.length - 1}
        />
      )}
      {overdue === 0 ? null : <Overdue count={overdue} />}
    </>
  );
};

const Notice = ({
  tone,
  title,
  children,
  buttons,
}: {
  readonly tone: 'ready' | 'wrap-up';
  readonly title: string;
  readonly children?: ReactNode;
  readonly buttons: ReactNode;
}) => {
  const told = useRef(false);
  useEffect(() => {
    if (told.current) return;
    told.current = true;
    announce(title);
  }, [title]);
  return (
    <section className={styles['notice']} data-tone={tone} aria-label={title}>
      <p className={styles['title']}>{title}</p>
      {children}
      <div className={styles['buttons']}>{buttons}</div>
    </section>
  );
};

const Offer = ({ callBack }: { readonly callBack: CallBackView }) => {
  const { t } = useTranslation();
  const now = useNow('second');
  const callBackText = useCallBackText();
  const queueText = useQueueText();
  const { id: callBackId, offer, queue, note, customer } = callBack;
  const text = callBackText(callBack, now);
  const seconds = Math.max(0, Math.ceil(((offer?.until ?? 0) - now) / 1_000));
  return (
    <Notice
      tone="ready"
      title={t('callBacks.offer.title', { queue: queueText(queue) ?? '' })}
      buttons={
        <>
          <ActionButton
            label={t('callBacks.offer.take')}
            chord={chords.takeCallBack}
            color="ready"
            size="xs"
            variant="filled"
            onClick={() => void takeOffered(callBack)}
          />
          <ActionButton
            label={t('callBacks.offer.pass')}
            chord={chords.passCallBack}
            size="xs"
            onClick={() => void order('callBacks.act', { callBackId, deed: 'pass' })}
          />
          <span className={styles['left']} aria-hidden="true">
            {t('callBacks.offer.left', { count: seconds })}
          </span>
        </>
      }
    >
      <p className={styles['who']}>
        {customer === null ? text.name : `${text.name} · ${text.number}`}
        {text.there === '' ? '' : ` · ${text.there}`}
      </p>
      {note === '' ? null : <p className={styles['note']}>{note}</p>}
    </Notice>
  );
};

const Reminded = ({
  callBack,
  kind,
  more,
}: {
  readonly callBack: CallBackView;
  readonly kind: 'soon' | 'due';
  readonly more: number;
}) => {
  const { t } = useTranslation();
  const now = useNow('minute');
  const callBackText = useCallBackText();
  const { id: callBackId, note } = callBack;
  const text = callBackText(callBack, now);
  const isCall = callBack.kind === 'call_back';
  const dismiss = (): void => void order('callBacks.dismiss', { callBackId });
  return (
    <Notice
      tone={kind === 'due' ? 'wrap-up' : 'ready'}
      title={t(`callBacks.reminder.${isCall ? kind : 'task'}`, { name: text.name })}
      buttons={
        <>
          {isCall ? (
            <Button size="xs" color="ready" onClick={() => void dialCallBack(callBack)}>
              {t('callBacks.call')}
            </Button>
          ) : (
            <Button
              size="xs"
              color="ready"
              onClick={() => void order('callBacks.act', { callBackId, deed: 'done' })}
            >
              {t('callBacks.done')}
            </Button>
          )}
          <Button
            size="xs"
            variant="light"
            color="not-ready"
            onClick={() => void postponeCallBack(callBack, quickTimeAt('quarter', serverNow()))}
          >
            {t('callBacks.quick.quarter')}
          </Button>
          <Button size="xs" variant="subtle" color="not-ready" onClick={dismiss}>
            {t('common.dismiss')}
          </Button>
        </>
      }
    >
      <p className={styles['who']}>
        {[text.when, text.number, text.there].filter((part) => part !== '').join(' · ')}
      </p>
      {note === '' || text.name === note ? null : <p className={styles['note']}>{note}</p>}
      {more === 0 ? null : (
        <p className={styles['note']}>{t('callBacks.reminder.more', { count: more })}</p>
      )}
    </Notice>
  );
};

/** Nobody answered: one press says when again, or that it is done. */
const WhatNext = ({ callBack }: { readonly callBack: CallBackView }) => {
  const { t } = useTranslation();
  const now = useNow('minute');
  const callBackText = useCallBackText();
  const maximum = useDesk(({ callBacks }) => callBacks?.rules.maximumAttempts ?? 0);
  const { id: callBackId, attemptCount, attempts } = callBack;
  const { name } = callBackText(callBack, now);
  const outcome = attempts.at(-1)?.outcome ?? 'no_answer';
  return (
    <Notice
      tone="wrap-up"
      title={t(`callBacks.next.${outcome === 'answered' ? 'no_answer' : outcome}`, { name })}
      buttons={
        <>
          {laterChoices.map((quick) => (
            <Button
              key={quick}
              size="xs"
              variant="light"
              color="not-ready"
              onClick={() => void postponeCallBack(callBack, quickTimeAt(quick, serverNow()))}
            >
              {t(`callBacks.quick.${quick}`)}
            </Button>
          ))}
          <Button
            size="xs"
            variant="subtle"
            color="not-ready"
            onClick={() => void order('callBacks.act', { callBackId, deed: 'done' })}
          >
            {t('callBacks.done')}
          </Button>
        </>
      }
    >
      <p className={styles['note']}>{t('callBacks.tries', { count: attemptCount, maximum })}</p>
    </Notice>
  );
};

const Overdue = ({ count }: { readonly count: number }) => {
  const { t } = useTranslation();
  const dismiss = (): void => void order('callBacks.dismiss', { callBackId: null });
  return (
    <Notice
      tone="wrap-up"
      title={t('callBacks.overdue', { count })}
      buttons={
        <>
          <Button
            size="xs"
            color="ready"
            onClick={() => {
              dismiss();
              show({ kind: 'call_backs' });
            }}
          >
            {t('callBacks.showThem')}
          </Button>
          <Button size="xs" variant="subtle" color="not-ready" onClick={dismiss}>
            {t('common.dismiss')}
          </Button>
        </>
      }
    />
  );
};
