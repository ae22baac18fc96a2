import { memo } from 'react';
import type { BoardAgent } from '../../../../shared/api/board.ts';
import { ActingMenu } from '../acting/ActingMenu.tsx';
import { JoinIcons } from '../supervision/JoinButtons.tsx';

/**
 * What a supervisor can do with this agent, from the list; keys reach it by the row, or by the agent's own pane. It is
 * drawn anew with what it is made of, not with the clock beside it.
 */
export const RowActions = memo(
  ({
    agentId,
    name,
    state,
    callKey,
  }: {
    readonly agentId: string;
    readonly name: string;
    readonly state: BoardAgent['state']['state'];
    /** null: there is no call to join. */
    readonly callKey: string | null;
  }) => (
    <>
      {callKey === null ? null : <JoinIcons agentId={agentId} name={name} callKey={callKey} />}
      <span
        // A row that opens by a click is not opened by the menu.
        onClick={(event) => {
          event.stopPropagation();
        }}
      >
        <ActingMenu agentId={agentId} name={name} state={state} tabIndex={-1} />
      </span>
    </>
  ),
);
RowActions.displayName = 'RowActions';
