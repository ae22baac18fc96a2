import { ActionIcon, Button } from '@mantine/core';
import IconPhone from '@tabler/icons-react/dist/esm/icons/IconPhone.mjs';
import IconX from '@tabler/icons-react/dist/esm/icons/IconX.mjs';
import { useState, type SubmitEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { ariaKeys } from '../../components/chord.ts';
import { DialPad } from '../../components/DialPad.tsx';
import { dialNumber } from '../../state/call-back.ts';
import { chords } from '../../state/chords.ts';
import { NumberField } from '../dial/NumberField.tsx';
import { FavouriteCalls } from '../people/FavouriteCalls.tsx';
import styles from './AddCallPanel.module.css';
import { closePanel, panelId } from './call-orders.ts';

/** A second call beside the first, which waits on hold from then on. */
export const AddCallPanel = ({ name }: { readonly name: string }) => {
  const { t } = useTranslation();
  const [typed, setTyped] = useState('');
  const [sending, setSending] = useState(false);

  const dial = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    if (typed.trim() === '' || sending) return;
    setSending(true);
    const callId = await dialNumber(typed);
    setSending(false);
    if (callId !== null) closePanel();
  };

  return (
    <section
      id={panelId}
      className={styles['panel']}
      aria-label={t('call.addCall')}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.preventDefault();
        closePanel();
      }}
    >
      <form className={styles['form']} onSubmit={(event) => void dial(event)}>
        <div className={styles['head']}>
          <h2 className={styles['title']}>{t('call.addCall')}</h2>
          <ActionIcon aria-label={t('common.close')} onClick={closePanel}>
            <IconX size={18} />
          </ActionIcon>
        </div>
        <p className={styles['about']}>{t('call.addCallText', { name })}</p>
        <FavouriteCalls onCalled={closePanel} />
        <NumberField
          id="second-number"
          value={typed}
          keys={ariaKeys(chords.addCall)}
          takesCaret
          onChange={setTyped}
        />
        <Button
          type="submit"
          color="ready"
          fullWidth
          leftSection={<IconPhone size={18} />}
          disabled={typed.trim() === '' || sending}
        >
          {t('dial.call')}
        </Button>
      </form>
      <div className={styles['pad']}>
        <DialPad
          onDigit={(digit) => {
            setTyped(typed + digit);
          }}
          label={(digit) => t('call.digit', { digit })}
        />
      </div>
    </section>
  );
};
