import { useTranslation } from 'react-i18next';
import { ask } from '../../state/orders.ts';
import { useAsked } from '../../state/use-asked.ts';
import { badOf, groupedBy } from './verdict-weeks.ts';
import { VerdictChart } from './VerdictChart.tsx';

/** How the agent's own calls were heard in the last weeks; nothing where nothing was told. */
export const OwnVerdicts = ({
  headingClass,
  textClass,
}: {
  readonly headingClass: string | undefined;
  readonly textClass: string | undefined;
}) => {
  const { t } = useTranslation();
  const [asked] = useAsked('mine', () => ask('line.mine', null));
  if (asked.state !== 'here') return null;
  const [all] = groupedBy(asked.value.lines, () => ['', '']);
  if (all === undefined || all.calls === 0) return null;
  return (
    <section aria-labelledby="own-verdicts">
      <h2 id="own-verdicts" className={headingClass}>
        {t('verdict.ownTitle')}
      </h2>
      <p className={textClass}>{t('verdict.ownAbout', { count: all.calls, bad: badOf(all) })}</p>
      <VerdictChart lines={asked.value.lines} />
    </section>
  );
};
