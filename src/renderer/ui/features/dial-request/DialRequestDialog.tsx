import { Button, Modal } from '@mantine/core';
import IconPhone from '@tabler/icons-react/dist/esm/icons/IconPhone.mjs';
import type { KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { ActionButton } from '../../components/ActionButton.tsx';
import { matchesChord } from '../../components/chord.ts';
import { KeyHint } from '../../components/KeyHint.tsx';
import { dialRequestChords } from '../../state/chords.ts';
import { NumberCautionText } from '../dial/NumberCautionText.tsx';
import styles from './DialRequestDialog.module.css';
import { useDialRequest, type AskedNumber } from './use-dial-request.ts';

/** The question before a link or a selection becomes a call. The caret is on Cancel: whatever was being typed dials nothing. */
export const DialRequestDialog = ({ request }: { readonly request: AskedNumber }) => {
  const { t } = useTranslation();
  const asked = useDialRequest(request);

  const onKeyDown = (event: KeyboardEvent): void => {
    if (!matchesChord(event.nativeEvent, dialRequestChords.call)) return;
    // The desk has another use for this key.
    event.preventDefault();
    if (asked.possible && !event.repeat) asked.call();
  };

  return (
    <Modal
      opened
      centered
      size="26rem"
      title={t(`dialRequest.title.${request.source}`)}
      closeButtonProps={{ 'aria-label': t('common.close') }}
      overlayProps={{ backgroundOpacity: 0.3 }}
      transitionProps={{ duration: 0 }}
      onClose={asked.cancel}
      onKeyDown={onKeyDown}
    >
      <p className={styles['number']}>{asked.number}</p>
      <div className={styles['words']}>
        {asked.isEmergency ? (
          <p className={styles['warning']} data-tone="wrap-up">
            {t('dialRequest.emergency')}
          </p>
        ) : null}
        <NumberCautionText typed={request.number} />
        {request.extension === null ? null : (
          <p>{t('dialRequest.extension', { extension: request.extension })}</p>
        )}
        <p>{asked.consequence ?? t('dialRequest.nothingYet')}</p>
      </div>
      <div className={styles['buttons']}>
        <Button data-autofocus variant="light" color="not-ready" size="md" onClick={asked.cancel}>
          {t('common.cancel')}
        </Button>
        <ActionButton
          label={t('dial.call')}
          chord={dialRequestChords.call}
          icon={<IconPhone size={18} />}
          color="ready"
          variant="filled"
          size="md"
          disabled={!asked.possible}
          onClick={asked.call}
        />
      </div>
      <p className={styles['hint']} aria-hidden="true">
        <KeyHint chord={dialRequestChords.call} />
      </p>
    </Modal>
  );
};
