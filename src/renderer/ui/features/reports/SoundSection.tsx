import IconActivity from '@tabler/icons-react/dist/esm/icons/IconActivity.mjs';
import { useTranslation } from 'react-i18next';
import type { VerdictWeeks } from '../../../../shared/api/line-quality.ts';
import { EmptyState } from '../../components/EmptyState.tsx';
import { useLocale } from '../../i18n/use-locale.ts';
import { ask } from '../../state/orders.ts';
import { badOf, groupedBy } from '../line/verdict-weeks.ts';
import { blamed, VerdictChart } from '../line/VerdictChart.tsx';
import { NotHere } from './NotHere.tsx';
import { shareText } from './report-words.ts';
import styles from './Reports.module.css';
import { useAsked } from '../../state/use-asked.ts';

/** How calls were heard, and whose fault the bad ones were: by week, and by agent. */
export const SoundSection = ({ from, to }: { readonly from: number; readonly to: number }) => {
  const [asked, again] = useAsked(`${String(from)} ${String(to)}`, () =>
    ask('line.team', { from, to }),
  );
  if (asked.state !== 'here') {
    return <NotHere state={asked.state === 'loading' ? 'loading' : 'away'} onRetry={again} />;
  }
  return <Sound lines={asked.value.lines} />;
};

const Sound = ({ lines }: { readonly lines: VerdictWeeks['lines'] }) => {
  const { t } = useTranslation();
  const locale = useLocale();
  const agents = groupedBy(lines, ({ agentId, name }) => [agentId, name]);
  if (agents.length === 0) {
    return <EmptyState icon={<IconActivity size={32} stroke={1.5} />} title={t('verdict.none')} />;
  }
  const title = t('reports.sections.sound');
  return (
    <section className={styles['part']}>
      <h2 className={styles['heading']}>{title}</h2>
      <p className={styles['about']}>{t('verdict.how')}</p>
      <VerdictChart lines={lines} />
      <div className={styles['scroll']} tabIndex={0} role="region" aria-label={title}>
        <table className={styles['table']}>
          <caption className="rs-hidden">{title}</caption>
          <thead>
            <tr>
              <th scope="col" className={styles['first']}>
                {t('reports.subjects.agent')}
              </th>
              <th scope="col">{t('verdict.calls')}</th>
              <th scope="col">{t('verdict.badShare')}</th>
              {blamed.map((each) => (
                <th key={each} scope="col" className={styles['cause']}>
                  {t(`verdict.name.${each}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {agents.map((agent) => (
              <tr key={agent.key}>
                <th scope="row" className={styles['first']}>
                  {agent.name}
                </th>
                <td>{agent.calls}</td>
                <td>{shareText(badOf(agent) / agent.calls, locale)}</td>
                {blamed.map((each) => (
                  <td key={each}>{agent.counts[each]}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
};
