import { Button, TextInput } from '@mantine/core';
import IconCircleCheckFilled from '@tabler/icons-react/dist/esm/icons/IconCircleCheckFilled.mjs';
import IconCircleXFilled from '@tabler/icons-react/dist/esm/icons/IconCircleXFilled.mjs';
import IconLoader from '@tabler/icons-react/dist/esm/icons/IconLoader.mjs';
import { useState, type SubmitEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { BackendView } from '../../../../shared/ipc/desk.ts';
import { useDesk } from '../../bridge/desk-store.ts';
import type { Tone } from '../../components/Tag.tsx';
import { ask } from '../../state/orders.ts';
import styles from './BackendLine.module.css';

const toneOf: Record<BackendView['state'], Tone> = {
  connected: 'ready',
  connecting: 'not-ready',
  away: 'danger',
};

const icons = {
  connected: <IconCircleCheckFilled size={16} />,
  connecting: <IconLoader size={16} />,
  away: <IconCircleXFilled size={16} />,
};

/** Which server this is, whether it is there, and what to do when it is not. */
export const BackendLine = () => {
  const { t } = useTranslation();
  const backend = useDesk((desk) => desk.backend);
  const url = useDesk((desk) => desk.backendUrl);
  const [draft, setDraft] = useState<string | null>(null);
  const [wrong, setWrong] = useState<string | null>(null);

  const save = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    if (draft === null) return;
    const answer = await ask('settings.change', { backendUrl: draft.trim() });
    if (answer.ok) {
      setDraft(null);
      return;
    }
    const { code } = answer.why;
    setWrong(code === 'invalid' ? t('signIn.addressWrong') : t(`refusal.${code}`));
  };

  if (draft !== null) {
    return (
      <form className={styles['edit']} onSubmit={(event) => void save(event)}>
        <TextInput
          label={t('signIn.address')}
          value={draft}
          onChange={(event) => {
            setDraft(event.currentTarget.value);
            setWrong(null);
          }}
          error={wrong}
          inputMode="url"
          maxLength={512}
          autoFocus
        />
        <div className={styles['buttons']}>
          <Button type="submit" variant="light">
            {t('common.save')}
          </Button>
          <Button
            variant="subtle"
            color="not-ready"
            onClick={() => {
              setDraft(null);
              setWrong(null);
            }}
          >
            {t('common.cancel')}
          </Button>
        </div>
      </form>
    );
  }
  return (
    <div className={styles['line']} data-tone={toneOf[backend.state]}>
      <span className={styles['icon']}>{icons[backend.state]}</span>
      <div className={styles['words']}>
        <p role="status">
          {url === '' ? (
            t('signIn.noAddress')
          ) : (
            <>
              {t(`signIn.backend.${backend.state}`)} <span className={styles['url']}>{url}</span>
            </>
          )}
        </p>
        {backend.state === 'away' && url !== '' ? (
          <p className={styles['help']}>
            {t('signIn.backendHelp')} <span className={styles['why']}>{backend.why}</span>
          </p>
        ) : null}
      </div>
      <Button
        variant="subtle"
        color="not-ready"
        size="compact-sm"
        onClick={() => {
          setDraft(url);
        }}
      >
        {t('signIn.changeAddress')}
      </Button>
    </div>
  );
};
