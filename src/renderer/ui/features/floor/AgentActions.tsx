import type { BoardAgent } from '../../../../shared/api/board.ts';
import { useAsJoinTarget } from '../../state/join-target.ts';
import { ActingMenu } from '../acting/ActingMenu.tsx';
import { JoinButtons } from '../supervision/JoinButtons.tsx';
import styles from './AgentPane.module.css';

/** What a supervisor can do with this agent and the agent's call. */
export const AgentActions = ({ agent }: { readonly agent: BoardAgent }) => {
  const call = agent.calls.find(({ stage }) => stage === 'talking');
  useAsJoinTarget(agent.id, agent.name, call?.callKey ?? null);
  return (
    <div className={styles['actions']}>
      {call === undefined ? null : (
        <JoinButtons agentId={agent.id} name={agent.name} callKey={call.callKey} />
      )}
      <ActingMenu agentId={agent.id} name={agent.name} state={agent.state.state} />
    </div>
  );
};
