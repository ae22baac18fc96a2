import { useTranslation } from 'react-i18next';
import { systemReasons } from '../../../../shared/domain/agent/agent.ts';
import { useDesk } from '../../bridge/desk-store.ts';
import { useLabel } from '../../i18n/use-locale.ts';

/** A not-ready reason in words: an administrator's own, or one that the system gives. */
export const useReasonLabel = (): ((code: string) => string) => {
  const { t } = useTranslation();
  const label = useLabel();
  const session = useDesk((desk) => desk.session);
  return (code) => {
    const own =
      session.state === 'signed_in'
        ? session.reasons.find((reason) => reason.code === code)
        : undefined;
    if (own !== undefined) return label(own.label);
    const system = systemReasons.find((reason) => reason === code);
    return system === undefined ? code : t(`agent.reason.${system}`);
  };
};
