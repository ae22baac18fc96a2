import { useTranslation } from 'react-i18next';
import { useDesk } from '../../bridge/desk-store.ts';
import { scheduleForShown, takeOffered } from '../../state/call-back-store.ts';
import { chords } from '../../state/chords.ts';
import { order } from '../../state/orders.ts';
import { show } from '../../state/view-store.ts';
import type { Work } from '../../state/work.ts';
import type { ListedAction } from '../spotlight/listed-action.ts';

/** Promises for later: made about whoever the desk shows, listed, and taken from a queue. */
export const useCallBackActions = (centre: Work | null): readonly ListedAction[] => {
  const { t } = useTranslation();
  const offered = useDesk(({ callBacks }) => callBacks?.offered ?? null);
  return [
    {
      id: 'schedule-call-back',
      group: 'customer',
      label: t('callBacks.schedule'),
      chord: chords.scheduleCallBack,
      possible: centre?.stage !== 'ringing',
      run: () => void scheduleForShown(centre),
    },
    {
      id: 'take-call-back',
      group: 'call',
      label: t('callBacks.offer.take'),
      chord: chords.takeCallBack,
      possible: offered !== null,
      run: () => {
        if (offered !== null) void takeOffered(offered);
      },
    },
    {
      id: 'pass-call-back',
      group: 'call',
      label: t('callBacks.offer.pass'),
      chord: chords.passCallBack,
      possible: offered !== null,
      run: () => {
        if (offered !== null) {
          void order('callBacks.act', { callBackId: offered.id, deed: 'pass' });
        }
      },
    },
    {
      id: 'call-backs',
      group: 'go',
      label: t('callBacks.title'),
      chord: chords.callBacks,
      possible: true,
      run: () => {
        show({ kind: 'call_backs' });
      },
    },
  ];
};
