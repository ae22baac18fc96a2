import { Button } from '@mantine/core';
import IconPhone from '@tabler/icons-react/dist/esm/icons/IconPhone.mjs';
import { useState, type SubmitEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useDesk } from '../../bridge/desk-store.ts';
import { ariaKeys } from '../../components/chord.ts';
import { DialPad } from '../../components/DialPad.tsx';
import { dialNumber } from '../../state/call-back.ts';
import { chords } from '../../state/chords.ts';
import { useCapabilities } from '../../state/use-capabilities.ts';
import { RingProof } from '../devices/RingProof.tsx';
import { Beside } from './Beside.tsx';
import { DemoPanel } from './DemoPanel.tsx';
import { dialFieldId } from './dial-field.ts';
import styles from './DialView.module.css';
import { NumberField } from './NumberField.tsx';

/** The quiet between calls: dial somebody, or look at who was here. */
export const DialView = () => {
  const { t } = useTranslation();
  const isDemo = useDesk((desk) => desk.session.state === 'signed_in' && desk.session.demo);
  const demo = useCapabilities().demoCustomers && isDemo;
  const [typed, setTyped] = useState('');

  const dial = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    if (typed.trim() === '') return;
    if ((await dialNumber(typed)) !== null) setTyped('');
  };

  return (
    <div className={styles['view']}>
      <div className={styles['columns']}>
        <form className={styles['dial']} onSubmit={(event) => void dial(event)}>
          <h1 className={styles['title']}>{t('dial.title')}</h1>
          <NumberField
            id={dialFieldId}
            value={typed}
            keys={ariaKeys(chords.dial)}
            onChange={setTyped}
          />
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
        <Beside />
      </div>
      <RingProof />
      {demo ? <DemoPanel /> : null}
    </div>
  );
};
