import IconClock from '@tabler/icons-react/dist/esm/icons/IconClock.mjs';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { ActionButton } from '../../components/ActionButton.tsx';
import { durationText } from '../../i18n/formats.ts';
import { announce } from '../../state/announcement-store.ts';
import { chords } from '../../state/chords.ts';
import type { Work } from '../../state/work.ts';
import { useTerms } from '../../state/wrap-up-terms.ts';
import { extendWrapUp } from './finish.ts';
import { useWrapUpEnd } from './use-wrap-up-end.ts';
import styles from './WrapUpTime.module.css';

/** How long the wrap-up still lasts, said aloud ten seconds before its end; and more time, where it can be taken. */
export const WrapUpTime = ({ work }: { readonly work: Work }) => {
  const { t } = useTranslation();
  const end = useWrapUpEnd(work);
  const { rules } = useTerms(work.queue);
  const soon = end?.soon === true && end.leftMs > 0;
  useEffect(() => {
    if (soon) announce(t('wrapUp.endsSoon'));
  }, [soon, t]);
  if (end === null) return null;
  const done = work.draft?.done === true;
  return (
    <div className={styles['time']}>
      <p className={styles['left']} data-soon={soon || undefined}>
        <IconClock size={16} aria-hidden="true" />
        <span>{t(done ? 'wrapUp.doneEndsIn' : 'wrapUp.endsIn')}</span>
        <span className={styles['figure']} role="timer" aria-live="off">
          {durationText(end.leftMs)}
        </span>
      </p>
      {rules.mode === 'agent_extendable' ? (
        <ActionButton
          label={t('wrapUp.extend', { time: durationText(rules.extendSeconds * 1_000) })}
          chord={chords.extendWrapUp}
          size="compact-sm"
          disabled={!end.mayExtend}
          onClick={() => void extendWrapUp(work)}
        />
      ) : null}
    </div>
  );
};
