import { Button, NativeSelect, Skeleton, Switch, Textarea, TextInput } from '@mantine/core';
import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { DeedView } from '../../../../shared/api/deeds.ts';
import type { ConnectedSystem, ElsewhereItem } from '../../../../shared/api/elsewhere.ts';
import { withoutCardDigits } from '../../../../shared/domain/payment/card-digits.ts';
import type { Refusal } from '../../../../shared/ipc/contract.ts';
import type { WriteDraft } from '../../../../shared/ipc/deeds.ts';
import type { Result } from '../../../../shared/result.ts';
import { ActionButton } from '../../components/ActionButton.tsx';
import { matchesChord } from '../../components/chord.ts';
import { firstText } from '../../i18n/formats.ts';
import { announce } from '../../state/announcement-store.ts';
import { sendChord } from '../../state/chords.ts';
import {
  dropWriting,
  flushWriting,
  keepWriting,
  keptWriting,
  type WriteKind,
} from '../../state/kept-writing.ts';
import { giveNotice } from '../../state/notice-store.ts';
import { ask } from '../../state/orders.ts';
import { refreshSystems, systemsThat, useSystems } from '../../state/systems-store.ts';
import { useCodeText } from '../../state/use-contact-text.ts';
import { closeWriting, wrote, type WriteAbout } from '../../state/write-store.ts';
import styles from './Deeds.module.css';
import { useEscalationDraft } from './use-escalation-draft.ts';
import { neededFor } from './WriteButtons.tsx';

const longestSubject = 200;
const longestBody = 20_000;

type FormProps = { readonly kind: WriteKind; readonly about: WriteAbout };

/** What is pasted may hold what no system takes. */
const printable = (text: string): string =>
  withoutCardDigits(text).replaceAll(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/gu, '');

const keyOf = ({ type, id }: Pick<ElsewhereItem, 'type' | 'id'>): string => `${type} ${id}`;

const itemsAt = ({ sources }: WriteAbout, connectionId: string): readonly ElsewhereItem[] =>
  sources.find((each) => each.connectionId === connectionId)?.items ?? [];

/** Where it goes unless the agent says otherwise: where the matter is open, else where the caller is known. */
const firstOf = (
  able: readonly ConnectedSystem[],
  about: WriteAbout,
): ConnectedSystem | undefined => {
  const known = ({ connectionId }: ConnectedSystem): boolean =>
    about.sources.some((each) => each.connectionId === connectionId && each.people.length > 0);
  const open = ({ connectionId }: ConnectedSystem): boolean =>
    itemsAt(about, connectionId).some(({ isOpen }) => isOpen);
  return able.find(open) ?? able.find(known) ?? able[0];
};

/** Waits for what has to be known before a word can be written. */
export const WriteForm = ({ kind, about }: FormProps) => {
  const { t } = useTranslation();
  const kept = useSystems();
  const draft = useEscalationDraft(kind === 'escalation' ? about : null);
  useEffect(() => {
    void refreshSystems();
  }, []);
  const able = systemsThat(kept, neededFor[kind]).filter(
    ({ connectionId }) => kind !== 'note' || itemsAt(about, connectionId).length > 0,
  );
  if (kept.systems === null || draft === 'loading' || about.isLooking === true) {
    return kept.failed ? (
      <p className={styles['hint']}>{t('deeds.error.away')}</p>
    ) : (
      <Skeleton height={220} animate={false} />
    );
  }
  if (able.length === 0) return <p className={styles['hint']}>{t(`deeds.nowhere.${kind}`)}</p>;
  return <Fields kind={kind} about={about} able={able} drafted={draft} />;
};

const Fields = ({
  kind,
  about,
  able,
  drafted,
}: FormProps & {
  readonly able: readonly ConnectedSystem[];
  readonly drafted: Exclude<ReturnType<typeof useEscalationDraft>, 'loading'>;
}) => {
  const { t } = useTranslation();
  const codeText = useCodeText();
  const { contactId } = about;
  const fresh = (): WriteDraft => ({
    ...{ key: crypto.randomUUID(), connectionId: null, ticket: null, isPublic: false },
    subject:
      drafted?.subject ??
      firstText(codeText(about.code), t(`deeds.subject.${about.direction}`, { name: about.name })),
    body: drafted?.body ?? about.notes,
  });
  const [kept] = useState(() => keptWriting(kind, contactId));
  const [isRestored, setIsRestored] = useState(kept !== null);
  const [draft, setDraft] = useState<WriteDraft>(() => kept ?? fresh());
  const [error, setError] = useState<string | null>(null);
  const [sending, setSending] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const system =
    able.find(({ connectionId }) => connectionId === draft.connectionId) ?? firstOf(able, about);
  const items = system === undefined ? [] : itemsAt(about, system.connectionId);
  const ticket = items.find((item) => keyOf(item) === draft.ticket) ?? items[0];
  const isNote = kind === 'note';
  const change = (part: Partial<WriteDraft>): void => {
    const next = { ...draft, ...part };
    setDraft(next);
    setError(null);
    keepWriting(kind, contactId, next);
  };
  const discard = (): void => {
    dropWriting(kind, contactId);
    setDraft(fresh());
    setIsRestored(false);
    setError(null);
    announce(t('deeds.restored.discarded'));
    form.current?.querySelector<HTMLElement>('[data-autofocus]')?.focus();
  };

  const send = async (): Promise<void> => {
    if (sending || system === undefined || (isNote && ticket === undefined)) return;
    const subject = printable(draft.subject).trim();
    const body = printable(draft.body).trim();
    if (body === '' || (!isNote && subject === '')) {
      setError(t('deeds.error.empty'));
      form.current?.querySelector<HTMLElement>(body === '' ? 'textarea' : 'input')?.focus();
      return;
    }
    setSending(true);
    const { connectionId } = system;
    const { key, isPublic } = draft;
    // Whatever becomes of the answer: sent again, it is the same thing to the same place, and stands there once.
    const asSent = { ...draft, connectionId, ticket: ticket === undefined ? null : keyOf(ticket) };
    setDraft(asSent);
    keepWriting(kind, contactId, asSent);
    flushWriting();
    const where = { contactId, key, connectionId };
    const answer: Result<DeedView, Refusal> =
      isNote && ticket !== undefined
        ? await ask('deeds.note', {
            ...where,
            ...{ ticket: { type: ticket.type, id: ticket.id }, text: body, isPublic },
          })
        : await ask(kind === 'ticket' ? 'deeds.ticket' : 'deeds.escalate', {
            ...{ ...where, subject, body },
          });
    setSending(false);
    if (!answer.ok) {
      const { code } = answer.why;
      if (code === 'conflict') {
        // It was taken before, in other words than these: what stands here now is another matter.
        change({ key: crypto.randomUUID() });
        wrote();
        setError(t('deeds.error.taken'));
        return;
      }
      setError(t(code === 'backend_away' ? 'deeds.error.away' : `refusal.${code}`));
      return;
    }
    dropWriting(kind, contactId);
    wrote();
    tellWhatBecame(answer.value);
    closeWriting();
  };
  const tellWhatBecame = ({ state, why, reference, connection }: DeedView): void => {
    const named = { system: connection, reference: reference ?? '' };
    if (state === 'dead') {
      const reason = why === undefined ? '' : t(`connections.why.${why}`);
      giveNotice({ tone: 'error', text: t('deeds.sent.dead', named), detail: reason });
      return;
    }
    const isThere = state === 'done';
    const text = t(
      isThere ? (reference === null ? 'deeds.sent.done' : 'deeds.sent.named') : 'deeds.sent.later',
      named,
    );
    giveNotice({ tone: 'info', text, detail: null });
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (!matchesChord(event.nativeEvent, sendChord)) return;
    // The desk has another use for this key.
    event.preventDefault();
    if (!event.repeat) void send();
  };

  return (
    <form
      ref={form}
      className={styles['form']}
      noValidate
      onKeyDown={onKeyDown}
      onSubmit={(event) => {
        event.preventDefault();
        void send();
      }}
    >
      {about.name === '' ? null : <p className={styles['for']}>{about.name}</p>}
      {isRestored ? <Restored onDiscard={discard} /> : null}
      <NativeSelect
        label={t('deeds.system')}
        value={system?.connectionId ?? ''}
        data={able.map(({ connectionId, name }) => ({ value: connectionId, label: name }))}
        onChange={(event) => {
          change({ connectionId: event.currentTarget.value, ticket: null });
        }}
      />
      {isNote && ticket !== undefined ? (
        <NativeSelect
          label={t('deeds.ticket')}
          value={keyOf(ticket)}
          data={items.map((item) => ({
            value: keyOf(item),
            label: [item.reference, item.title, item.isOpen ? '' : t('elsewhere.closed')]
              .filter((part) => part !== '')
              .join(' · '),
          }))}
          onChange={(event) => {
            change({ ticket: event.currentTarget.value });
          }}
        />
      ) : null}
      {isNote ? null : (
        <TextInput
          data-autofocus
          label={t('deeds.subjectLabel')}
          value={draft.subject}
          maxLength={longestSubject}
          autoComplete="off"
          onChange={(event) => {
            change({ subject: event.currentTarget.value });
          }}
        />
      )}
      <Textarea
        {...(isNote ? { 'data-autofocus': true } : {})}
        label={t(`deeds.body.${kind}`)}
        value={draft.body}
        maxLength={longestBody}
        autosize
        minRows={4}
        maxRows={12}
        onChange={(event) => {
          change({ body: event.currentTarget.value });
        }}
      />
      {isNote ? (
        <Switch
          label={t('deeds.isPublic')}
          checked={draft.isPublic}
          onChange={(event) => {
            change({ isPublic: event.currentTarget.checked });
          }}
        />
      ) : null}
      {drafted !== null && drafted.links.length > 0 ? (
        <p className={styles['links']}>
          {t('deeds.withLinks', { links: drafted.links.map(({ title }) => title).join(', ') })}
        </p>
      ) : null}
      {kind === 'escalation' ? (
        <p className={styles['hint']}>{t('deeds.readIt', { system: system?.name ?? '' })}</p>
      ) : null}
      {kind === 'escalation' && system?.escalatesForCustomer === true ? (
        <p className={styles['hint']}>{t('deeds.forCustomer', { system: system.name })}</p>
      ) : null}
      {kind === 'escalation' && drafted === null ? (
        <p className={styles['hint']}>{t('deeds.notDrafted')}</p>
      ) : null}
      {error === null ? null : (
        <p className={styles['error']} role="alert">
          {error}
        </p>
      )}
      <div className={styles['buttons']}>
        <Button variant="light" color="not-ready" onClick={closeWriting}>
          {t('common.cancel')}
        </Button>
        <ActionButton
          label={t(`deeds.send.${kind}`)}
          chord={sendChord}
          color="brand"
          variant="filled"
          loading={sending}
          onClick={() => void send()}
        />
      </div>
    </form>
  );
};

/** What stands here was typed before. */
const Restored = ({ onDiscard }: { readonly onDiscard: () => void }) => {
  const { t } = useTranslation();
  return (
    <div className={styles['restored']}>
      <p role="status">{t('deeds.restored.word')}</p>
      <Button variant="subtle" color="not-ready" size="compact-sm" onClick={onDiscard}>
        {t('deeds.restored.discard')}
      </Button>
    </div>
  );
};
