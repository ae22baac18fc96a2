import { useTranslation } from 'react-i18next';
import { useDesk } from '../../bridge/desk-store.ts';
import { openActing } from '../../state/acting-store.ts';
import type { ListedAction } from '../spotlight/listed-action.ts';

/** What supervisors do to agents' work, and what agents are told of it. */
export const useActingActions = (): readonly ListedAction[] => {
  const { t } = useTranslation();
  const acts = useDesk(
    ({ session }) => session.state === 'signed_in' && session.user.role !== 'agent',
  );
  const hasMemos = useDesk((desk) => desk.memos !== undefined && desk.memos.length > 0);
  return [
    {
      id: 'memos',
      group: 'agent',
      label: t('memo.open'),
      chord: null,
      possible: hasMemos,
      run: () => {
        openActing({ kind: 'memos' });
      },
    },
    ...(acts
      ? [
          {
            id: 'message-team',
            group: 'agent' as const,
            label: t('acting.message'),
            chord: null,
            possible: true,
            run: () => {
              openActing({ kind: 'message' });
            },
          },
          {
            id: 'owed-wrap-ups',
            group: 'agent' as const,
            label: t('acting.wrapUpsTitle'),
            chord: null,
            possible: true,
            run: () => {
              openActing({ kind: 'wrap_ups', agentId: null });
            },
          },
        ]
      : []),
  ];
};
