import { Button, TextInput } from '@mantine/core';
import { useState, type SubmitEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { CallBackView } from '../../../../shared/api/call-backs.ts';
import { serverNow } from '../../bridge/clock.ts';
import { closeCallBack } from '../../state/call-back-store.ts';
import { ask } from '../../state/orders.ts';
import { useTypedNumberText } from '../../state/use-number-text.ts';
import styles from './CallBacks.module.css';
import { errorOf, errorOfRefusal, type ErrorField, type FormError } from './form-errors.ts';
import { useCallBackText } from './use-call-back-text.ts';
import { WhenField } from './WhenField.tsx';

/** Another time, number or note; what is over is open again. */
export const ChangeForm = ({ callBack }: { readonly callBack: CallBackView }) => {
  const { t } = useTranslation();
  const callBackText = useCallBackText();
  const { id: callBackId, kind, zone, revision } = callBack;
  const [number, setNumber] = useState(callBack.number);
  const [note, setNote] = useState(callBack.note);
  const [dueAt, setDueAt] = useState<number | null>(callBack.dueAt);
  const [error, setError] = useState<FormError | null>(null);
  const [sending, setSending] = useState(false);
  const reading = useTypedNumberText(number);
  const words = (field: ErrorField): string | null =>
    error?.field === field ? t(`callBacks.error.${error.why}`) : null;

  const save = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    if (sending) return;
    const wrong = errorOf({ kind, number, note, dueAt }, serverNow());
    setError(wrong);
    if (wrong !== null || dueAt === null) return;
    setSending(true);
    const asked = { number: number.trim(), note: note.trim(), dueAt };
    const answer = await ask('callBacks.change', { callBackId, ...asked, revision });
    setSending(false);
    if (answer.ok) closeCallBack();
    else setError(errorOfRefusal(answer.why));
  };

  return (
    <form className={styles['form']} noValidate onSubmit={(event) => void save(event)}>
      <p className={styles['for']}>{callBackText(callBack, serverNow()).name}</p>
      <WhenField
        dueAt={dueAt}
        zone={zone}
        isCall={kind === 'call_back'}
        error={words('when')}
        onChange={setDueAt}
      />
      {kind === 'call_back' ? (
        <TextInput
          label={t('callBacks.number')}
          description={reading ?? undefined}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          value={number}
          error={words('number')}
          inputMode="tel"
          autoComplete="off"
          spellCheck={false}
          maxLength={64}
          onChange={(event) => {
            setNumber(event.currentTarget.value);
          }}
        />
      ) : null}
      <TextInput
        data-autofocus
        label={t(`callBacks.note.${kind}`)}
        value={note}
        error={words('note')}
        autoComplete="off"
        onChange={(event) => {
          setNote(event.currentTarget.value);
        }}
      />
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
