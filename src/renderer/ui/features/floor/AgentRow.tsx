import IconPhoneIncoming from '@tabler/icons-react/dist/esm/icons/IconPhoneIncoming.mjs';
import IconPhoneOutgoing from '@tabler/icons-react/dist/esm/icons/IconPhoneOutgoing.mjs';
import { memo, useState } from 'react';
import type { BoardAgent, BoardCall } from '../../../../shared/api/board.ts';
import type { FloorLimits } from '../../../../shared/domain/floor/attention.ts';
import { Tag } from '../../components/Tag.tsx';
import { durationText } from '../../i18n/formats.ts';
import { useNow } from '../../state/use-now.ts';
import styles from './AgentList.module.css';
import { useFloor } from './floor-store.ts';
import { risksOfAgent } from './floor-view.ts';
import { RiskTags } from './RiskTags.tsx';
import { RowActions } from './RowActions.tsx';
import { toneOfState, type FloorWords } from './use-floor-words.ts';

export const rowId = (agentId: string): string => `floor-${agentId}`;

/** The state began with the call, and its time is told already. */
const sameMs = 3_000;

type Props = {
  readonly id: string;
  readonly place: number;
  /** CSS pixels from the top of the list. */
  readonly top: number;
  readonly active: boolean;
  readonly open: boolean;
  readonly limits: FloorLimits;
  readonly words: FloorWords;
  readonly onOpen: (agentId: string) => void;
};

/** One agent. It reads the own part of the board, and is drawn anew with that and with the clock alone. */
export const AgentRow = memo(({ id, place, top, active, open, limits, words, onOpen }: Props) => {
  const agent = useFloor((floor) => floor.agents.get(id));
  // Buttons are many and most rows are only read: they are there from the first look on.
  const [looked, setLooked] = useState(false);
  if (agent === undefined) return null;
  return (
    <div
      id={rowId(id)}
      role="row"
      aria-rowindex={place}
      aria-selected={open}
      data-active={active || undefined}
      className={styles['row']}
      style={{ transform: `translateY(${top}px)` }}
      onPointerEnter={() => {
        setLooked(true);
      }}
      onClick={() => {
        onOpen(id);
      }}
    >
      <Cells agent={agent} limits={limits} words={words} actions={looked || active} />
    </div>
  );
});
AgentRow.displayName = 'AgentRow';

const Cells = ({
  agent,
  limits,
  words,
  actions,
}: {
  readonly agent: BoardAgent;
  readonly limits: FloorLimits;
  readonly words: FloorWords;
  readonly actions: boolean;
}) => {
  const { t } = words;
  const now = useNow('second');
  const { state } = agent;
  const [call] = agent.calls;
  const risks = risksOfAgent(agent, limits, now);
  const isUrgent = (risks[0]?.level ?? 0) > 1;
  return (
    <>
      <div role="gridcell" className={styles['cell']}>
        <span className={styles['name']}>{agent.name}</span>
        <span className={styles['under']}>
          {[words.team(agent.team), agent.extension].filter(Boolean).join(' · ')}
        </span>
      </div>
      <div role="gridcell" className={styles['cell']} data-tone={toneOfState[state.state]}>
        <span className={styles['state']}>
          <span className={styles['dot']} aria-hidden="true" />
          <span className={styles['word']}>{t(`agent.state.${state.state}`)}</span>
        </span>
        <span className={styles['under']}>
          {[
            state.state === 'offline' ? '' : durationText(now - agent.since),
            state.state === 'not_ready' ? words.reason(state.reason) : '',
            agent.doNotDisturb ? t('agent.doNotDisturb') : '',
          ]
            .filter(Boolean)
            .join(' · ')}
        </span>
      </div>
      <div role="gridcell" className={styles['cell']}>
        {call === undefined ? null : (
          <CallWords call={call} stateSince={agent.since} now={now} words={words} />
        )}
      </div>
      <div role="gridcell" className={styles['risks']}>
        <RiskTags agent={agent} risks={risks} now={now} words={words} />
        {agent.quality === 'fair' ? <Tag>{t('floor.lineFair')}</Tag> : null}
        {agent.calls
          .flatMap(({ joins }) => joins)
          .map(({ joinId, name, mode }) => (
            <Tag key={joinId} tone="engaged">
              {t(`floor.join.${mode}`, { name })}
            </Tag>
          ))}
      </div>
      <div role="gridcell" className={styles['actions']} data-urgent={isUrgent || undefined}>
        {actions || isUrgent ? (
          <RowActions
            agentId={agent.id}
            name={agent.name}
            state={state.state}
            callKey={agent.calls.find(({ stage }) => stage === 'talking')?.callKey ?? null}
          />
        ) : null}
      </div>
    </>
  );
};

const CallWords = ({
  call,
  stateSince,
  now,
  words,
}: {
  readonly call: BoardCall;
  readonly stateSince: number;
  readonly now: number;
  readonly words: FloorWords;
}) => {
  const { t } = words;
  const Direction = call.direction === 'inbound' ? IconPhoneIncoming : IconPhoneOutgoing;
  return (
    <>
      <span className={styles['customer']}>
        <Direction
          size={14}
          role="img"
          aria-label={t(call.direction === 'inbound' ? 'call.inbound' : 'call.outbound')}
        />
        <span className={styles['word']}>
          {call.customer === '' ? t('call.anonymous') : call.customer}
        </span>
        {call.since === null || Math.abs(call.since - stateSince) < sameMs ? null : (
          <span className={styles['time']}>{durationText(now - call.since)}</span>
        )}
      </span>
      <span className={styles['under']}>
        {[
          words.queue(call.queue),
          call.consulting ? t('floor.consulting') : '',
          call.onHoldSince !== null && !call.consulting
            ? t('floor.onHold', { time: durationText(now - call.onHoldSince) })
            : '',
          call.holds > 0 ? t('floor.holds', { count: call.holds }) : '',
          call.waitedMs === null ? '' : t('floor.waited', { time: durationText(call.waitedMs) }),
        ]
          .filter(Boolean)
          .join(' · ')}
      </span>
    </>
  );
};
