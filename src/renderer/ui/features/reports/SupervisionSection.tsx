import { Button } from '@mantine/core';
import IconHeadset from '@tabler/icons-react/dist/esm/icons/IconHeadset.mjs';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { JoinRecord } from '../../../../shared/api/supervision.ts';
import { serverNow } from '../../bridge/clock.ts';
import { moveByArrows } from '../../components/arrow-rows.ts';
import { EmptyState } from '../../components/EmptyState.tsx';
import { Tag } from '../../components/Tag.tsx';
import { dateTimeText, durationText } from '../../i18n/formats.ts';
import { listFormat } from '../../i18n/formatters.ts';
import { useLocale } from '../../i18n/use-locale.ts';
import { ask } from '../../state/orders.ts';
import { useQueueText } from '../../state/use-contact-text.ts';
import { show } from '../../state/view-store.ts';
import { NotHere } from './NotHere.tsx';
import styles from './Reports.module.css';
import { useAsked } from '../../state/use-asked.ts';

/** Every time that a supervisor was on somebody's call. */
export const SupervisionSection = ({
  from,
  to,
}: {
  readonly from: number;
  readonly to: number;
}) => {
  const { t } = useTranslation();
  const [asked, again] = useAsked(`${String(from)} ${String(to)}`, () =>
    ask('reports.joins', { from, to }),
  );
  const [added, setAdded] = useState<{
    readonly behind: string;
    readonly joins: readonly JoinRecord[];
    readonly more: boolean;
  } | null>(null);
  if (asked.state !== 'here') {
    return <NotHere state={asked.state === 'loading' ? 'loading' : 'away'} onRetry={again} />;
  }
  const first = asked.value;
  // What was added belongs to another range, or to a list that has been read anew.
  const behind = first.joins.at(-1)?.joinId ?? '';
  const further = added?.behind === behind ? added : null;
  const joins = [...first.joins, ...(further?.joins ?? [])];
  const hasMore = further?.more ?? first.more;
  const more = async (): Promise<void> => {
    const last = joins.at(-1);
    if (last === undefined) return;
    const answer = await ask('reports.joins', { from, to, before: last.joinId });
    if (!answer.ok) return;
    setAdded({
      behind,
      joins: [...(further?.joins ?? []), ...answer.value.joins],
      more: answer.value.more,
    });
  };
  if (joins.length === 0) {
    return (
      <EmptyState
        icon={<IconHeadset size={32} stroke={1.5} />}
        title={t('reports.joins.none')}
        text={t('reports.joins.about')}
      />
    );
  }
  const title = t('reports.sections.supervision');
  return (
    <section className={styles['part']} aria-label={title}>
      <h2 className={styles['heading']}>{title}</h2>
      <p className={styles['about']}>{t('reports.joins.about')}</p>
      <ul className={styles['contacts']} onKeyDown={moveByArrows}>
        {joins.map((join) => (
          <Join key={join.joinId} join={join} />
        ))}
      </ul>
      {hasMore ? (
        <div className={styles['more']}>
          <Button variant="light" color="not-ready" onClick={() => void more()}>
            {t('reports.more')}
          </Button>
        </div>
      ) : null}
    </section>
  );
};

const Join = ({ join }: { readonly join: JoinRecord }) => {
  const { t } = useTranslation();
  const locale = useLocale();
  const queueText = useQueueText();
  const { supervisor, agents, contactId, queue, startedAt, endedAt, modes, covert, agentSees } =
    join;
  const used = [...new Set(modes.map(({ mode }) => mode))].map((mode) =>
    t(`reports.joins.mode.${mode}`),
  );
  const words = (
    <>
      <span className={styles['who']}>
        <strong>
          {t('reports.joins.who', {
            supervisor: supervisor.name,
            agents: listFormat(locale).format(agents.map(({ name }) => name)),
          })}
        </strong>
        <span>
          {[
            dateTimeText(startedAt, locale),
            queueText(queue),
            used.length === 0 ? t('reports.joins.neverHeard') : used.join(', '),
            t(`reports.joins.sees.${agentSees}`),
          ]
            .filter((part) => part !== null && part !== '')
            .join(' · ')}
        </span>
      </span>
      {covert ? <Tag tone="wrap-up">{t('reports.joins.covert')}</Tag> : null}
      <span className={styles['took']}>
        <span>{t(endedAt === null ? 'reports.joins.running' : 'reports.joins.lasted')}</span>
        <strong>{durationText((endedAt ?? serverNow()) - startedAt)}</strong>
      </span>
    </>
  );
  return (
    <li>
      {contactId === null ? (
        <div className={styles['contact']}>{words}</div>
      ) : (
        <button
          type="button"
          data-row
          className={styles['contact']}
          onClick={() => {
            show({ kind: 'contact', contactId, from: 'reports' });
          }}
        >
          {words}
        </button>
      )}
    </li>
  );
};
