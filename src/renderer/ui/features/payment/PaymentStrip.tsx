import IconCreditCard from '@tabler/icons-react/dist/esm/icons/IconCreditCard.mjs';
import IconCreditCardOff from '@tabler/icons-react/dist/esm/icons/IconCreditCardOff.mjs';
import { useEffect, useLayoutEffect, useRef, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ActionButton } from '../../components/ActionButton.tsx';
import { durationText } from '../../i18n/formats.ts';
import { announce } from '../../state/announcement-store.ts';
import { chords } from '../../state/chords.ts';
import { useCapabilities } from '../../state/use-capabilities.ts';
import { useNowWhile } from '../../state/use-now.ts';
import type { Work } from '../../state/work.ts';
import { closePayment, extendPayment, openPayment } from './payment-orders.ts';
import type { PaymentView } from './payment-view.ts';
import styles from './PaymentStrip.module.css';
import { usePayment } from './use-payment.ts';

type Shown = Exclude<PaymentView, { readonly kind: 'none' }>;

const takeId = 'payment-take';

const toneOf = (view: Shown): 'ready' | 'wrap-up' | 'danger' => {
  if (view.kind === 'asking') return 'wrap-up';
  if (view.kind === 'not_confirmed') return 'danger';
  return view.warns ? 'wrap-up' : 'ready';
};

/** While a card is taken, whether its number may be said, in the place of what it stands in for. */
export const PaymentStrip = ({
  work,
  children,
}: {
  readonly work: Work;
  /** What stands there while no card is taken; it keeps its place, so that nothing moves. */
  readonly children: ReactNode;
}) => {
  const view = usePayment(work);
  return (
    <div className={styles['place']}>
      <div className={styles['under']} data-hidden={view.kind !== 'none' || undefined}>
        {children}
      </div>
      {view.kind === 'none' ? null : <Strip work={work} view={view} />}
    </div>
  );
};

const Strip = ({ work, view }: { readonly work: Work; readonly view: Shown }) => {
  const { t } = useTranslation();
  const isSilent = view.kind === 'silent' || view.kind === 'not_recorded';
  const isOver = view.kind === 'not_confirmed' && view.why === 'over';
  const now = useNowWhile(isSilent);
  const warns = isSilent && view.warns;
  const tone = toneOf(view);
  const done = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (warns) announce(t('payment.endsSoon'));
  }, [warns, t]);
  // Who pressed the button that this covers goes on at the one that ends it, and the other way round.
  useLayoutEffect(() => {
    const button = done.current;
    if (document.activeElement?.id === takeId) button?.focus();
    return () => {
      if (document.activeElement !== button) return;
      requestAnimationFrame(() => document.getElementById(takeId)?.focus());
    };
  }, []);
  return (
    <section
      className={styles['strip']}
      aria-label={t('payment.region')}
      data-tone={tone}
      data-payment={view.kind}
    >
      <div className={styles['icon']} aria-hidden="true">
        {isSilent ? <IconCreditCard size={24} /> : <IconCreditCardOff size={24} />}
      </div>
      <div className={styles['words']}>
        <div role={tone === 'danger' ? 'alert' : 'status'}>
          <p className={styles['title']}>{t(`payment.title.${view.kind}`)}</p>
          {isSilent ? null : (
            <p className={styles['text']}>
              {view.kind === 'not_confirmed' ? t(`payment.why.${view.why}`) : t('payment.wait')}
            </p>
          )}
        </div>
        {isSilent ? (
          <p className={styles['limit']} data-warns={warns || undefined}>
            <span>
              {t('payment.endsIn')}{' '}
              <span className="rs-figures" role="timer" aria-live="off">
                {durationText(view.limitAt - now)}
              </span>
            </span>
            <ActionButton
              label={t('payment.extend')}
              chord={chords.extendPayment}
              color={tone}
              variant="subtle"
              size="compact-sm"
              onClick={() => {
                extendPayment(work.callId);
              }}
            />
          </p>
        ) : null}
      </div>
      <div className={styles['buttons']}>
        {isOver ? (
          <ActionButton
            label={t('payment.again')}
            onClick={() => {
              openPayment(work.callId, 'button');
            }}
          />
        ) : null}
        <ActionButton
          buttonRef={done}
          label={t('payment.done')}
          chord={chords.payment}
          color="brand"
          variant="filled"
          onClick={() => {
            closePayment(work.callId, null);
          }}
        />
      </div>
    </section>
  );
};

/** Silences the recording before a card is taken. */
export const PaymentButton = ({ work }: { readonly work: Work }) => {
  const { t } = useTranslation();
  const { recording } = useCapabilities();
  if (!recording || work.stage !== 'live' || work.consultFor !== null) return null;
  return (
    <ActionButton
      id={takeId}
      label={t('payment.take')}
      chord={chords.payment}
      icon={<IconCreditCard size={16} aria-hidden="true" />}
      onClick={() => {
        openPayment(work.callId, 'button');
      }}
    />
  );
};
