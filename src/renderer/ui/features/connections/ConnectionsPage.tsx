import { Button, Menu, Skeleton } from '@mantine/core';
import IconChevronDown from '@tabler/icons-react/dist/esm/icons/IconChevronDown.mjs';
import IconPlugConnected from '@tabler/icons-react/dist/esm/icons/IconPlugConnected.mjs';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ConnectionView, ConnectorView } from '../../../../shared/api/connections.ts';
import { useDesk } from '../../bridge/desk-store.ts';
import { BackButton } from '../../components/BackButton.tsx';
import { EmptyState } from '../../components/EmptyState.tsx';
import { ask } from '../../state/orders.ts';
import { show, showDesk } from '../../state/view-store.ts';
import { useUndelivered } from '../deeds/use-undelivered.ts';
import { ConnectionForm } from './ConnectionForm.tsx';
import { ConnectionRow } from './ConnectionRow.tsx';
import styles from './Connections.module.css';

type Loaded =
  | 'loading'
  | 'away'
  | {
      readonly connections: readonly ConnectionView[];
      readonly connectors: readonly ConnectorView[];
    };

/** What is being written: a connection that is there, or a new one of a kind. */
type Edited = { readonly connector: ConnectorView; readonly connection: ConnectionView | null };

/** While somebody signs in at the vendor, or a test runs elsewhere, the list is looked at so often. */
const lookEveryMs = 3_000;

/** Other systems that the company uses: help desks, CRMs, trackers. */
export const ConnectionsPage = () => {
  const { t } = useTranslation();
  const [page, setPage] = useState<Loaded>('loading');
  const [edited, setEdited] = useState<Edited | null>(null);
  const connected = useDesk((desk) => desk.backend.state === 'connected');
  const back = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    back.current?.focus();
  }, []);
  const [looks, setLooks] = useState(0);
  const load = useCallback(() => {
    setLooks((before) => before + 1);
  }, []);
  useEffect(() => {
    let current = true;
    const look = (): void => {
      void ask('connections.list', null).then((answer) => {
        if (!current) return;
        setPage((before) =>
          answer.ok ? answer.value : typeof before === 'object' ? before : 'away',
        );
      });
    };
    look();
    const timer = setInterval(look, lookEveryMs);
    return () => {
      current = false;
      clearInterval(timer);
    };
  }, [looks, connected]);

  return (
    <main className={styles['page']} aria-label={t('connections.title')}>
      <div className={styles['body']}>
        <BackButton
          ref={back}
          onClick={() => {
            if (edited === null) showDesk();
            else setEdited(null);
          }}
        >
          {t(edited === null ? 'contact.back' : 'connections.backToAll')}
        </BackButton>
        {edited !== null ? (
          <ConnectionForm
            key={edited.connection?.id ?? edited.connector.id}
            connector={edited.connector}
            connection={edited.connection}
            onDone={() => {
              setEdited(null);
              load();
            }}
          />
        ) : page === 'loading' ? (
          <Skeleton height={220} animate={false} />
        ) : page === 'away' ? (
          <EmptyState
            icon={<IconPlugConnected size={32} stroke={1.5} />}
            title={t('connections.away')}
            action={
              <Button variant="light" onClick={load}>
                {t('quality.retry')}
              </Button>
            }
          />
        ) : (
          <List page={page} onEdit={setEdited} onChanged={load} />
        )}
      </div>
    </main>
  );
};

const List = ({
  page: { connections, connectors },
  onEdit,
  onChanged,
}: {
  readonly page: Exclude<Loaded, string>;
  readonly onEdit: (edited: Edited) => void;
  readonly onChanged: () => void;
}) => {
  const { t } = useTranslation();
  const { told } = useUndelivered();
  const undelivered =
    typeof told === 'object' ? told.connections.reduce((sum, { dead }) => sum + dead, 0) : 0;
  const begin = (connectorId: string | null, connection: ConnectionView | null): void => {
    const connector = connectors.find(({ id }) => id === connectorId);
    if (connector !== undefined) onEdit({ connector, connection });
  };
  return (
    <>
      <header className={styles['head']}>
        <h1 className={styles['title']}>{t('connections.title')}</h1>
        <Menu position="bottom-end" width={240} withInitialFocusPlaceholder={false}>
          <Menu.Target>
            <Button variant="light" rightSection={<IconChevronDown size={16} />}>
              {t('connections.add')}
            </Button>
          </Menu.Target>
          <Menu.Dropdown className={styles['systems'] ?? ''}>
            {connectors.map(({ id, name }) => (
              <Menu.Item
                key={id}
                onClick={() => {
                  begin(id, null);
                }}
              >
                {name}
              </Menu.Item>
            ))}
          </Menu.Dropdown>
        </Menu>
      </header>
      {undelivered === 0 ? null : (
        <Button
          className={styles['undelivered'] ?? ''}
          variant="light"
          color="danger"
          size="compact-sm"
          onClick={() => {
            show({ kind: 'undelivered' });
          }}
        >
          {t('connections.undelivered', { count: undelivered })}
        </Button>
      )}
      {connections.length === 0 ? (
        <EmptyState
          icon={<IconPlugConnected size={32} stroke={1.5} />}
          title={t('connections.none')}
          text={t('connections.what')}
        />
      ) : (
        <ul className={styles['list']}>
          {connections.map((connection) => (
            <li key={connection.id}>
              <ConnectionRow
                connection={connection}
                system={connectors.find(({ id }) => id === connection.connector)?.name ?? ''}
                onEdit={() => {
                  begin(connection.connector, connection);
                }}
                onChanged={onChanged}
              />
            </li>
          ))}
        </ul>
      )}
    </>
  );
};
