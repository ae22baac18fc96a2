import { useTranslation } from 'react-i18next';
import type { CustomerSummary } from '../../../../shared/api/records.ts';
import { matchChord } from '../../state/chords.ts';
import type { Work } from '../../state/work.ts';
import { CustomerOption } from './CustomerOption.tsx';
import { linkCustomer } from './customer-orders.ts';
import { CustomerSearch } from './CustomerSearch.tsx';
import styles from './CandidateList.module.css';

/** How many can be chosen with a key. */
const keys = 9;

/** More than one customer it could be, or one it might be: the agent decides, with one key. */
export const CandidateList = ({
  work,
  kind,
  customers,
}: {
  readonly work: Work;
  readonly kind: 'several' | 'maybe';
  readonly customers: readonly CustomerSummary[];
}) => {
  const { t } = useTranslation();
  const contactId = work.card?.contactId;
  return (
    <div className={styles['candidates']}>
      <h2 className={styles['title']}>{t(`match.${kind}Title`, { count: customers.length })}</h2>
      <p className={styles['text']}>{t(`match.${kind}Text`)}</p>
      <ul className={styles['list']}>
        {customers.map((customer, index) => (
          <li key={customer.id}>
            <CustomerOption
              customer={customer}
              chord={index < keys ? matchChord(index) : null}
              onChoose={() => {
                if (contactId !== undefined) {
                  void linkCustomer(contactId, customer.id, customer.name);
                }
              }}
            />
          </li>
        ))}
      </ul>
      {contactId === undefined ? null : (
        <CustomerSearch
          label={t('match.somebodyElse')}
          onChoose={(customer) => void linkCustomer(contactId, customer.id, customer.name)}
        />
      )}
    </div>
  );
};
