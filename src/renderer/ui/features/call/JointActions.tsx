import IconArrowForwardUp from '@tabler/icons-react/dist/esm/icons/IconArrowForwardUp.mjs';
import IconArrowsJoin2 from '@tabler/icons-react/dist/esm/icons/IconArrowsJoin2.mjs';
import IconArrowsSplit2 from '@tabler/icons-react/dist/esm/icons/IconArrowsSplit2.mjs';
import IconLogout from '@tabler/icons-react/dist/esm/icons/IconLogout.mjs';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { JointAction } from '../../../../shared/domain/call/allowed-actions.ts';
import { ActionButton } from '../../components/ActionButton.tsx';
import { chords } from '../../state/chords.ts';
import { isInConference, jointCommand } from '../../state/legs.ts';
import { orderPhone } from '../../state/orders.ts';
import type { Work } from '../../state/work.ts';
import styles from './JointActions.module.css';

/** What two calls allow together: hand the one to the other, talk all together, or apart again. */
export const JointActions = ({
  works,
  centre,
  actions,
}: {
  readonly works: readonly Work[];
  readonly centre: Work;
  readonly actions: readonly JointAction[];
}) => {
  const { t } = useTranslation();
  const [asked, setAsked] = useState<JointAction | null>(null);
  const together = centre.call !== null && isInConference(centre.call);
  const act = (kind: JointAction) => (): void => {
    const command = jointCommand(kind, works, centre);
    if (command === null || asked !== null) return;
    setAsked(kind);
    void orderPhone(command).finally(() => {
      setAsked(null);
    });
  };
  const has = (kind: JointAction): boolean => actions.includes(kind);
  return (
    <div className={styles['joint']} role="group" aria-label={t('call.joint')}>
      {has('complete_transfer') ? (
        <ActionButton
          label={t(together ? 'call.leaveThem' : 'call.completeTransfer')}
          chord={chords.completeTransfer}
          icon={together ? <IconLogout size={16} /> : <IconArrowForwardUp size={16} />}
          color="brand"
          variant={together ? 'light' : 'filled'}
          loading={asked === 'complete_transfer'}
          onClick={act('complete_transfer')}
        />
      ) : null}
      {has('merge') ? (
        <ActionButton
          label={t('call.merge')}
          chord={chords.merge}
          icon={<IconArrowsJoin2 size={16} />}
          loading={asked === 'merge'}
          onClick={act('merge')}
        />
      ) : null}
      {has('split') ? (
        <ActionButton
          label={t('call.split')}
          chord={chords.merge}
          icon={<IconArrowsSplit2 size={16} />}
          loading={asked === 'split'}
          onClick={act('split')}
        />
      ) : null}
    </div>
  );
};
