import { Button } from '@mantine/core';
import { useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { Settings } from '../../../../shared/ipc/desk.ts';
import { useDesk } from '../../bridge/desk-store.ts';
import { acceleratorOf } from './accelerator.ts';
import styles from './KeyFields.module.css';

type Keys = Settings['globalKeys'];
const names = ['answer', 'end', 'mute'] as const satisfies readonly (keyof Keys)[];

/** Electron's name of a key as people know it. */
const keyText = (accelerator: string): string =>
  accelerator.replaceAll('CommandOrControl', 'Ctrl').replaceAll('Control', 'Ctrl');

/** Keys that work whatever program is in front; pressed to be set. */
export const KeyFields = ({
  keys,
  onChange,
}: {
  readonly keys: Keys;
  readonly onChange: (keys: Keys) => void;
}) => {
  const { t } = useTranslation();
  const conflicts = useDesk((desk) => desk.keyConflicts);
  const [recording, setRecording] = useState<keyof Keys | null>(null);

  const onKeyDown = (name: keyof Keys, event: KeyboardEvent): void => {
    if (recording !== name || event.key === 'Tab') return;
    event.preventDefault();
    event.stopPropagation();
    if (event.key === 'Escape') {
      setRecording(null);
      return;
    }
    const accelerator = acceleratorOf(event.nativeEvent);
    if (accelerator === null) return;
    setRecording(null);
    onChange({ ...keys, [name]: accelerator });
  };

  return (
    <ul>
      {names.map((name) => {
        const taken = keys[name] !== '' && conflicts.includes(keys[name]);
        return (
          <li key={name} className={styles['row']} data-tone="danger">
            <span className={styles['name']}>
              <span>{t(`settings.key.${name}`)}</span>
              {taken ? <span className={styles['taken']}>{t('settings.keyTaken')}</span> : null}
            </span>
            <button
              type="button"
              className={styles['key']}
              aria-label={t('settings.keyChange', { name: t(`settings.key.${name}`) })}
              aria-description={keys[name] === '' ? t('settings.keyNone') : keyText(keys[name])}
              data-keys-recording={recording === name || undefined}
              onClick={() => {
                setRecording(name);
              }}
              onBlur={() => {
                setRecording(null);
              }}
              onKeyDown={(event) => {
                onKeyDown(name, event);
              }}
            >
              {recording === name
                ? t('settings.keyPress')
                : keys[name] === ''
                  ? t('settings.keyNone')
                  : keyText(keys[name])}
            </button>
            <Button
              variant="subtle"
              color="not-ready"
              size="compact-sm"
              disabled={keys[name] === ''}
              aria-label={t('settings.keyClear', { name: t(`settings.key.${name}`) })}
              onClick={() => {
                onChange({ ...keys, [name]: '' });
              }}
            >
              {t('common.clear')}
            </Button>
          </li>
        );
      })}
    </ul>
  );
};
