import IconCheck from '@tabler/icons-react/dist/esm/icons/IconCheck.mjs';
import { useTranslation } from 'react-i18next';
import { wishesReady } from '../../../shared/domain/agent/wishes-ready.ts';
import { useDesk } from '../bridge/desk-store.ts';
import { usePhone } from '../bridge/phone-store.ts';
import type { Tone } from '../components/Tag.tsx';
import { shownHindrance } from '../features/agent/hindrance.ts';
import { reachOf } from '../features/agent/reach.ts';
import { TimeInState } from '../features/agent/TimeInState.tsx';
import { useMaximumMinutes } from '../features/agent/use-maximum-minutes.ts';
import { useReasonLabel } from '../features/agent/use-reason-label.ts';
import { useStateNotices } from '../features/agent/use-state-notices.ts';
import { order } from '../state/orders.ts';
import { StripButton } from './StripButton.tsx';
import { StripWords } from './StripWords.tsx';

/** Between calls: the agent's state, which is never "ready" while no call could ring here. */
export const StatePart = () => {
  const { t } = useTranslation();
  const reasonLabel = useReasonLabel();
  useStateNotices();
  const engine = useDesk((desk) => desk.engine);
  const pbx = useDesk((desk) => desk.pbx);
  const backend = useDesk((desk) => desk.backend);
  const sipProblem = useDesk((desk) => desk.sipProblem);
  const agent = useDesk((desk) => desk.agent);
  const phone = usePhone((snapshot) => snapshot);
  const reach = reachOf({ desk: { engine, pbx, backend, sipProblem }, phone });
  const state = agent?.state.state ?? 'offline';
  const maximumMinutes = useMaximumMinutes(agent);
  const here = useDesk((desk) => desk.hindrance ?? null);
  const hindrance = shownHindrance(agent, here);
  const isWished = agent !== null && !('next' in agent.state) && wishesReady(agent.state);
  const isHindered = isWished && (!reach.reachable || (hindrance ?? 'proving') !== 'proving');
  const isNotReady = agent?.state.state === 'not_ready' && !isWished;

  const title = (): string => {
    if (isHindered) return t('agent.state.unreachable');
    return t(isWished && hindrance !== null ? 'agent.state.proving' : `agent.state.${state}`);
  };

  const tone = (): Tone => {
    if (!reach.reachable || isHindered) return 'danger';
    if (state === 'wrap_up') return 'wrap-up';
    return state === 'ready' ? 'ready' : 'not-ready';
  };

  const line = () => {
    if (!reach.reachable) return t(`agent.unreachable.${reach.why}`);
    if (hindrance !== null) return t(`agent.hindered.${hindrance}`);
    if (reach.doubt !== null) return t(`agent.doubt.${reach.doubt}`);
    if (agent?.state.state === 'not_ready') return reasonLabel(agent.state.reason);
    if (agent?.doNotDisturb === true) return t('agent.doNotDisturb');
    return state === 'ready' ? t('agent.reachable') : '';
  };

  return (
    <>
      <StripWords
        tone={tone()}
        title={title()}
        line={
          <>
            {line()}
            {agent === null || !reach.reachable || isHindered ? null : (
              <TimeInState since={agent.since} maximumMinutes={maximumMinutes} />
            )}
          </>
        }
      />
      {isNotReady ? (
        <StripButton
          label={t('agent.ready')}
          icon={<IconCheck size={18} />}
          tone="ready"
          solid
          named
          onClick={() => {
            void order('agent.wish', { kind: 'ready' });
          }}
        />
      ) : null}
    </>
  );
};
