import { useTranslation } from 'react-i18next';
import type { Caller } from './use-caller.ts';

/** What kind of call rings: from a queue, direct, or a colleague who asks. */
export const IncomingKind = ({ caller }: { readonly caller: Caller }) => {
  const { t } = useTranslation();
  if (caller.asksAbout !== null) return t('call.incomingConsult');
  return caller.queue === null
    ? t('call.incomingDirect')
    : t('call.incomingQueue', { queue: caller.queue });
};

/** Who rings, and about whom when it is a colleague. */
export const useCallerTitle = (caller: Caller): string => {
  const { t } = useTranslation();
  return caller.asksAbout === null
    ? caller.name
    : t('call.asksAbout', { name: caller.name, customer: caller.asksAbout });
};
