import { Button, TextInput } from '@mantine/core';
import { useState, type SubmitEvent } from 'react';
import { useTranslation } from 'react-i18next';
import styles from './BackendAddress.module.css';

/** Whether a text can be a server's address. */
const isAddress = (text: string): boolean => {
  const url = URL.parse(text);
  return url !== null && (url.protocol === 'http:' || url.protocol === 'https:');
};

export const BackendAddress = ({
  address,
  onChange,
}: {
  readonly address: string;
  readonly onChange: (address: string) => void;
}) => {
  const { t } = useTranslation();
  const [typed, setTyped] = useState(address);
  const wrong = typed.trim() !== '' && !isAddress(typed.trim());
  const submit = (event: SubmitEvent): void => {
    event.preventDefault();
    if (!wrong && typed.trim() !== address) onChange(typed.trim());
  };
  return (
    <form className={styles['form']} onSubmit={submit}>
      <TextInput
        className={styles['field']}
        label={t('signIn.address')}
        description={t('settings.serverHelp')}
        value={typed}
        maxLength={512}
        inputMode="url"
        error={wrong ? t('settings.serverWrong') : undefined}
        onChange={(event) => {
          setTyped(event.currentTarget.value);
        }}
      />
      <Button type="submit" variant="light" disabled={wrong || typed.trim() === address}>
        {t('common.save')}
      </Button>
    </form>
  );
};
