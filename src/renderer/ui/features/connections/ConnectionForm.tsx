import { Button, NativeSelect, PasswordInput, Switch, Textarea, TextInput } from '@mantine/core';
import { useState, type SubmitEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { ConnectionView, ConnectorView } from '../../../../shared/api/connections.ts';
import { useLocale } from '../../i18n/use-locale.ts';
import { announce } from '../../state/announcement-store.ts';
import { ask } from '../../state/orders.ts';
import styles from './Connections.module.css';
import { DispositionTable } from './DispositionTable.tsx';

type Field = ConnectorView['fields'][number];

/** The backend names the field that it refuses: `settings/subdomain is missing`. */
const fieldOf = (detail: string): string | null => /settings\/(\w+)/u.exec(detail)?.[1] ?? null;

/** The fields of a connector, as it describes them itself. */
export const ConnectionForm = ({
  connector,
  connection,
  onDone,
}: {
  readonly connector: ConnectorView;
  readonly connection: ConnectionView | null;
  readonly onDone: () => void;
}) => {
  const { t } = useTranslation();
  const [name, setName] = useState(connection?.name ?? connector.name);
  const [settings, setSettings] = useState<Readonly<Record<string, string>>>(
    connection?.settings ?? {},
  );
  const [isEnabled, setEnabled] = useState(connection?.isEnabled ?? true);
  const [logsCalls, setLogsCalls] = useState(connection?.logsCalls ?? false);
  const [mapped, setMapped] = useState<Readonly<Record<string, string>>>(
    connection?.dispositions ?? {},
  );
  const [problem, setProblem] = useState<{
    readonly field: string | null;
    readonly text: string;
  }>();
  const [sending, setSending] = useState(false);
  const listsOutcomes = connector.capabilities.includes('dispositions');

  const save = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    setSending(true);
    const dispositions = Object.fromEntries(
      Object.entries(mapped)
        .map(([code, value]) => [code, value.trim()] as const)
        .filter(([, value]) => value !== ''),
    );
    const given = {
      ...{ connector: connector.id, name: name.trim(), settings },
      ...{ isEnabled, logsCalls, dispositions },
    };
    const answer = await ask('connections.save', {
      connectionId: connection?.id ?? null,
      connection: connection === null ? given : { ...given, revision: connection.revision },
    });
    setSending(false);
    if (answer.ok) {
      announce(t('connections.saved'));
      onDone();
      return;
    }
    const { code, detail } = answer.why;
    const field = fieldOf(detail);
    setProblem({
      field,
      text: field === null ? t(`refusal.${code}`) : t('connections.wrongField'),
    });
  };

  return (
    <form className={styles['form']} onSubmit={(event) => void save(event)}>
      <h1 className={styles['title']}>{connection?.name ?? connector.name}</h1>
      <TextInput
        label={t('connections.name')}
        description={t('connections.nameHelp')}
        value={name}
        maxLength={80}
        required
        withAsterisk={false}
        onChange={(event) => {
          setName(event.currentTarget.value);
        }}
      />
      {connector.fields.map((field) => (
        <SettingField
          key={field.name}
          field={field}
          value={settings[field.name] ?? ''}
          isKept={connection?.secrets.includes(field.name) ?? false}
          error={problem?.field === field.name ? problem.text : null}
          onChange={(value) => {
            setSettings({ ...settings, [field.name]: value });
          }}
        />
      ))}
      <Switch
        label={t('connections.enabled')}
        checked={isEnabled}
        onChange={(event) => {
          setEnabled(event.currentTarget.checked);
        }}
      />
      {connector.capabilities.includes('logCall') ? (
        <Switch
          label={t('connections.logsCalls')}
          checked={logsCalls}
          onChange={(event) => {
            setLogsCalls(event.currentTarget.checked);
          }}
        />
      ) : null}
      {!logsCalls || !connector.capabilities.includes('logCall') ? null : listsOutcomes &&
        connection === null ? (
        <p className={styles['about']}>
          {t('connections.outcomes.later', { system: connector.name })}
        </p>
      ) : (
        <DispositionTable
          connectionId={listsOutcomes ? (connection?.id ?? null) : null}
          system={connector.name}
          mapped={mapped}
          onChange={setMapped}
        />
      )}
      {problem === undefined ? null : (
        <p className={styles['problem']} role="alert">
          {problem.text}
        </p>
      )}
      <div className={styles['buttons']}>
        <Button type="submit" loading={sending} disabled={name.trim() === ''}>
          {t('connections.save')}
        </Button>
        <Button variant="subtle" color="not-ready" onClick={onDone}>
          {t('quality.cancel')}
        </Button>
      </div>
    </form>
  );
};

const SettingField = ({
  field: { name, label, help, isSecret, isOptional, isLong, example, choices },
  value,
  isKept,
  error,
  onChange,
}: {
  readonly field: Field;
  readonly value: string;
  /** A secret that the backend has; left alone it stays. */
  readonly isKept: boolean;
  readonly error: string | null;
  readonly onChange: (value: string) => void;
}) => {
  const { t } = useTranslation();
  const language = useLocale().slice(0, 2) as keyof typeof label;
  const own = label[language];
  const common = {
    label: isOptional ? t('connections.optional', { label: own }) : own,
    ...(help === undefined ? {} : { description: help[language] }),
    error,
  };
  if (choices !== undefined) {
    return (
      <NativeSelect
        {...common}
        data={[{ value: '', label: '' }, ...choices]}
        value={value}
        onChange={(event) => {
          onChange(event.currentTarget.value);
        }}
      />
    );
  }
  const typed = {
    ...common,
    value,
    name,
    maxLength: 8_000,
    placeholder: isKept ? t('connections.kept') : (example ?? ''),
    onChange: (event: { readonly currentTarget: { readonly value: string } }) => {
      onChange(event.currentTarget.value);
    },
  };
  if (isSecret) return <PasswordInput {...typed} autoComplete="off" />;
  return isLong ? <Textarea {...typed} autosize minRows={3} /> : <TextInput {...typed} />;
};
