import { CloseButton } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { BoardAgent, BoardCall } from '../../../../shared/api/board.ts';
import type { FloorLimits } from '../../../../shared/domain/floor/attention.ts';
import { Tag } from '../../components/Tag.tsx';
import { ActionButton } from '../../components/ActionButton.tsx';
import { durationText, timeText } from '../../i18n/formats.ts';
import { useLocale } from '../../i18n/use-locale.ts';
import { useNow } from '../../state/use-now.ts';
import { show } from '../../state/view-store.ts';
import { AgentChecks } from '../shift-check/AgentChecks.tsx';
import { AgentActions } from './AgentActions.tsx';
import styles from './AgentPane.module.css';
import { Definition } from './Definition.tsx';
import { risksOfAgent } from './floor-view.ts';
import { RiskTags } from './RiskTags.tsx';
import { toneOfState, type FloorWords } from './use-floor-words.ts';

type Props = {
  readonly agent: BoardAgent;
  readonly limits: FloorLimits;
  readonly words: FloorWords;
  readonly onClose: () => void;
};

/** One agent: what is known now, and what can be done about it. */
export const AgentPane = ({ agent, limits, words, onClose }: Props) => {
  const { t } = useTranslation();
  const locale = useLocale();
  const now = useNow('second');
  const title = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    title.current?.focus();
  }, [agent.id]);
  const { state } = agent;
  const risks = risksOfAgent(agent, limits, now);
  return (
    <section
      className={styles['pane']}
      aria-label={agent.name}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || event.defaultPrevented) return;
        event.preventDefault();
        event.stopPropagation();
        onClose();
      }}
    >
      <header className={styles['head']}>
        <h2 ref={title} tabIndex={-1} className={styles['name']}>
          {agent.name}
        </h2>
        <CloseButton aria-label={t('common.close')} onClick={onClose} />
        <p className={styles['about']}>
          {[words.team(agent.team), t('agent.extension', { extension: agent.extension })]
            .filter(Boolean)
            .join(' · ')}
        </p>
      </header>
      <p className={styles['state']} data-tone={toneOfState[state.state]}>
        <strong>{t(`agent.state.${state.state}`)}</strong>
        {state.state === 'not_ready' ? <span>{words.reason(state.reason)}</span> : null}
        {state.state === 'offline' ? null : (
          <span className={styles['time']}>{durationText(now - agent.since)}</span>
        )}
      </p>
      {'next' in state && state.next.kind === 'not_ready' ? (
        <p className={styles['next']}>
          {t('agent.nextNotReady', { reason: words.reason(state.next.reason) })}
        </p>
      ) : null}
      {risks.length === 0 ? null : (
        <div className={styles['risks']}>
          <RiskTags agent={agent} risks={risks} now={now} words={words} />
        </div>
      )}
      {agent.calls.map((call) => (
        <Call key={call.callKey} call={call} agent={agent} now={now} words={words} />
      ))}
      <AgentActions agent={agent} />
      <dl className={styles['facts']}>
        <dt>{t('floor.queues')}</dt>
        <dd>{agent.queues.map(words.queue).join(', ') || t('common.none')}</dd>
        {agent.check === undefined ? null : (
          <>
            <dt>{t('check.floor')}</dt>
            <dd>
              {[
                timeText(agent.check.at, locale),
                t(`check.word.${agent.check.word}`),
                agent.check.first === null ? null : t(`check.finding.${agent.check.first}`),
              ]
                .filter((part) => part !== null)
                .join(' · ')}
            </dd>
          </>
        )}
      </dl>
      <AgentChecks key={agent.id} agentId={agent.id} />
    </section>
  );
};

const Call = ({
  call,
  agent,
  now,
  words,
}: {
  readonly call: BoardCall;
  readonly agent: BoardAgent;
  readonly now: number;
  readonly words: FloorWords;
}) => {
  const { t } = useTranslation();
  const { contactId } = call;
  const age = (at: number | null): string =>
    at === null ? t('common.none') : durationText(now - at);
  return (
    <article className={styles['call']}>
      <h3 className={styles['customer']}>
        {call.customer === '' ? t('call.anonymous') : call.customer}
      </h3>
      <p className={styles['about']}>
        {[
          t(call.direction === 'inbound' ? 'call.inbound' : 'call.outbound'),
          words.queue(call.queue),
        ]
          .filter(Boolean)
          .join(' · ')}
      </p>
      <dl className={styles['facts']}>
        <dt>
          <Definition
            name={t(`floor.stage.${call.stage}`)}
            text={t(`floor.definition.${call.stage}`)}
          />
        </dt>
        <dd>{age(call.since)}</dd>
        <dt>
          <Definition name={t('floor.wait')} text={t('floor.definition.wait')} />
        </dt>
        <dd>{call.waitedMs === null ? t('common.none') : durationText(call.waitedMs)}</dd>
        <dt>
          <Definition name={t('floor.holdCount')} text={t('floor.definition.holdCount')} />
        </dt>
        <dd>{call.holds}</dd>
        {call.onHoldSince === null ? null : (
          <>
            <dt>{t(call.consulting ? 'floor.consulting' : 'floor.holdNow')}</dt>
            <dd>{age(call.onHoldSince)}</dd>
          </>
        )}
        {agent.quality === null || call.stage !== 'talking' ? null : (
          <>
            <dt>
              <Definition name={t('floor.line')} text={t('floor.definition.line')} />
            </dt>
            <dd>{t(`floor.quality.${agent.quality}`)}</dd>
          </>
        )}
      </dl>
      {call.joins.length === 0 ? null : (
        <p className={styles['joins']}>
          {call.joins.map(({ joinId, name, mode }) => (
            <Tag key={joinId} tone="engaged">
              {t(`floor.join.${mode}`, { name })}
            </Tag>
          ))}
        </p>
      )}
      {contactId === null ? null : (
        <ActionButton
          label={t('floor.openContact')}
          size="compact-sm"
          onClick={() => {
            show({ kind: 'contact', contactId, from: 'floor' });
          }}
        />
      )}
    </article>
  );
};
