import IconAlertTriangle from '@tabler/icons-react/dist/esm/icons/IconAlertTriangle.mjs';
import IconShieldCheck from '@tabler/icons-react/dist/esm/icons/IconShieldCheck.mjs';
import IconShieldX from '@tabler/icons-react/dist/esm/icons/IconShieldX.mjs';
import { useTranslation } from 'react-i18next';
import type { CustomerVerifications } from '../../../../shared/api/guidance.ts';
import { Tag } from '../../components/Tag.tsx';
import { timeText } from '../../i18n/formats.ts';
import { useLocale } from '../../i18n/use-locale.ts';
import type { Verification } from '../../state/verification.ts';

/** Where a customer stands, in a word, and by whom. */
export const VerificationWord = ({
  verification: { state, attempt },
}: {
  readonly verification: Pick<Verification, 'state' | 'attempt'>;
}) => {
  const { t } = useTranslation();
  const locale = useLocale();
  if (state === 'verified' && attempt !== null) {
    const time = timeText(attempt.decidedAt ?? attempt.beganAt, locale);
    const { name } = attempt.by;
    return (
      <Tag tone="ready" icon={<IconShieldCheck size={14} aria-hidden="true" />}>
        {name === ''
          ? t('guidance.verifiedAt', { time })
          : t('guidance.verifiedBy', { name, time })}
      </Tag>
    );
  }
  return (
    <Tag
      tone={state === 'failed' ? 'danger' : 'not-ready'}
      icon={state === 'failed' ? <IconShieldX size={14} aria-hidden="true" /> : null}
    >
      {t(`guidance.state.${state}`)}
    </Tag>
  );
};

/** Failed attempts on this customer, for whoever has the record open next; nothing where there were none. */
export const FailedVerifications = ({
  failed,
}: {
  readonly failed: CustomerVerifications['failed'] | undefined;
}) => {
  const { t } = useTranslation();
  if (failed === undefined || failed === null) return null;
  const { count, flagged } = failed;
  return (
    <Tag
      tone={flagged ? 'danger' : 'wrap-up'}
      icon={<IconAlertTriangle size={14} aria-hidden="true" />}
    >
      {t('guidance.failedAttempts', { count })}
    </Tag>
  );
};
