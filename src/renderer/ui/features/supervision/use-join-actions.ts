import { useTranslation } from 'react-i18next';
import { supervisionModes } from '../../../../shared/domain/supervision/join.ts';
import { useDesk } from '../../bridge/desk-store.ts';
import { chords } from '../../state/chords.ts';
import { useJoinTarget } from '../../state/join-target.ts';
import { useCapabilities } from '../../state/use-capabilities.ts';
import type { ListedAction } from '../spotlight/listed-action.ts';
import { joinCall, leaveCall, setMode, takeOverCall } from './join-orders.ts';
import { modeChords } from './mode-looks.tsx';
import { useOwnJoin } from './use-own-join.ts';

/** One key for each way into a call and on from there; agents have none of them. */
export const useJoinActions = (): ListedAction[] => {
  const { t } = useTranslation();
  const { supervision = false } = useCapabilities();
  const isAgent = useDesk(
    ({ session }) => session.state !== 'signed_in' || session.user.role === 'agent',
  );
  const join = useOwnJoin();
  const target = useJoinTarget((chosen) => chosen.target);
  if (!supervision || isAgent) return [];
  const isHeard = join?.state === 'running';
  // Who is on a call goes on with that one, unless another agent is chosen.
  const other = target !== null && target.agentId !== join?.agent.id ? target : null;
  return [
    ...supervisionModes.map((mode) => ({
      id: `join-${mode}`,
      group: 'call' as const,
      label:
        other === null
          ? t(`supervision.action.${mode}`)
          : t(`supervision.to.${mode}`, { name: other.name }),
      chord: modeChords[mode],
      possible: other !== null || (isHeard && join.mode !== mode),
      run: () => {
        if (other === null) setMode(mode);
        else joinCall({ agentId: other.agentId, callKey: other.callKey, mode }, null);
      },
    })),
    {
      id: 'join-take-over',
      group: 'call',
      label: t('supervision.action.takeOver'),
      chord: chords.joinTakeOver,
      possible: isHeard,
      run: takeOverCall,
    },
    {
      id: 'join-leave',
      group: 'call',
      label: t('supervision.action.leave'),
      chord: chords.joinLeave,
      possible: join !== null,
      run: leaveCall,
    },
  ];
};
