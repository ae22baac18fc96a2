import { Button } from '@mantine/core';
import { useEffect, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import {
  defaultGlobalKeys,
  globalKeyNames,
  type GlobalKeyName,
} from '../../../../shared/ipc/global-keys.ts';
import { useDesk } from '../../bridge/desk-store.ts';
import { ask } from '../../state/orders.ts';
import type { ListedAction } from '../spotlight/listed-action.ts';
import { acceleratorOf } from './accelerator.ts';
import { refusalOfKey, shadowedBy, type GlobalKeys, type KeyRefusal } from './key-check.ts';
import styles from './KeyFields.module.css';

/** Electron's name of a key as people know it. */
const keyText = (accelerator: string): string =>
  accelerator.replaceAll('CommandOrControl', 'Ctrl').replaceAll('Control', 'Ctrl');

// Elsewhere the system tells nobody what is selected, and what was copied stands for it.
const knowsSelection = (): boolean => /linux/iu.test(navigator.userAgent);

const useKeyName = (): ((name: GlobalKeyName) => string) => {
  const { t } = useTranslation();
  return (name) =>
    name === 'dialSelected' && !knowsSelection()
      ? t('settings.key.dialCopied')
      : t(`settings.key.${name}`);
};

/** While a key is recorded no global key acts, whatever becomes of this page. */
const pauseKeys = (paused: boolean): void => void ask('globalKeys.pause', { paused });

/** Keys that work whatever program is in front; pressed to be set. What stands in a key's way is said beside it. */
export const KeyFields = ({
  keys,
  actions,
  onChange,
}: {
  readonly keys: GlobalKeys;
  readonly actions: readonly ListedAction[];
  readonly onChange: (keys: GlobalKeys) => void;
}) => {
  const { t } = useTranslation();
  const keyName = useKeyName();
  const conflicts = useDesk((desk) => desk.keyConflicts);
  const [recording, setRecording] = useState<GlobalKeyName | null>(null);
  const [refused, setRefused] = useState<{
    readonly name: GlobalKeyName;
    readonly refusal: KeyRefusal;
  } | null>(null);
  const isRecording = recording !== null;
  useEffect(() => {
    if (!isRecording) return;
    pauseKeys(true);
    return () => {
      pauseKeys(false);
    };
  }, [isRecording]);

  const set = (name: GlobalKeyName, accelerator: string): void => {
    const refusal = accelerator === '' ? null : refusalOfKey(accelerator, name, keys, actions);
    setRefused(refusal === null ? null : { name, refusal });
    if (refusal === null) onChange({ ...keys, [name]: accelerator });
  };

  const onKeyDown = (name: GlobalKeyName, event: KeyboardEvent): void => {
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
    set(name, accelerator);
  };

  const problemOf = (name: GlobalKeyName): string | null => {
    if (refused?.name === name) {
      const { refusal } = refused;
      if (refusal.why === 'typing') return t('settings.keyRefused.typing');
      return refusal.why === 'twice'
        ? t('settings.keyRefused.twice', { name: keyName(refusal.name) })
        : t('settings.keyRefused.shadows', { name: refusal.label });
    }
    const conflict = conflicts.find((known) => known.name === name);
    if (conflict !== undefined && keys[name] !== '') return t(`settings.keyWhy.${conflict.why}`);
    const hidden = shadowedBy(keys[name], name, actions);
    return hidden === null ? null : t('settings.keyShadows', { name: hidden });
  };

  return (
    <ul>
      {globalKeyNames.map((name) => {
        const problem = problemOf(name);
        const label = keyName(name);
        return (
          <li key={name} className={styles['row']} data-tone="danger" data-key-name={name}>
            <span className={styles['name']}>
              <span>{label}</span>
              <span className={styles['problem']} role="status">
                {problem}
              </span>
            </span>
            <button
              type="button"
              className={styles['key']}
              aria-label={t('settings.keyChange', { name: label })}
              aria-description={keys[name] === '' ? t('settings.keyNone') : keyText(keys[name])}
              data-keys-recording={recording === name || undefined}
              onClick={() => {
                setRefused(null);
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
              aria-label={t('settings.keyClear', { name: label })}
              onClick={() => {
                set(name, '');
              }}
            >
              {t('common.clear')}
            </Button>
            <Button
              variant="subtle"
              color="not-ready"
              size="compact-sm"
              disabled={keys[name] === defaultGlobalKeys[name]}
              aria-label={t('settings.keyRestore', { name: label })}
              onClick={() => {
                set(name, defaultGlobalKeys[name]);
              }}
            >
              {t('settings.keyDefault')}
            </Button>
          </li>
        );
      })}
    </ul>
  );
};
