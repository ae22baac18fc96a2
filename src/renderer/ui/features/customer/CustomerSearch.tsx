import { TextInput } from '@mantine/core';
import IconSearch from '@tabler/icons-react/dist/esm/icons/IconSearch.mjs';
import { useEffect, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CustomerSummary } from '../../../../shared/api/records.ts';
import { ask } from '../../state/orders.ts';
import { CustomerOption } from './CustomerOption.tsx';
import styles from './CustomerSearch.module.css';

const settleMs = 150;

type Found =
  | { readonly state: 'none' }
  | { readonly state: 'found'; readonly customers: readonly CustomerSummary[] }
  | { readonly state: 'away' };

/** Finds customers by name, company or number as it is typed. */
export const CustomerSearch = ({
  label,
  fieldId,
  onChoose,
}: {
  readonly label: string;
  readonly fieldId?: string;
  readonly onChoose: (customer: CustomerSummary) => void;
}) => {
  const { t } = useTranslation();
  const ownId = useId();
  const [text, setText] = useState('');
  const [found, setFound] = useState<Found>({ state: 'none' });
  const wanted = text.trim();
  useEffect(() => {
    if (wanted === '') return;
    let current = true;
    const timer = setTimeout(() => {
      void ask('customers.search', { text: wanted }).then((answer) => {
        if (!current) return;
        setFound(answer.ok ? { state: 'found', customers: answer.value } : { state: 'away' });
      });
    }, settleMs);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [wanted]);
  const shown: Found = wanted === '' ? { state: 'none' } : found;

  return (
    <div className={styles['search']}>
      <TextInput
        id={fieldId ?? ownId}
        label={label}
        placeholder={t('customer.searchHint')}
        leftSection={<IconSearch size={16} />}
        value={text}
        maxLength={128}
        autoComplete="off"
        spellCheck={false}
        onChange={(event) => {
          setText(event.currentTarget.value);
        }}
      />
      <p className="rs-hidden" role="status">
        {shown.state === 'found' ? t('customer.found', { count: shown.customers.length }) : ''}
      </p>
      {shown.state === 'away' ? <p className={styles['none']}>{t('customer.searchAway')}</p> : null}
      {shown.state === 'found' && shown.customers.length === 0 ? (
        <p className={styles['none']}>{t('customer.nobody', { text: wanted })}</p>
      ) : null}
      {shown.state === 'found' ? (
        <ul className={styles['list']}>
          {shown.customers.map((customer) => (
            <li key={customer.id}>
              <CustomerOption
                customer={customer}
                chord={null}
                onChoose={() => {
                  setText('');
                  onChoose(customer);
                }}
              />
            </li>
          ))}
        </ul>
      ) : null}
    </div>
  );
};
