import { ActionIcon, Button } from '@mantine/core';
import IconExternalLink from '@tabler/icons-react/dist/esm/icons/IconExternalLink.mjs';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { DeedView } from '../../../../shared/api/deeds.ts';
import { serverNow } from '../../bridge/clock.ts';
import { useDesk } from '../../bridge/desk-store.ts';
import { Tag, type Tone } from '../../components/Tag.tsx';
import { firstText, pastText, timeText } from '../../i18n/formats.ts';
import { useLocale } from '../../i18n/use-locale.ts';
import { announce } from '../../state/announcement-store.ts';
import { order } from '../../state/orders.ts';
import { wrote } from '../../state/write-store.ts';
import { openElsewhere } from '../elsewhere/elsewhere-orders.ts';
import styles from './Deeds.module.css';

const tones: Readonly<Record<DeedView['state'], Tone>> = {
  waiting: 'wrap-up',
  sending: 'wrap-up',
  done: 'ready',
  dead: 'danger',
  cancelled: 'not-ready',
};

/** One thing that is to stand in another system: how far it got, and what can be done about it. */
export const DeedLine = ({
  deed,
  onOpen = null,
}: {
  readonly deed: DeedView;
  /** Leads to its contact, for whoever looks after all of them; null: it stands with its contact. */
  readonly onOpen?: (() => void) | null;
}) => {
  const { t } = useTranslation();
  const locale = useLocale();
  const { kind, connection, state, why, subject, reference, url, madeAt, nextAt, by } = deed;
  const what = t(`deeds.kind.${kind}`);
  return (
    <div className={styles['deed']} data-state={state}>
      <div className={styles['words']}>
        <p className={styles['what']}>
          {[what, connection, reference].filter((part) => part !== null && part !== '').join(' · ')}
        </p>
        {subject === null || subject === '' ? null : <p>{subject}</p>}
        <p className={styles['about']}>
          <Tag tone={tones[state]}>{t(`deeds.state.${state}`)}</Tag>
          {by === null ? null : <span>{by.name}</span>}
          <span>{pastText(madeAt, serverNow(), locale)}</span>
          {nextAt === null ? null : (
            <span>{t('deeds.nextAt', { time: timeText(nextAt, locale) })}</span>
          )}
        </p>
        {why === undefined ? null : <p className={styles['why']}>{t(`connections.why.${why}`)}</p>}
        {onOpen === null || deed.message === undefined || deed.message === '' ? null : (
          <p className={styles['why']} lang="en">
            {deed.message}
          </p>
        )}
        <div className={styles['choices']}>
          <Choices deed={deed} />
          {onOpen === null ? null : (
            <Button variant="subtle" color="not-ready" size="compact-sm" onClick={onOpen}>
              {t('callBacks.openContact')}
            </Button>
          )}
        </div>
      </div>
      {url === null ? null : (
        <ActionIcon
          variant="subtle"
          color="not-ready"
          size="sm"
          aria-label={t('elsewhere.openPage', { name: firstText(reference, what) })}
          onClick={() => {
            openElsewhere(url);
          }}
        >
          <IconExternalLink size={16} />
        </ActionIcon>
      )}
    </div>
  );
};

/** Trying again, and giving up. What may be there already is sent again by a second press alone. */
const Choices = ({ deed }: { readonly deed: DeedView }) => {
  const { t } = useTranslation();
  const [asked, setAsked] = useState<'retry' | 'letGo' | null>(null);
  const [sending, setSending] = useState(false);
  const isOwn = useDesk(
    ({ session }) =>
      session.state === 'signed_in' &&
      (session.user.role === 'administrator' || session.user.id === deed.by?.id),
  );
  const { id: deedId, mayRetry, state, why } = deed;
  const mayLetGo = mayRetry || (state === 'waiting' && isOwn);
  if (!mayRetry && !mayLetGo) return null;
  const isInDoubt = why === 'in_doubt';
  const act = async (what: 'retry' | 'letGo'): Promise<void> => {
    setSending(true);
    const answer = await order(`deeds.${what}`, { deedId });
    setSending(false);
    setAsked(null);
    if (!answer.ok) return;
    announce(t(`deeds.told.${answer.value.state}`));
    wrote();
  };
  const press = (what: 'retry' | 'letGo', isPlain: boolean): void => {
    if (isPlain || asked === what) {
      void act(what);
      return;
    }
    setAsked(what);
    announce(t(what === 'retry' ? 'deeds.retryInDoubt' : 'deeds.reallyLetGo'));
  };
  const forget = (): void => {
    setAsked(null);
  };
  return (
    <>
      {mayRetry ? (
        <Button
          size="compact-sm"
          variant="light"
          color={asked === 'retry' ? 'danger' : 'not-ready'}
          loading={sending}
          onClick={() => {
            press('retry', !isInDoubt);
          }}
          onBlur={forget}
        >
          {t(asked === 'retry' ? 'deeds.retryInDoubt' : 'deeds.retry')}
        </Button>
      ) : null}
      {mayLetGo ? (
        <Button
          size="compact-sm"
          variant="subtle"
          color={asked === 'letGo' ? 'danger' : 'not-ready'}
          disabled={sending}
          onClick={() => {
            press('letGo', false);
          }}
          onBlur={forget}
        >
          {t(asked === 'letGo' ? 'deeds.reallyLetGo' : 'deeds.letGo')}
        </Button>
      ) : null}
    </>
  );
};
