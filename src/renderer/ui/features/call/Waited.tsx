import { useTranslation } from 'react-i18next';
import type { ContactCard } from '../../../../shared/api/records.ts';
import type { LedgerFact } from '../../../../shared/domain/handle-time/fact.ts';
import { durationText } from '../../i18n/formats.ts';
import { useNow } from '../../state/use-now.ts';

/** How long the caller has waited: since the queue took them, else since it rings here. */
export const Waited = ({
  card,
  facts,
}: {
  readonly card: ContactCard | null;
  readonly facts: readonly LedgerFact[];
}) => {
  const { t } = useTranslation();
  const now = useNow('second');
  const since = card?.queuedAt ?? facts[0]?.at ?? now;
  return (
    <span className="rs-figures">
      {t('call.waited', { time: durationText(Math.max(0, now - since)) })}
    </span>
  );
};
