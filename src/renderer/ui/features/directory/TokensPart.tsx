import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useCallback, useEffect, useState, type SubmitEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { DirectoryToken, TokenScope } from '../../../../shared/api/directory.ts';
import { useDesk } from '../../bridge/desk-store.ts';
import { useLocale } from '../../i18n/use-locale.ts';
import { announce } from '../../state/announcement-store.ts';
import { ask, order } from '../../state/orders.ts';
import styles from './Directory.module.css';

type Made = { readonly name: string; readonly token: string };

/** Other systems that read and write the directory, each by its token. */
export const TokensPart = () => {
  const { t } = useTranslation();
  const [tokens, setTokens] = useState<readonly DirectoryToken[] | 'loading' | 'away'>('loading');
  const [made, setMade] = useState<Made | null>(null);
  const isConnected = useDesk((desk) => desk.backend.state === 'connected');
  const [looks, setLooks] = useState(0);
  const load = useCallback(() => {
    setLooks((before) => before + 1);
  }, []);
  useEffect(() => {
    let current = true;
    void ask('directory.tokens', null).then((answer) => {
      if (current) setTokens(answer.ok ? answer.value.tokens : 'away');
    });
    return () => {
      current = false;
    };
  }, [looks, isConnected]);

  return (
    <section className={styles['part']} aria-labelledby="directory-tokens">
      <h2 className={styles['heading']} id="directory-tokens">
        {t('ownDirectory.tokens')}
      </h2>
      <p className={styles['about']}>{t('ownDirectory.tokensWhat')}</p>
      {made === null ? (
        <MakeToken
          onMade={(next) => {
            setMade(next);
            load();
          }}
        />
      ) : (
        <MadeToken
          made={made}
          onDone={() => {
            setMade(null);
          }}
        />
      )}
      {tokens === 'loading' ? null : tokens === 'away' ? (
        <p className={styles['problem']}>{t('refusal.backend_away')}</p>
      ) : tokens.length === 0 ? (
        <p className={styles['file']}>{t('ownDirectory.noTokens')}</p>
      ) : (
        <ul className={styles['list']} aria-label={t('ownDirectory.tokens')}>
          {tokens.map((token) => (
            <TokenRow key={token.id} token={token} onRevoked={load} />
          ))}
        </ul>
      )}
    </section>
  );
};

const MakeToken = ({ onMade }: { readonly onMade: (made: Made) => void }) => {
  const { t } = useTranslation();
  const [name, setName] = useState('');
  const [mayWrite, setMayWrite] = useState(false);
  const [problem, setProblem] = useState('');
  const [sending, setSending] = useState(false);
  const make = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    setSending(true);
    const scopes: TokenScope[] = mayWrite
      ? ['directory:read', 'directory:write']
      : ['directory:read'];
    const answer = await ask('directory.makeToken', { name: name.trim(), scopes });
    setSending(false);
    if (answer.ok) {
      onMade({ name: answer.value.name, token: answer.value.token });
      return;
    }
    const { code } = answer.why;
    setProblem(t(code === 'conflict' ? 'ownDirectory.nameTaken' : `refusal.${code}`));
  };
  return (
    <form className={styles['form']} onSubmit={(event) => void make(event)}>
      <TextInput
        label={t('ownDirectory.tokenName')}
        placeholder={t('ownDirectory.tokenExample')}
        value={name}
        maxLength={64}
        error={problem === '' ? null : problem}
        onChange={(event) => {
          setName(event.currentTarget.value);
          setProblem('');
        }}
      />
      <NativeSelect
        label={t('ownDirectory.may')}
        data={[
          { value: 'read', label: t('ownDirectory.scope.read') },
          { value: 'write', label: t('ownDirectory.scope.write') },
        ]}
        value={mayWrite ? 'write' : 'read'}
        onChange={(event) => {
          setMayWrite(event.currentTarget.value === 'write');
        }}
      />
      <Button type="submit" variant="light" loading={sending} disabled={name.trim() === ''}>
        {t('ownDirectory.makeToken')}
      </Button>
    </form>
  );
};

const MadeToken = ({
  made: { name, token },
  onDone,
}: {
  readonly made: Made;
  readonly onDone: () => void;
}) => {
  const { t } = useTranslation();
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(token);
      announce(t('ownDirectory.copied'));
    } catch {
      // It stands there to be copied by hand.
      announce(t('ownDirectory.notCopied'));
    }
  };
  return (
    <section className={styles['token']} aria-label={t('ownDirectory.tokenOf', { name })}>
      <p className={styles['name']}>{t('ownDirectory.tokenOf', { name })}</p>
      <code className={styles['secret']}>{token}</code>
      <p className={styles['small']}>{t('ownDirectory.once')}</p>
      <div className={styles['buttons']}>
        <Button size="compact-sm" autoFocus onClick={() => void copy()}>
          {t('ownDirectory.copy')}
        </Button>
        <Button size="compact-sm" variant="subtle" color="not-ready" onClick={onDone}>
          {t('ownDirectory.done')}
        </Button>
      </div>
    </section>
  );
};

const TokenRow = ({
  token: { id: tokenId, name, scopes, madeBy, madeAt, usedAt },
  onRevoked,
}: {
  readonly token: DirectoryToken;
  readonly onRevoked: () => void;
}) => {
  const { t } = useTranslation();
  const locale = useLocale();
  const [asked, setAsked] = useState(false);
  const day = new Intl.DateTimeFormat(locale, { dateStyle: 'medium' });
  const minute = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' });
  const revoke = async (): Promise<void> => {
    if (!asked) {
      setAsked(true);
      return;
    }
    await order('directory.revokeToken', { tokenId });
    onRevoked();
  };
  const scope = scopes.includes('directory:write')
    ? scopes.length === 2
      ? 'write'
      : 'writeOnly'
    : 'read';
  return (
    <li className={styles['row']}>
      <span className={styles['words']}>
        <span className={styles['name']}>{name}</span>
        <span className={styles['small']}>
          {[
            t(`ownDirectory.scope.${scope}`),
            t('ownDirectory.madeBy', { name: madeBy, day: day.format(madeAt) }),
            usedAt === null
              ? t('ownDirectory.neverUsed')
              : t('ownDirectory.usedAt', { time: minute.format(usedAt) }),
          ].join(' · ')}
        </span>
      </span>
      <Button
        size="compact-sm"
        variant="subtle"
        color={asked ? 'danger' : 'not-ready'}
        aria-label={`${t(asked ? 'ownDirectory.reallyRevoke' : 'ownDirectory.revoke')}: ${name}`}
        onClick={() => void revoke()}
        onBlur={() => {
          setAsked(false);
        }}
      >
        {t(asked ? 'ownDirectory.reallyRevoke' : 'ownDirectory.revoke')}
      </Button>
    </li>
  );
};
