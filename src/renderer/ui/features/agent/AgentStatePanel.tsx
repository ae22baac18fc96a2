import { useTranslation } from 'react-i18next';
import type { AgentView } from '../../../../shared/api/records.ts';
import type { Wish } from '../../../../shared/domain/agent/agent.ts';
import { wishesReady } from '../../../../shared/domain/agent/wishes-ready.ts';
import type { HindranceCause } from '../../../../shared/domain/readiness/hindrance.ts';
import { useDesk } from '../../bridge/desk-store.ts';
import { usePhone } from '../../bridge/phone-store.ts';
import type { Tone } from '../../components/Tag.tsx';
import { AgentButtons } from './AgentButtons.tsx';
import styles from './AgentStatePanel.module.css';
import { DoNotDisturb } from './DoNotDisturb.tsx';
import { shownHindrance } from './hindrance.ts';
import { reachOf, type Reach } from './reach.ts';
import { TimeInState } from './TimeInState.tsx';
import { useMaximumMinutes } from './use-maximum-minutes.ts';
import { useReasonLabel } from './use-reason-label.ts';

type StateName = AgentView['state']['state'];

const tones: Record<StateName, Tone> = {
  offline: 'not-ready',
  not_ready: 'not-ready',
  ready: 'ready',
  reserved: 'engaged',
  engaged: 'engaged',
  wrap_up: 'wrap-up',
};

/** What stands in large letters. Ready is a promise: it is not shown while no call could reach the agent. */
const shownState = (
  state: StateName,
  isWished: boolean,
  reach: Reach,
  hindrance: HindranceCause | null,
): StateName | 'unreachable' | 'proving' => {
  if (!isWished) return state;
  if (!reach.reachable) return 'unreachable';
  if (hindrance === null) return state;
  return hindrance === 'proving' ? 'proving' : 'unreachable';
};

/** The line under the state: what stands behind "ready", or what stands in the way. */
const causeOf = (state: StateName, reach: Reach, hindrance: HindranceCause | null) => {
  if (!reach.reachable) return `agent.unreachable.${reach.why}` as const;
  if (hindrance !== null) return `agent.hindered.${hindrance}` as const;
  if (reach.doubt !== null) return `agent.doubt.${reach.doubt}` as const;
  return state === 'ready' ? ('agent.reachable' as const) : null;
};

const nextWish = (agent: AgentView): Wish | null => {
  const { state } = agent;
  return 'next' in state ? state.next : null;
};

export const AgentStatePanel = ({ agent }: { readonly agent: AgentView | null }) => {
  const { t } = useTranslation();
  const reasonLabel = useReasonLabel();
  const maximumMinutes = useMaximumMinutes(agent);
  const engine = useDesk((desk) => desk.engine);
  const pbx = useDesk((desk) => desk.pbx);
  const backend = useDesk((desk) => desk.backend);
  const sipProblem = useDesk((desk) => desk.sipProblem);
  const phone = usePhone((snapshot) => snapshot);
  const reach = reachOf({ desk: { engine, pbx, backend, sipProblem }, phone });
  const state: StateName = agent?.state.state ?? 'offline';
  const here = useDesk((desk) => desk.hindrance ?? null);
  const hindrance = shownHindrance(agent, here);
  const isWished = agent !== null && !('next' in agent.state) && wishesReady(agent.state);
  const shown = shownState(state, isWished, reach, hindrance);
  const tone: Tone =
    shown === 'unreachable' ? 'danger' : shown === 'proving' ? 'not-ready' : tones[shown];
  const cause = causeOf(state, reach, hindrance);
  const supervisor = agent?.origin?.by === 'supervisor' ? agent.origin : null;

  const inWords = (reason: string): string =>
    reason === 'set_by_supervisor' && supervisor !== null
      ? t('agent.setBy', { name: supervisor.name })
      : reasonLabel(reason);

  /** The line at the end: what comes after a call, or who made the agent ready. */
  const comingOf = (view: AgentView): string | null => {
    if (supervisor?.leaving === true) return t('agent.leaving', { name: supervisor.name });
    const next = nextWish(view);
    if (next?.kind === 'ready') return t('agent.nextReady');
    if (next !== null) return t('agent.nextNotReady', { reason: inWords(next.reason) });
    if (supervisor === null || view.state.state !== 'ready') return null;
    return t('agent.setBy', { name: supervisor.name });
  };
  const comes = agent === null ? null : comingOf(agent);

  return (
    <section
      className={styles['panel']}
      aria-label={t('agent.region')}
      data-tone={tone}
      data-agent-state={state}
      id="agent-state"
      tabIndex={-1}
    >
      <div className={styles['card']}>
        <div className={styles['head']}>
          <p className={styles['state']}>{t(`agent.state.${shown}`)}</p>
          {agent === null || state === 'offline' ? null : (
            <TimeInState since={agent.since} maximumMinutes={maximumMinutes} />
          )}
        </div>
        {agent?.state.state === 'not_ready' && !isWished ? (
          <p className={styles['reason']}>{inWords(agent.state.reason)}</p>
        ) : null}
        {cause === null ? null : <p className={styles['cause']}>{t(cause)}</p>}
        {comes === null ? null : <p className={styles['next']}>{comes}</p>}
      </div>
      <AgentButtons state={agent?.state ?? { state: 'offline' }} />
      {agent === null ? null : <DoNotDisturb on={agent.doNotDisturb} />}
    </section>
  );
};
