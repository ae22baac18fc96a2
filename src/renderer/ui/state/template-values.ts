import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import type { Label } from '../../../shared/api/records.ts';
import {
  fillText,
  type FilledTemplate,
  type TemplateValues,
  type TemplateVariable,
} from '../../../shared/domain/template/template.ts';
import { serverNow } from '../bridge/clock.ts';
import { useDesk } from '../bridge/desk-store.ts';
import { dateFormat } from '../i18n/formatters.ts';
import { timeText } from '../i18n/formats.ts';
import type { Language } from '../i18n/i18n.ts';
import { localeOf, useLanguage } from '../i18n/use-locale.ts';
import { useQueueText } from './use-contact-text.ts';
import { customerOf } from './verification.ts';
import type { Work } from './work.ts';

const isLanguage = (language: string): language is Language =>
  language === 'en' || language === 'es' || language === 'pt';

/** What an agent reads aloud is in the customer's language where there are words in it, else in the agent's. */
export const useSpokenLanguage = (work: Work): Language => {
  const own = useLanguage();
  const spoken = (customerOf(work)?.language ?? '').split('-')[0] ?? '';
  return isLanguage(spoken) ? spoken : own;
};

const variableKeys = {
  'customer.name': 'customer_name',
  'customer.company': 'customer_company',
  'customer.city': 'customer_city',
  'customer.email': 'customer_email',
  'agent.name': 'agent_name',
  'call.number': 'call_number',
  'call.queue': 'call_queue',
  'call.date': 'call_date',
  'call.time': 'call_time',
  'contact.id': 'contact_id',
  'ticket.reference': 'ticket_reference',
} as const satisfies Record<TemplateVariable, string>;

/** What stands for a value that nobody knows. */
export const variableName =
  (t: TFunction, language: Language) =>
  (name: TemplateVariable): string =>
    t(`guidance.variable.${variableKeys[name]}`, { lng: language });

const ticketOf = (work: Work): string =>
  customerOf(work)?.tickets.find(({ status }) => status !== 'solved')?.reference ?? '';

/** Fills a text for a call, in one language. */
export const useFilled = (work: Work, language: Language): ((text: Label) => FilledTemplate) => {
  const { t } = useTranslation();
  const queueText = useQueueText();
  const agentName = useDesk(({ session }) =>
    session.state === 'signed_in' ? session.user.name : '',
  );
  return (text) => {
    const customer = customerOf(work);
    const locale = localeOf(language);
    const now = serverNow();
    const values: TemplateValues = {
      'customer.name': customer?.name ?? '',
      'customer.company': customer?.company ?? '',
      'customer.city': customer?.city ?? '',
      'customer.email': customer?.email ?? '',
      'agent.name': agentName,
      'call.number': work.card?.displayNumber ?? work.remote.number,
      'call.queue': queueText(work.queue) ?? '',
      'call.date': dateFormat(locale, { dateStyle: 'long' }).format(now),
      'call.time': timeText(now, locale),
      'contact.id': work.card?.contactId ?? '',
      'ticket.reference': ticketOf(work),
    };
    return fillText(text[language] || text.en, values, variableName(t, language));
  };
};
