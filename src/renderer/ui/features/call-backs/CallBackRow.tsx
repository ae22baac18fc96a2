import { ActionIcon, Tooltip } from '@mantine/core';
import IconChecklist from '@tabler/icons-react/dist/esm/icons/IconChecklist.mjs';
import IconPhone from '@tabler/icons-react/dist/esm/icons/IconPhone.mjs';
import IconPhoneCalling from '@tabler/icons-react/dist/esm/icons/IconPhoneCalling.mjs';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CallBackDeed, CallBackView } from '../../../../shared/api/call-backs.ts';
import { useDesk } from '../../bridge/desk-store.ts';
import { ariaKeys, matchesChord } from '../../components/chord.ts';
import { dateTimeText } from '../../i18n/formats.ts';
import { useLocale } from '../../i18n/use-locale.ts';
import { dialCallBack, editCallBack } from '../../state/call-back-store.ts';
import { callBackChords } from '../../state/chords.ts';
import { order } from '../../state/orders.ts';
import { useQueueText } from '../../state/use-contact-text.ts';
import { CallBackMenu } from './CallBackMenu.tsx';
import styles from './CallBackPage.module.css';
import { useCallBackText } from './use-call-back-text.ts';

const rowKeys = Object.values(callBackChords)
  .map((chord) => ariaKeys(chord))
  .join(' ');

/** One promise or task, and everything that can be done with it: by its keys, or by its menu. */
export const CallBackRow = ({
  callBack,
  now,
  isTeam,
}: {
  readonly callBack: CallBackView;
  readonly now: number;
  readonly isTeam: boolean;
}) => {
  const { t } = useTranslation();
  const callBackText = useCallBackText();
  const about = useAbout(isTeam);
  const me = useDesk(({ session }) => (session.state === 'signed_in' ? session.user.id : ''));
  const [menu, setMenu] = useState(false);
  const { id: callBackId, kind, overAt, dueAt, owner, createdBy } = callBack;
  const text = callBackText(callBack, now);
  const isOver = overAt !== null;
  const isOwn = owner === null ? createdBy.id === me : owner.id === me;
  const mayDial = kind === 'call_back' && !isOver && isOwn;
  const act = (deed: CallBackDeed): void => void order('callBacks.act', { callBackId, deed });
  const dial = (): void => {
    if (mayDial) void dialCallBack(callBack);
  };
  const keys = {
    open: () => {
      editCallBack(callBack);
    },
    dial,
    postpone: () => {
      setMenu(true);
    },
    done: () => {
      if (!isOver) act('done');
    },
    cancel: () => {
      if (!isOver) act('cancel');
    },
    reopen: () => {
      if (isOver) act('reopen');
    },
  } satisfies Record<keyof typeof callBackChords, () => void>;
  const Icon = kind === 'follow_up' ? IconChecklist : IconPhoneCalling;
  return (
    <li
      className={styles['row']}
      data-call-back-id={callBackId}
      data-state={callBack.state}
      onKeyDown={(event) => {
        // Not of the menu that is open.
        if (!(event.target instanceof Element) || !event.target.matches('[data-row]')) return;
        const name = (Object.keys(callBackChords) as (keyof typeof callBackChords)[]).find((each) =>
          matchesChord(event.nativeEvent, callBackChords[each]),
        );
        if (name === undefined || name === 'open') return;
        event.preventDefault();
        keys[name]();
      }}
    >
      <button
        type="button"
        data-row
        className={styles['line']}
        aria-keyshortcuts={rowKeys}
        onClick={keys.open}
      >
        <span className={styles['icon']}>
          <Icon size={20} role="img" aria-label={t(`callBacks.kind.${kind}`)} />
        </span>
        <span className={styles['said']}>
          <span className={styles['name']}>{text.name}</span>
          <span className={styles['about']}>{about(callBack, text)}</span>
        </span>
        <span className={styles['times']} data-late={(!isOver && dueAt <= now) || undefined}>
          <span>{text.when}</span>
          {text.there === '' ? null : <span className={styles['there']}>{text.there}</span>}
        </span>
      </button>
      {mayDial ? (
        <Tooltip label={t('callBacks.call')}>
          <ActionIcon
            color="ready"
            aria-label={t('callBacks.callName', { name: text.name })}
            onClick={dial}
          >
            <IconPhone size={18} />
          </ActionIcon>
        </Tooltip>
      ) : (
        <span className={styles['noCall']} />
      )}
      <CallBackMenu
        callBack={callBack}
        name={text.name}
        isTeam={isTeam}
        opened={menu}
        onOpened={setMenu}
        onAct={act}
      />
    </li>
  );
};

/** What stands below the name: what of the list does not say by itself. */
const useAbout = (isTeam: boolean) => {
  const { t } = useTranslation();
  const locale = useLocale();
  const queueText = useQueueText();
  const maximum = useDesk(({ callBacks }) => callBacks?.rules.maximumAttempts ?? 0);
  return (
    { state, kind, note, owner, queue, attemptCount, contact, overAt }: CallBackView,
    text: { readonly name: string; readonly number: string },
  ): string =>
    [
      state === 'scheduled' || state === 'taken' ? null : t(`callBacks.state.${state}`),
      text.number,
      kind === 'follow_up' && text.name === note ? null : note,
      owner === null ? t('callBacks.whoeverOf', { queue: queueText(queue) ?? '' }) : null,
      isTeam ? (owner?.name ?? null) : null,
      attemptCount === 0 ? null : t('callBacks.tries', { count: attemptCount, maximum }),
      overAt === null ? null : dateTimeText(overAt, locale),
      contact === null
        ? null
        : t('callBacks.fromContact', { when: dateTimeText(contact.startedAt, locale) }),
    ]
      .filter((part) => part !== null && part !== '')
      .join(' · ');
};
