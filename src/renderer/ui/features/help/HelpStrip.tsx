import IconHandStop from '@tabler/icons-react/dist/esm/icons/IconHandStop.mjs';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ActionButton } from '../../components/ActionButton.tsx';
import { durationText } from '../../i18n/formats.ts';
import { chords } from '../../state/chords.ts';
import { ownHand, raiseHand, useHands, useMyId } from '../../state/hands.ts';
import { order } from '../../state/orders.ts';
import { useNowWhile } from '../../state/use-now.ts';
import type { Work } from '../../state/work.ts';
import { HandChat } from './HandChat.tsx';
import styles from './Help.module.css';

const mayAsk = ({ stage }: Work): boolean => stage === 'live' || stage === 'wrap_up';

const useOwnHand = (callKey: string) => ownHand(useHands(), useMyId(), callKey);

/** Asks a supervisor for help with this call; there while no hand is up. */
export const HelpButton = ({ work }: { readonly work: Work }) => {
  const { t } = useTranslation();
  const hand = useOwnHand(work.callKey);
  const [sending, setSending] = useState(false);
  if (!mayAsk(work)) return null;
  return (
    <ActionButton
      label={t('help.ask')}
      chord={chords.raiseHand}
      icon={<IconHandStop size={16} />}
      size="xs"
      variant="subtle"
      loading={sending}
      disabled={hand !== null}
      className={hand === null ? undefined : styles['asked']}
      onClick={() => {
        setSending(true);
        void raiseHand(work.callKey).then(() => {
          setSending(false);
        });
      }}
    />
  );
};

/** The agent's own hand beside the call: who has it, and what is written. */
export const HelpStrip = ({ work }: { readonly work: Work }) => {
  const { t } = useTranslation();
  const hand = useOwnHand(work.callKey);
  const now = useNowWhile(hand !== null && hand.taken === null);
  if (hand === null || !mayAsk(work)) return null;
  const { taken } = hand;
  return (
    <section
      className={styles['strip']}
      aria-label={t('help.region')}
      data-tone={taken === null ? 'wrap-up' : 'ready'}
    >
      <header className={styles['head']}>
        <IconHandStop size={18} aria-hidden="true" />
        <p className={styles['what']}>
          {taken === null ? t('help.waiting') : t('help.helping', { name: taken.by.name })}
          {taken === null ? (
            <span className={styles['since']}>
              {durationText(Math.max(0, now - hand.raisedAt))}
            </span>
          ) : null}
        </p>
        <ActionButton
          label={t(taken === null ? 'help.withdraw' : 'help.done')}
          size="xs"
          variant="subtle"
          onClick={() => void order('help.lower', { handId: hand.id })}
        />
      </header>
      <HandChat hand={hand} partner={taken?.by.name ?? null} mayWrite />
    </section>
  );
};
