import { Button, Popover } from '@mantine/core';
import IconDialpad from '@tabler/icons-react/dist/esm/icons/IconDialpad.mjs';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ariaKeys } from '../../components/chord.ts';
import { DialPad } from '../../components/DialPad.tsx';
import { chords } from '../../state/chords.ts';
import { orderPhone } from '../../state/orders.ts';
import { change, useView } from '../../state/view-store.ts';
import actionStyles from './CallActions.module.css';
import { newDigits } from './digits.ts';
import styles from './Keypad.module.css';

/** Digits into the call, by mouse, by typing or by pasting. What was sent is forgotten when it closes. */
export const Keypad = ({ callId }: { readonly callId: string }) => {
  const { t } = useTranslation();
  const opened = useView((view) => view.keypadCallId === callId);
  const [sent, setSent] = useState('');

  const send = (digits: string): void => {
    if (digits === '') return;
    setSent(sent + digits);
    void orderPhone({ kind: 'send_digits', callId, digits });
  };
  const open = (next: boolean): void => {
    change({ keypadCallId: next ? callId : null });
    if (!next) setSent('');
  };

  return (
    <Popover
      opened={opened}
      onChange={open}
      position="bottom-start"
      width={232}
      trapFocus
      returnFocus
    >
      <Popover.Target>
        <Button
          color="not-ready"
          variant="light"
          size="md"
          className={actionStyles['tile'] ?? ''}
          leftSection={<IconDialpad size={18} />}
          aria-keyshortcuts={ariaKeys(chords.keypad)}
          onClick={() => {
            open(!opened);
          }}
        >
          {t('call.keypad')}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={t('call.keypad')}>
        <input
          className={styles['sent']}
          aria-label={t('call.digits')}
          value={sent}
          inputMode="tel"
          autoComplete="off"
          placeholder={t('call.digitsHint')}
          data-autofocus
          onChange={(event) => {
            send(newDigits(sent, event.currentTarget.value));
          }}
        />
        <DialPad onDigit={send} label={(digit) => t('call.digit', { digit })} />
      </Popover.Dropdown>
    </Popover>
  );
};
