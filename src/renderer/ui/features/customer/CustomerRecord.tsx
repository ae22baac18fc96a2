import IconMail from '@tabler/icons-react/dist/esm/icons/IconMail.mjs';
import IconMapPin from '@tabler/icons-react/dist/esm/icons/IconMapPin.mjs';
import IconMessageLanguage from '@tabler/icons-react/dist/esm/icons/IconLanguage.mjs';
import IconPhone from '@tabler/icons-react/dist/esm/icons/IconPhone.mjs';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Customer } from '../../../../shared/api/records.ts';
import { serverNow } from '../../bridge/clock.ts';
import { ContactLine } from '../../components/ContactLine.tsx';
import { Monogram } from '../../components/Monogram.tsx';
import { Tag } from '../../components/Tag.tsx';
import { countryText, monthText } from '../../i18n/formats.ts';
import { displayNames } from '../../i18n/formatters.ts';
import { useLocale } from '../../i18n/use-locale.ts';
import { useContactText } from '../../state/use-contact-text.ts';
import { useNumberText } from '../../state/use-number-text.ts';
import { show } from '../../state/view-store.ts';
import type { Verification } from '../../state/verification.ts';
import { FailedVerifications, VerificationWord } from '../guidance/VerificationWord.tsx';
import { CallBacksAbout } from '../call-backs/CallBacksAbout.tsx';
import { FavouriteStar } from '../people/FavouriteStar.tsx';
import styles from './CustomerRecord.module.css';
import { LocalTime } from './LocalTime.tsx';
import { TicketList } from './TicketList.tsx';

/** All that is known of a customer; what is open first. */
export const CustomerRecord = ({
  customer,
  beside,
  verification = null,
}: {
  readonly customer: Customer;
  /** What else is open of theirs, behind the tickets. */
  readonly beside?: ReactNode;
  /** In a call that asks for it; null: nobody is asked who they are. */
  readonly verification?: Verification | null;
}) => {
  const { t } = useTranslation();
  const locale = useLocale();
  const contactText = useContactText();
  const numberText = useNumberText();
  const language = displayNames(locale, 'language');
  const now = serverNow();
  return (
    <div className={styles['record']}>
      <header className={styles['head']}>
        <Monogram name={customer.name} size="large" />
        <div className={styles['names']}>
          <h2 className={styles['name']}>{customer.name}</h2>
          {customer.company === '' ? null : <p className={styles['company']}>{customer.company}</p>}
          <p className={styles['since']}>
            {t('customer.since', { when: monthText(customer.since, locale) })}
          </p>
          <p className={styles['identity']}>
            {verification === null ? null : <VerificationWord verification={verification} />}
            <FailedVerifications failed={customer.verifications?.failed} />
          </p>
        </div>
      </header>
      {customer.tags.length === 0 ? null : (
        <p className={styles['tags']}>
          {customer.tags.map((tag) => (
            <Tag key={tag} tone="engaged">
              {tag}
            </Tag>
          ))}
        </p>
      )}
      <TicketList tickets={customer.tickets} />
      {beside}
      <CallBacksAbout of={{ customerId: customer.id }} heading="h3" />
      {customer.notes === '' ? null : (
        <section className={styles['part']}>
          <h3 className={styles['title']}>{t('customer.notes')}</h3>
          <p className={styles['notes']}>{customer.notes}</p>
        </section>
      )}
      <section className={styles['part']}>
        <h3 className={styles['title']}>{t('customer.details')}</h3>
        <ul className={styles['details']}>
          {customer.city === '' && customer.country === '' ? null : (
            <li>
              <IconMapPin size={16} role="img" aria-label={t('customer.place')} />
              <span>
                {[customer.city, countryText(customer.country, locale)].filter(Boolean).join(', ')}
                <LocalTime place={customer} />
              </span>
            </li>
          )}
          {customer.numbers.map((number) => (
            <li key={number}>
              <IconPhone size={16} role="img" aria-label={t('customer.number')} />
              <span className={`${styles['number'] ?? ''} rs-figures`}>{numberText(number)}</span>
              <FavouriteStar kind="number" target={number} label={customer.name} small />
            </li>
          ))}
          {customer.email === '' ? null : (
            <li>
              <IconMail size={16} role="img" aria-label={t('customer.email')} />
              <span>{customer.email}</span>
            </li>
          )}
          <li>
            <IconMessageLanguage size={16} role="img" aria-label={t('customer.language')} />
            <span>{languageText(language, customer.language)}</span>
          </li>
        </ul>
      </section>
      <section className={styles['part']}>
        <h3 className={styles['title']}>{t('customer.timeline')}</h3>
        {customer.contacts.length === 0 ? (
          <p className={styles['none']}>{t('customer.noContacts')}</p>
        ) : (
          <ul className={styles['contacts']}>
            {customer.contacts.map((contact) => (
              <li key={contact.id}>
                <ContactLine
                  direction={contact.direction}
                  hasRecording={contact.hasRecording}
                  text={contactText(contact, now)}
                  onOpen={() => {
                    show({ kind: 'contact', contactId: contact.id });
                  }}
                />
              </li>
            ))}
          </ul>
        )}
      </section>
    </div>
  );
};

/** A record may carry a tag that is none (RFC 5646); it is shown as it stands. */
const languageText = (names: Intl.DisplayNames, tag: string): string => {
  try {
    return names.of(tag) ?? tag;
  } catch (error) {
    if (error instanceof RangeError) return tag;
    throw error;
  }
};
