import { useTranslation } from 'react-i18next';
import type { Leg } from '../../../../shared/api/records.ts';
import { SegmentBar } from '../../components/SegmentBar.tsx';
import { durationText } from '../../i18n/formats.ts';
import { useLocale } from '../../i18n/use-locale.ts';
import { useCodeText } from '../../state/use-contact-text.ts';
import styles from './LegPart.module.css';

/** To the second: a ledger is read against other clocks. */
const exactTime = (at: number, locale: string): string =>
  new Intl.DateTimeFormat(locale, { timeStyle: 'medium' }).format(at);

/** One agent's part: handle time with its segments, the code and the notes. */
export const LegPart = ({ leg }: { readonly leg: Leg }) => {
  const { t } = useTranslation();
  const locale = useLocale();
  const codeText = useCodeText();
  const parts = leg.segments.map((segment) => ({
    kind: segment.kind,
    ms: segment.endedAt === null ? 0 : segment.endedAt - segment.startedAt,
  }));
  const fullMs = parts.reduce((sum, part) => sum + part.ms, 0);
  const end = leg.facts.findLast((fact) => fact.kind === 'ended');
  return (
    <section className={styles['leg']} aria-label={leg.agent.name}>
      <header className={styles['head']}>
        <div>
          <p className={styles['figure']}>{durationText(leg.handleMs)}</p>
          <p className={styles['caption']}>
            {t('handleTime.title')} · {leg.agent.name}
          </p>
        </div>
        <p className={styles['formula']}>{t('handleTime.formula')}</p>
      </header>
      <SegmentBar
        parts={parts}
        fullMs={fullMs}
        label={t('handleTime.barPast', { time: durationText(leg.handleMs) })}
      />
      <table className={styles['table']}>
        <thead>
          <tr>
            <th scope="col">{t('contact.segment')}</th>
            <th scope="col">{t('contact.from')}</th>
            <th scope="col">{t('contact.to')}</th>
            <th scope="col" className={styles['number']}>
              {t('contact.length')}
            </th>
          </tr>
        </thead>
        <tbody>
          {leg.segments.map((segment) => (
            <tr key={segment.startedAt}>
              <td>
                <span className={styles['kind']} data-kind={segment.kind}>
                  {t(`handleTime.${segment.kind}`)}
                </span>
              </td>
              <td>{exactTime(segment.startedAt, locale)}</td>
              <td>{segment.endedAt === null ? '…' : exactTime(segment.endedAt, locale)}</td>
              <td className={styles['number']}>
                {segment.endedAt === null ? '…' : durationText(segment.endedAt - segment.startedAt)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <dl className={styles['facts']}>
        {end === undefined ? null : (
          <div>
            <dt>{t('contact.end')}</dt>
            <dd>{t(`end.${end.outcome}.${end.side}`)}</dd>
          </div>
        )}
        <div>
          <dt>{t('wrapUp.code')}</dt>
          <dd>{codeText(leg.code) ?? t('contact.noCode')}</dd>
        </div>
        {leg.notes === '' ? null : (
          <div>
            <dt>{t('wrapUp.notes')}</dt>
            <dd className={styles['notes']}>{leg.notes}</dd>
          </div>
        )}
      </dl>
    </section>
  );
};
