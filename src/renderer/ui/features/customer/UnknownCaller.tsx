import { Button, TextInput } from '@mantine/core';
import IconUserPlus from '@tabler/icons-react/dist/esm/icons/IconUserPlus.mjs';
import { useState, type SubmitEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { firstText } from '../../i18n/formats.ts';
import { order } from '../../state/orders.ts';
import { useNumberText } from '../../state/use-number-text.ts';
import type { Work } from '../../state/work.ts';
import { linkCustomer } from './customer-orders.ts';
import { CustomerSearch } from './CustomerSearch.tsx';
import styles from './UnknownCaller.module.css';

/** Nobody has this number: find who it is, or write down somebody new. */
export const UnknownCaller = ({
  work,
  contactId,
}: {
  readonly work: Work;
  readonly contactId: string;
}) => {
  const { t } = useTranslation();
  const number = firstText(work.card?.remoteNumber, work.remote.number);
  const numberText = useNumberText();
  const [name, setName] = useState(firstText(work.card?.remoteName, work.remote.name));
  const [company, setCompany] = useState('');
  const [sending, setSending] = useState(false);

  const create = async (event: SubmitEvent): Promise<void> => {
    event.preventDefault();
    if (name.trim() === '') return;
    setSending(true);
    await order('customers.create', {
      name: name.trim(),
      ...(company.trim() === '' ? {} : { company: company.trim() }),
      number,
      contactId,
    });
    setSending(false);
  };

  return (
    <div className={styles['unknown']}>
      <h2 className={styles['title']}>{t('match.unknownTitle')}</h2>
      <p className={styles['text']}>
        {number === '' ? t('match.hiddenText') : t('match.unknownText')}
      </p>
      <CustomerSearch
        label={t('match.link')}
        onChoose={(customer) => void linkCustomer(contactId, customer.id, customer.name)}
      />
      {number === '' ? null : (
        <form className={styles['form']} onSubmit={(event) => void create(event)}>
          <h3 className={styles['heading']}>{t('match.create')}</h3>
          <TextInput
            label={t('customer.name')}
            value={name}
            maxLength={128}
            required
            withAsterisk={false}
            onChange={(event) => {
              setName(event.currentTarget.value);
            }}
          />
          <TextInput
            label={t('customer.company')}
            value={company}
            maxLength={128}
            onChange={(event) => {
              setCompany(event.currentTarget.value);
            }}
          />
          <p className={styles['number']}>{numberText(number)}</p>
          <Button
            type="submit"
            variant="light"
            leftSection={<IconUserPlus size={16} />}
            loading={sending}
            disabled={name.trim() === ''}
          >
            {t('match.createButton')}
          </Button>
        </form>
      )}
    </div>
  );
};
