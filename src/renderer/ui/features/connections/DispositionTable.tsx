import { NativeSelect, TextInput } from '@mantine/core';
import { useEffect, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { otherCodes, type Disposition } from '../../../../shared/api/connections.ts';
import { useDesk } from '../../bridge/desk-store.ts';
import { useLabel } from '../../i18n/use-locale.ts';
import { ask } from '../../state/orders.ts';
import styles from './Connections.module.css';

type Known = 'free' | 'asking' | 'away' | readonly Disposition[];

/** The vendor's outcomes; `free` where it has no list of them. */
const useKnown = (connectionId: string | null): Known => {
  const [known, setKnown] = useState<Known>('asking');
  useEffect(() => {
    if (connectionId === null) return;
    let current = true;
    void ask('connections.dispositions', { connectionId }).then((answer) => {
      if (current) setKnown(answer.ok ? answer.value.dispositions : 'away');
    });
    return () => {
      current = false;
    };
  }, [connectionId]);
  if (connectionId === null) return 'free';
  return typeof known === 'object' && known.length === 0 ? 'free' : known;
};

/** Which of a system's outcomes each wrap-up code is, when calls are logged there. */
export const DispositionTable = ({
  connectionId,
  system,
  mapped,
  onChange,
}: {
  /** null: there is no list to choose from. */
  readonly connectionId: string | null;
  readonly system: string;
  readonly mapped: Readonly<Record<string, string>>;
  readonly onChange: (mapped: Readonly<Record<string, string>>) => void;
}) => {
  const { t } = useTranslation();
  const label = useLabel();
  const titleId = useId();
  const known = useKnown(connectionId);
  const session = useDesk((desk) => desk.session);
  const codes = session.state === 'signed_in' ? session.wrapUpCodes : [];
  // A code that is no longer offered may still be in calls that wait to be logged.
  const retired = Object.keys(mapped).filter(
    (code) => code !== otherCodes && !codes.some((each) => each.code === code),
  );
  const rows = [
    ...codes.map((each) => ({ code: each.code, name: label(each.label) })),
    ...retired.map((code) => ({ code, name: code })),
    { code: otherCodes, name: t('connections.outcomes.others') },
  ];

  return (
    <section className={styles['outcomes']} aria-labelledby={titleId}>
      <h2 id={titleId} className={styles['name']}>
        {t('connections.outcomes.title', { system })}
      </h2>
      <p className={styles['about']}>{t('connections.outcomes.help')}</p>
      {known === 'away' ? (
        <p className={styles['problem']} role="status">
          {t('connections.outcomes.away', { system })}
        </p>
      ) : null}
      <table className={styles['table']}>
        <thead>
          <tr>
            <th scope="col">{t('connections.outcomes.ours')}</th>
            <th scope="col">{t('connections.outcomes.theirs', { system })}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ code, name }) => (
            <tr key={code}>
              <th scope="row">{name}</th>
              <td>
                <Outcome
                  label={name}
                  known={known}
                  value={mapped[code] ?? ''}
                  onChange={(value) => {
                    onChange({ ...mapped, [code]: value });
                  }}
                />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
};

const Outcome = ({
  label,
  known,
  value,
  onChange,
}: {
  readonly label: string;
  readonly known: Known;
  readonly value: string;
  readonly onChange: (value: string) => void;
}) => {
  const { t } = useTranslation();
  const common = {
    'aria-label': label,
    value,
    onChange: (event: { readonly currentTarget: { readonly value: string } }) => {
      onChange(event.currentTarget.value);
    },
  };
  if (typeof known !== 'object') {
    return <TextInput {...common} maxLength={255} disabled={known === 'asking'} />;
  }
  const isGone = value !== '' && !known.some(({ id }) => id === value);
  return (
    <NativeSelect
      {...common}
      error={isGone ? t('connections.outcomes.gone') : null}
      data={[
        { value: '', label: t('connections.outcomes.none') },
        ...known.map((each) => ({ value: each.id, label: each.label })),
        ...(isGone ? [{ value, label: value }] : []),
      ]}
    />
  );
};
