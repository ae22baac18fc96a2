import { useTranslation } from 'react-i18next';
import { firstText } from '../i18n/formats.ts';
import { useRemoteName } from './use-target-text.ts';
import type { Work } from './work.ts';

/** Who is at the other end of a call, in one name. */
export const useCallName = (): ((work: Work) => string) => {
  const { t } = useTranslation();
  const remoteName = useRemoteName();
  return ({ card, remote }) => {
    const match = card?.match;
    const known = match?.kind === 'exact' || match?.kind === 'confirmed' ? match.customer.name : '';
    return firstText(known, remoteName(remote), t('call.anonymous'));
  };
};
