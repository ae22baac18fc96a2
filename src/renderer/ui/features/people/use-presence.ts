import { useTranslation } from 'react-i18next';
import { useDesk } from '../../bridge/desk-store.ts';
import { usePhoneStore } from '../../bridge/phone-store.ts';
import { useReasonLabel } from '../agent/use-reason-label.ts';
import { presenceOf, type Colleague, type Presence } from '../../state/presence.ts';

const untold: Readonly<Record<string, never>> = {};

/** How colleagues are; where the server has no line to the phone system, by what this phone is told. */
export const usePresence = (): ((agent: Colleague) => Presence) => {
  const absent = useDesk((desk) => desk.pbx?.state === 'absent');
  const told = usePhoneStore(({ phone }) => (absent ? (phone?.presence ?? untold) : untold));
  return (agent) => presenceOf(agent, told[agent.extension]);
};

/** The state and its reason, as people say it. */
export const usePresenceText = (): ((presence: Presence) => string) => {
  const { t } = useTranslation();
  const reasonLabel = useReasonLabel();
  return ({ state, doNotDisturb, reason }) =>
    [
      t(`agent.state.${state}`),
      doNotDisturb ? t('transfer.doNotDisturb') : null,
      reason === null ? null : reasonLabel(reason),
    ]
      .filter((word) => word !== null)
      .join(' · ');
};
