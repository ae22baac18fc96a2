import IconPhoneX from '@tabler/icons-react/dist/esm/icons/IconPhoneX.mjs';
import { useTranslation } from 'react-i18next';
import type { ReportSheet } from '../../../../shared/api/report-sheet.ts';
import { missedCauses } from '../../../../shared/domain/missed/missed.ts';
import { EmptyState } from '../../components/EmptyState.tsx';
import { openDrill } from '../../state/reports-store.ts';
import styles from './Reports.module.css';
import { useRowName } from './use-row-name.ts';

/** Offers that nobody took, by what they were due to. */
export const MissedSection = ({ sheet }: { readonly sheet: ReportSheet }) => {
  const { t } = useTranslation();
  const rowName = useRowName();
  const { by, from, to } = sheet;
  const rows = sheet.rows.filter(({ now }) => (now.missed ?? 0) > 0);
  const causes = missedCauses.filter((cause) =>
    rows.some(({ missedByCause }) => (missedByCause[cause] ?? 0) > 0),
  );
  if (rows.length === 0) {
    return (
      <EmptyState
        icon={<IconPhoneX size={32} stroke={1.5} />}
        title={t(by === 'code' ? 'reports.missedNotByCode' : 'reports.noneMissed')}
      />
    );
  }
  const title = t('reports.missedTitle');
  return (
    <section className={styles['part']} aria-label={title}>
      <h2 className={styles['heading']}>{title}</h2>
      <p className={styles['about']}>{t('reports.missedAbout')}</p>
      <div className={styles['scroll']} tabIndex={0} role="region" aria-label={title}>
        <table className={styles['table']}>
          <caption className="rs-hidden">{title}</caption>
          <thead>
            <tr>
              <th scope="col" className={styles['first']}>
                {t(`reports.subjects.${by}`)}
              </th>
              <th scope="col">{t('reportFigure.missed.name')}</th>
              <th scope="col">{t('reportFigure.missedCounted.name')}</th>
              {causes.map((cause) => (
                <th key={cause} scope="col" className={styles['cause']}>
                  {t(`missed.cause.${cause}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ key, name, now, missedByCause }) => {
              const line = rowName(by, key, name);
              return (
                <tr key={key}>
                  <th scope="row" className={styles['first']}>
                    {line}
                  </th>
                  <td>{now.missed}</td>
                  <td>{now.missedCounted}</td>
                  {causes.map((cause) => {
                    const count = missedByCause[cause] ?? 0;
                    return (
                      <td key={cause}>
                        {count === 0 ? (
                          0
                        ) : (
                          <button
                            type="button"
                            className={styles['figure']}
                            aria-label={t('reports.contactsOf', {
                              ...{ name: t(`missed.cause.${cause}`), line, value: count },
                            })}
                            onClick={() => {
                              openDrill({ figure: 'missed', key, name: line, from, to, cause });
                            }}
                          >
                            {count}
                          </button>
                        )}
                      </td>
                    );
                  })}
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
    </section>
  );
};
