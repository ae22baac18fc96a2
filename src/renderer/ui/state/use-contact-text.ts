import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import type { ContactSummary } from '../../../shared/api/records.ts';
import { endSide } from './end-side.ts';
import { useDesk } from '../bridge/desk-store.ts';
import type { ContactText } from '../components/ContactLine.tsx';
import { durationText, pastText } from '../i18n/formats.ts';
import { useLabel, useLocale } from '../i18n/use-locale.ts';
import { useMissText } from './use-miss-text.ts';

/** The words of wrap-up codes and queues, by their code and name. */
export const useCodeText = (): ((code: string | null) => string | null) => {
  const label = useLabel();
  const session = useDesk((desk) => desk.session);
  return (code) => {
    if (code === null) return null;
    const known =
      session.state === 'signed_in'
        ? session.wrapUpCodes.find((found) => found.code === code)
        : undefined;
    return known === undefined ? code : label(known.label);
  };
};

export const useQueueText = (): ((queue: string | null) => string | null) => {
  const label = useLabel();
  const session = useDesk((desk) => desk.session);
  return (queue) => {
    if (queue === null) return null;
    const known =
      session.state === 'signed_in'
        ? session.queues.find((found) => found.name === queue)
        : undefined;
    return known === undefined ? queue : label(known.label);
  };
};

/** How a call came to nothing, in words; empty: it did not, or nobody told. */
const endedText = (
  contact: ContactSummary,
  t: TFunction,
  missText: ReturnType<typeof useMissText>,
): string => {
  const { direction, missed, outcome, miss } = contact;
  if (missed === true && miss !== undefined) return missText(miss);
  if (outcome === undefined || outcome === null || outcome === 'completed') return '';
  const words = t(`end.${outcome}.${endSide(direction, outcome)}`);
  return missed === true ? `${t('history.missed')}: ${words}` : words;
};

/** A past contact in words, for the lines of lists. */
export const useContactText = (): ((contact: ContactSummary, now: number) => ContactText) => {
  const { t } = useTranslation();
  const locale = useLocale();
  const codeText = useCodeText();
  const queueText = useQueueText();
  const missText = useMissText();
  return (contact, now) => ({
    direction: t(contact.direction === 'inbound' ? 'call.inbound' : 'call.outbound'),
    title:
      contact.who === ''
        ? t('call.anonymous')
        : (contact.who ?? codeText(contact.code) ?? t('contact.noCode')),
    when: pastText(contact.startedAt, now, locale),
    about: [
      contact.who === undefined ? null : codeText(contact.code),
      queueText(contact.queue),
      contact.agentName,
      contact.handleMs === null ? null : durationText(contact.handleMs),
    ]
      .filter((part) => part !== null)
      .join(' · '),
    notes: contact.notes === '' ? (contact.miss?.note ?? '') : contact.notes,
    recorded: t('contact.recorded'),
    ended: endedText(contact, t, missText),
  });
};
