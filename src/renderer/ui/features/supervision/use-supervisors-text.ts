import { useTranslation } from 'react-i18next';
import { useDesk } from '../../bridge/desk-store.ts';

/** Who of the supervisors is on this call, each in words; for where there is room for text alone. */
export const useSupervisorsText = (callKey: string): readonly string[] => {
  const { t } = useTranslation();
  const supervisors = useDesk((desk) => desk.supervisors) ?? [];
  return supervisors
    .filter((each) => each.callKey === callKey)
    .map(({ name, mode }) => t(`supervision.onCall.${mode}`, { name }));
};
