import { useTranslation } from 'react-i18next';
import { isSystemReason } from '../../../../shared/domain/agent/agent.ts';
import { useDesk } from '../../bridge/desk-store.ts';
import { useLabel } from '../../i18n/use-locale.ts';
import { unspecifiedReason } from './unspecified-reason.ts';

/** A not-ready reason in words: an administrator's own, or one that the system gives. */
export const useReasonLabel = (): ((code: string) => string) => {
  const { t } = useTranslation();
  const label = useLabel();
  const session = useDesk((desk) => desk.session);
  return (code) => {
    const { reasons, otherReasons = [] } =
      session.state === 'signed_in' ? session : { reasons: [], otherReasons: [] };
    const own = [...reasons, ...otherReasons].find((reason) => reason.code === code);
    if (own !== undefined) return label(own.label);
    if (isSystemReason(code)) return t(`agent.reason.${code}`);
    return code === unspecifiedReason ? t('agent.reason.unspecified') : code;
  };
};
