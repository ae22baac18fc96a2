import { useTranslation } from 'react-i18next';
import type { CallEnd } from '../../../../shared/domain/call/call.ts';
import { timeText } from '../../i18n/formats.ts';
import { useLocale } from '../../i18n/use-locale.ts';
import type { Work } from '../../state/work.ts';
import styles from './EndReason.module.css';

type Ended = CallEnd & { readonly at: number };

/** The end as the ledger has it: the phone may have forgotten the call already. */
export const endOf = (work: Work): Ended | null => {
  const fact = work.facts.findLast((found) => found.kind === 'ended');
  return fact === undefined
    ? null
    : {
        side: fact.side,
        outcome: fact.outcome,
        sipCode: fact.sipCode,
        cause: fact.cause,
        ...(fact.rejection === undefined ? {} : { rejection: fact.rejection }),
        at: fact.at,
      };
};

export const EndReason = ({ work }: { readonly work: Work }) => {
  const { t } = useTranslation();
  const locale = useLocale();
  const end = endOf(work);
  const untold = work.call?.state === 'ended' && !work.call.released;
  if (end === null) return null;
  return (
    <p className={styles['reason']}>
      <span className={styles['words']}>
        {end.rejection === undefined
          ? t(`end.${end.outcome}.${end.side}`)
          : t(`end.rejection.${end.rejection}`)}
      </span>
      <span className={styles['at']}>
        {timeText(end.at, locale)}
        {end.sipCode === null || end.outcome === 'completed' ? '' : ` · SIP ${end.sipCode}`}
      </span>
      {untold ? <span className={styles['untold']}>{t('end.unreleased')}</span> : null}
    </p>
  );
};
