import { useEffect } from 'react';
import { create } from 'zustand';

/** Whose call the keys of joining mean while the supervisor is on none: the agent who is chosen on the floor. */
export type JoinTarget = {
  readonly agentId: string;
  readonly name: string;
  readonly callKey: string;
};

export const useJoinTarget = create<{ readonly target: JoinTarget | null }>(() => ({
  target: null,
}));

/** While this is on screen. null: nobody is chosen, or nobody with a call. */
export const useAsJoinTarget = (
  agentId: string | null,
  name: string,
  callKey: string | null,
): void => {
  useEffect(() => {
    useJoinTarget.setState({
      target: agentId === null || callKey === null ? null : { agentId, name, callKey },
    });
    return () => {
      useJoinTarget.setState({ target: null });
    };
  }, [agentId, name, callKey]);
};
