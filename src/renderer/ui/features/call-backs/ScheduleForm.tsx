import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useRef, useState, type SubmitEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { callBackKinds } from '../../../../shared/domain/call-back/call-back.ts';
import { timeZoneOf } from '../../../../shared/domain/customer/time-zone.ts';
import { serverNow } from '../../bridge/clock.ts';
import { useDesk } from '../../bridge/desk-store.ts';
import { whenText } from '../../i18n/formats.ts';
import { useLabel, useLocale } from '../../i18n/use-locale.ts';
import {
  closeCallBack,
  draftOf,
  keepDraft,
  type CallBackAbout,
  type CallBackDraft,
} from '../../state/call-back-store.ts';
import { giveNotice } from '../../state/notice-store.ts';
import { ask } from '../../state/orders.ts';
import { quickTimeAt } from '../../state/quick-times.ts';
import { useNumberText, useTypedNumberText } from '../../state/use-number-text.ts';
import styles from './CallBacks.module.css';
import { errorOf, errorOfRefusal, type ErrorField, type FormError } from './form-errors.ts';
import { WhenField } from './WhenField.tsx';

const newDraft = ({ numbers }: CallBackAbout): CallBackDraft => ({
  // The same until it was taken: an answer that is lost makes no second promise.
  callBackId: crypto.randomUUID(),
  kind: 'call_back',
  number: numbers[0] ?? '',
  note: '',
  dueAt: quickTimeAt('hour', serverNow()),
  forQueue: false,
});

const focusField = (form: HTMLFormElement | null, field: ErrorField): void => {
  form
    ?.querySelector<HTMLElement>(`[data-field="${field}"] input, input[data-field="${field}"]`)
    ?.focus();
};

/** Promises a call or writes down a task. What was typed stays until it is saved, also while nobody can be asked. */
export const ScheduleForm = ({ about }: { readonly about: CallBackAbout }) => {
  const { t } = useTranslation();
  const locale = useLocale();
  const label = useLabel();
  const form = useRef<HTMLFormElement>(null);
  const served = useDesk(({ session }) => (session.state === 'signed_in' ? session.queues : null));
  const [draft, setDraft] = useState(() => draftOf(about) ?? newDraft(about));
  const [queue, setQueue] = useState(about.queue ?? served?.[0]?.name ?? null);
  const [error, setError] = useState<FormError | null>(null);
  const [sending, setSending] = useState(false);
  const { kind, number, note, dueAt, forQueue } = draft;
  const isCall = kind === 'call_back';
  const { customer } = about;
  const zone =
    customer === null ? null : timeZoneOf(customer.country, customer.city, dueAt ?? serverNow());
  const change = (part: Partial<CallBackDraft>): void => {
    const next = { ...draft, ...part };
    setDraft(next);
    setError(null);
    keepDraft(about, next);
  };
  const words = (field: ErrorField): string | null =>
    error?.field === field ? t(`callBacks.error.${error.why}`) : null;
  const refuse = (why: FormError): void => {
    setError(why);
    focusField(form.current, why.field);
  };

  const save = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    if (sending) return;
    const wrong = errorOf(draft, serverNow());
    if (wrong !== null || dueAt === null) {
      if (wrong !== null) refuse(wrong);
      return;
    }
    setSending(true);
    const answer = await ask('callBacks.schedule', {
      ...{ callBackId: draft.callBackId, kind, note: note.trim(), dueAt },
      number: isCall ? number.trim() : '',
      forQueue: isCall && forQueue,
      queue: isCall && forQueue ? queue : about.queue,
      ...{ contactId: about.contactId, customerId: customer?.id ?? null },
    });
    setSending(false);
    if (!answer.ok) {
      refuse(errorOfRefusal(answer.why));
      return;
    }
    keepDraft(about, null);
    const when = whenText(dueAt, serverNow(), locale);
    giveNotice({ tone: 'info', text: t(`callBacks.saved.${kind}`, { when }), detail: null });
    closeCallBack();
  };

  return (
    <form ref={form} className={styles['form']} noValidate onSubmit={(event) => void save(event)}>
      {about.name === '' ? null : <p className={styles['for']}>{about.name}</p>}
      <div className={styles['chips']} role="group" aria-label={t('callBacks.kind.label')}>
        {callBackKinds.map((each) => (
          <button
            key={each}
            type="button"
            className={styles['chip']}
            aria-pressed={each === kind}
            onClick={() => {
              change({ kind: each });
            }}
          >
            {t(`callBacks.kind.${each}`)}
          </button>
        ))}
      </div>
      {isCall ? (
        <NumberChoice
          about={about}
          number={number}
          error={words('number')}
          onChange={(typed) => {
            change({ number: typed });
          }}
        />
      ) : null}
      <WhenField
        dueAt={dueAt}
        zone={zone}
        isCall={isCall}
        error={words('when')}
        onChange={(at) => {
          change({ dueAt: at });
        }}
      />
      <TextInput
        data-autofocus
        data-field="note"
        label={t(`callBacks.note.${kind}`)}
        value={note}
        error={words('note')}
        autoComplete="off"
        onChange={(event) => {
          change({ note: event.currentTarget.value });
        }}
      />
      {isCall && queue !== null ? (
        <div className={styles['who']}>
          <div className={styles['chips']} role="group" aria-label={t('callBacks.who.label')}>
            {[false, true].map((each) => (
              <button
                key={String(each)}
                type="button"
                className={styles['chip']}
                aria-pressed={each === forQueue}
                onClick={() => {
                  change({ forQueue: each });
                }}
              >
                {t(each ? 'callBacks.who.queue' : 'callBacks.who.me')}
              </button>
            ))}
          </div>
          {forQueue ? (
            <QueueChoice
              queue={queue}
              known={(served ?? []).map((each) => ({ value: each.name, label: label(each.label) }))}
              onChange={setQueue}
            />
          ) : null}
        </div>
      ) : null}
      {words('form') === null ? null : (
        <p className={styles['error']} role="alert">
          {words('form')}
        </p>
      )}
      <div className={styles['buttons']}>
        <Button variant="light" color="not-ready" onClick={closeCallBack}>
          {t('common.cancel')}
        </Button>
        <Button type="submit" loading={sending}>
          {t('common.save')}
        </Button>
      </div>
    </form>
  );
};

const QueueChoice = ({
  queue,
  known,
  onChange,
}: {
  readonly queue: string;
  readonly known: readonly { readonly value: string; readonly label: string }[];
  readonly onChange: (queue: string) => void;
}) => {
  const { t } = useTranslation();
  const isKnown = known.some(({ value }) => value === queue);
  return (
    <NativeSelect
      aria-label={t('callBacks.queue')}
      value={queue}
      data={isKnown ? [...known] : [{ value: queue, label: queue }, ...known]}
      onChange={(event) => {
        onChange(event.currentTarget.value);
      }}
    />
  );
};

/** The caller's number, another of the customer's, or one that is typed; how it reads stands below. */
const NumberChoice = ({
  about: { numbers },
  number,
  error,
  onChange,
}: {
  readonly about: CallBackAbout;
  readonly number: string;
  readonly error: string | null;
  readonly onChange: (number: string) => void;
}) => {
  const { t } = useTranslation();
  const numberText = useNumberText();
  const typed = useTypedNumberText(number);
  return (
    <div data-field="number">
      <TextInput
        label={t('callBacks.number')}
        description={typed ?? undefined}
        inputWrapperOrder={['label', 'input', 'description', 'error']}
        value={number}
        error={error}
        inputMode="tel"
        autoComplete="off"
        spellCheck={false}
        maxLength={64}
        onChange={(event) => {
          onChange(event.currentTarget.value);
        }}
      />
      {numbers.length < 2 ? null : (
        <div className={styles['chips']} role="group" aria-label={t('callBacks.numbers')}>
          {numbers.map((known) => (
            <button
              key={known}
              type="button"
              className={styles['chip']}
              aria-pressed={known === number}
              onClick={() => {
                onChange(known);
              }}
            >
              {numberText(known)}
            </button>
          ))}
        </div>
      )}
    </div>
  );
};
