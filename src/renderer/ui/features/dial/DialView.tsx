import { Button } from '@mantine/core';
import IconBackspace from '@tabler/icons-react/dist/esm/icons/IconBackspace.mjs';
import IconPhone from '@tabler/icons-react/dist/esm/icons/IconPhone.mjs';
import { useState, type SubmitEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useDesk } from '../../bridge/desk-store.ts';
import { ariaKeys } from '../../components/chord.ts';
import { DialPad } from '../../components/DialPad.tsx';
import { chords } from '../../state/chords.ts';
import { orderPhone } from '../../state/orders.ts';
import { useTypedNumberText } from '../../state/use-number-text.ts';
import { DemoPanel } from './DemoPanel.tsx';
import { dialFieldId } from './dial-field.ts';
import styles from './DialView.module.css';
import { RecentContacts } from './RecentContacts.tsx';

/** The quiet between calls: dial somebody, or look at who was here. */
export const DialView = () => {
  const { t } = useTranslation();
  const demo = useDesk((desk) => desk.session.state === 'signed_in' && desk.session.demo);
  const [typed, setTyped] = useState('');
  const formatted = useTypedNumberText(typed);

  const dial = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    if (typed.trim() === '') return;
    const callId = await orderPhone({ kind: 'dial', number: typed.trim().slice(0, 64) });
    if (callId !== null) setTyped('');
  };

  return (
    <div className={styles['view']}>
      <div className={styles['columns']}>
        <form className={styles['dial']} onSubmit={(event) => void dial(event)}>
          <h1 className={styles['title']}>{t('dial.title')}</h1>
          <label className="rs-hidden" htmlFor={dialFieldId}>
            {t('dial.number')}
          </label>
          <div className={styles['field']}>
            <input
              id={dialFieldId}
              className={styles['input']}
              value={typed}
              inputMode="tel"
              autoComplete="off"
              spellCheck={false}
              maxLength={64}
              placeholder={t('dial.hint')}
              aria-describedby="dial-reading"
              aria-keyshortcuts={ariaKeys(chords.dial)}
              onChange={(event) => {
                setTyped(event.currentTarget.value);
              }}
            />
            <button
              type="button"
              className={styles['erase']}
              aria-label={t('dial.erase')}
              disabled={typed === ''}
              onClick={() => {
                setTyped(typed.slice(0, -1));
              }}
            >
              <IconBackspace size={18} />
            </button>
          </div>
          <p id="dial-reading" className={styles['reading']}>
            {formatted ?? ''}
          </p>
          <div className={styles['pad']}>
            <DialPad
              onDigit={(digit) => {
                setTyped(typed + digit);
              }}
              label={(digit) => t('call.digit', { digit })}
            />
          </div>
          <Button
            type="submit"
            color="ready"
            size="md"
            fullWidth
            leftSection={<IconPhone size={18} />}
            disabled={typed.trim() === ''}
          >
            {t('dial.call')}
          </Button>
        </form>
        <RecentContacts />
      </div>
      {demo ? <DemoPanel /> : null}
    </div>
  );
};
