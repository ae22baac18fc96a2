import { ActionIcon } from '@mantine/core';
import IconAddressBook from '@tabler/icons-react/dist/esm/icons/IconAddressBook.mjs';
import IconX from '@tabler/icons-react/dist/esm/icons/IconX.mjs';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Customer } from '../../../../shared/api/records.ts';
import { EmptyState } from '../../components/EmptyState.tsx';
import { aboutCustomer } from '../../state/call-back-store.ts';
import { order } from '../../state/orders.ts';
import { change, useView } from '../../state/view-store.ts';
import { ScheduleButton } from '../call-backs/ScheduleButton.tsx';
import { CustomerRecord } from './CustomerRecord.tsx';
import { CustomerSearch } from './CustomerSearch.tsx';
import styles from './FoundCustomer.module.css';
import { searchFieldId } from './search-field.ts';

/** Between calls: look a customer up. `searchOnly` leaves the place below the search to somebody else. */
export const FoundCustomer = ({ searchOnly }: { readonly searchOnly: boolean }) => {
  const { t } = useTranslation();
  const customerId = useView((view) => view.openCustomerId);
  const [customer, setCustomer] = useState<Customer | null>(null);
  useEffect(() => {
    if (customerId === null) return;
    let current = true;
    void order('customers.open', { customerId }).then((answer) => {
      if (current) setCustomer(answer.ok ? answer.value : null);
    });
    return () => {
      current = false;
    };
  }, [customerId]);
  const shown = customer !== null && customer.id === customerId ? customer : null;
  return (
    <>
      <div className={styles['search']}>
        <CustomerSearch
          label={t('customer.search')}
          fieldId={searchFieldId}
          onChoose={({ id }) => {
            change({ openCustomerId: id });
          }}
        />
      </div>
      {searchOnly ? null : shown === null ? (
        <EmptyState
          icon={<IconAddressBook size={32} stroke={1.5} />}
          title={t('customer.emptyTitle')}
          text={t('customer.emptyText')}
        />
      ) : (
        <div className={styles['found']}>
          <span className={styles['close']}>
            <ActionIcon
              aria-label={t('common.close')}
              onClick={() => {
                change({ openCustomerId: null });
              }}
            >
              <IconX size={16} />
            </ActionIcon>
          </span>
          <CustomerRecord customer={shown} />
          <ScheduleButton about={aboutCustomer(shown)} />
        </div>
      )}
    </>
  );
};
