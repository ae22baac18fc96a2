import { useTranslation } from 'react-i18next';
import { durationText } from '../../i18n/formats.ts';
import { asksAboutCustomer } from '../../state/colleague.ts';
import { useNow } from '../../state/use-now.ts';
import type { Work } from '../../state/work.ts';

/** How long the caller has waited: since the queue took them, else, and for a colleague, since it rings here. */
export const Waited = ({ work }: { readonly work: Work }) => {
  const { t } = useTranslation();
  const now = useNow('second');
  const queuedAt = asksAboutCustomer(work) ? null : work.card?.queuedAt;
  const since = queuedAt ?? work.facts[0]?.at ?? now;
  return (
    <span className="rs-figures">
      {t('call.waited', { time: durationText(Math.max(0, now - since)) })}
    </span>
  );
};
