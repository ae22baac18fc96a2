import { Button } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ConnectionTest, ConnectionView } from '../../../../shared/api/connections.ts';
import { serverNow } from '../../bridge/clock.ts';
import { Tag, type Tone } from '../../components/Tag.tsx';
import { pastText } from '../../i18n/formats.ts';
import { useLocale } from '../../i18n/use-locale.ts';
import { announce } from '../../state/announcement-store.ts';
import { order } from '../../state/orders.ts';
import styles from './Connections.module.css';

/** A connection: whose account, how it goes, and what can be done with it. */
export const ConnectionRow = ({
  connection,
  system,
  onEdit,
  onChanged,
}: {
  readonly connection: ConnectionView;
  readonly system: string;
  readonly onEdit: () => void;
  readonly onChanged: () => void;
}) => {
  const { t } = useTranslation();
  const { id: connectionId, name, account, isConnected, isEnabled, logsCalls } = connection;
  const [tested, setTested] = useState<ConnectionTest | 'asking' | null>(null);
  const [asked, setAsked] = useState(false);

  const test = async (): Promise<void> => {
    setTested('asking');
    const answer = await order('connections.test', { connectionId });
    setTested(answer.ok ? answer.value : null);
    if (answer.ok) {
      announce(answer.value.ok ? t('connections.works') : t(`connections.why.${answer.value.why}`));
    }
    onChanged();
  };
  const remove = async (): Promise<void> => {
    if (!asked) {
      setAsked(true);
      return;
    }
    await order('connections.remove', { connectionId });
    onChanged();
  };

  return (
    <article className={styles['connection']} aria-label={name}>
      <div className={styles['words']}>
        <h2 className={styles['name']}>{name}</h2>
        <p className={styles['about']}>
          <span>{system}</span>
          {account === '' ? null : <span>{account}</span>}
          {isEnabled ? null : <Tag>{t('connections.off')}</Tag>}
          {logsCalls ? <Tag tone="engaged">{t('connections.logs')}</Tag> : null}
        </p>
        <Health connection={connection} />
        {tested !== null && tested !== 'asking' ? (
          <p className={styles['about']} role="status">
            {tested.ok
              ? t('connections.worksAs', { account: tested.account })
              : `${t(`connections.why.${tested.why}`)} ${tested.message}`}
          </p>
        ) : null}
      </div>
      <div className={styles['buttons']}>
        {isConnected ? null : (
          <Button
            size="compact-sm"
            onClick={() => void order('connections.authorize', { connectionId })}
          >
            {t('connections.signIn', { system })}
          </Button>
        )}
        <Button
          size="compact-sm"
          variant="light"
          loading={tested === 'asking'}
          onClick={() => void test()}
        >
          {t('connections.test')}
        </Button>
        <Button size="compact-sm" variant="light" color="not-ready" onClick={onEdit}>
          {t('connections.change')}
        </Button>
        <Button
          size="compact-sm"
          variant="subtle"
          color={asked ? 'danger' : 'not-ready'}
          onClick={() => void remove()}
          onBlur={() => {
            setAsked(false);
          }}
        >
          {t(asked ? 'connections.reallyRemove' : 'connections.remove')}
        </Button>
      </div>
    </article>
  );
};

const tones: Readonly<Record<ConnectionView['health']['state'], Tone>> = {
  unknown: 'not-ready',
  ok: 'ready',
  failing: 'danger',
};

const Health = ({
  connection: { health, isConnected },
}: {
  readonly connection: ConnectionView;
}) => {
  const { t } = useTranslation();
  const locale = useLocale();
  if (!isConnected) return <Tag tone="wrap-up">{t('connections.notSignedIn')}</Tag>;
  return (
    <p className={styles['about']}>
      <Tag tone={tones[health.state]}>{t(`connections.health.${health.state}`)}</Tag>
      {health.state === 'unknown' ? null : <span>{pastText(health.at, serverNow(), locale)}</span>}
      {health.state === 'failing' ? <span>{t(`connections.why.${health.why}`)}</span> : null}
    </p>
  );
};
