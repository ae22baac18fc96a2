import { useCallback } from 'react';
import { supervisionModes } from '../../../../shared/domain/supervision/join.ts';
import { matchesChord } from '../../components/chord.ts';
import { joinCall } from '../supervision/join-orders.ts';
import { modeChords } from '../supervision/mode-looks.tsx';
import { useOwnJoin } from '../supervision/use-own-join.ts';
import { useFloor } from './floor-store.ts';

/** The keys of joining, for the agent whom the list stands at. Answers whether the press meant that. */
export const useRowKeys = (): ((event: KeyboardEvent, agentId: string) => boolean) => {
  const own = useOwnJoin()?.agent.id ?? null;
  return useCallback(
    (event, agentId) => {
      const mode = supervisionModes.find((each) => matchesChord(event, modeChords[each]));
      const call = useFloor
        .getState()
        .agents.get(agentId)
        ?.calls.find(({ stage }) => stage === 'talking');
      if (mode === undefined || call === undefined) return false;
      joinCall({ agentId, callKey: call.callKey, mode }, own);
      return true;
    },
    [own],
  );
};
