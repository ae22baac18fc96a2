import { useTranslation } from 'react-i18next';
import { firstText } from '../i18n/formats.ts';
import { useQueueText } from './use-contact-text.ts';
import { useNumberText } from './use-number-text.ts';
import { useTargets } from './targets-store.ts';
import type { Work } from './work.ts';

/** Whom a call goes to, in words: a colleague's name, a queue's, or a number as people write it. */
export const useTargetText = (): ((to: string) => string) => {
  const numberText = useNumberText();
  const queueText = useQueueText();
  const agents = useTargets(({ targets }) => targets?.agents ?? null);
  const { t } = useTranslation();
  return (to) => {
    if (to === 'park') return t('parked.place');
    const agent = agents?.find((known) => known.extension === to);
    if (agent !== undefined) return agent.name;
    const queue = to.replace(/^queue-/u, '');
    return queueText(queue) === queue ? numberText(to) : (queueText(queue) ?? to);
  };
};

/** A colleague by the name in the directory, whatever the PBX calls that phone; anybody else as they present themselves. */
export const useRemoteName = (): ((remote: Work['remote']) => string) => {
  const numberText = useNumberText();
  const agents = useTargets(({ targets }) => targets?.agents ?? null);
  return ({ number, name }) =>
    firstText(agents?.find((known) => known.extension === number)?.name, name, numberText(number));
};
