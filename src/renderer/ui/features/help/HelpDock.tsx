import { ActionIcon } from '@mantine/core';
import IconChevronDown from '@tabler/icons-react/dist/esm/icons/IconChevronDown.mjs';
import IconHandStop from '@tabler/icons-react/dist/esm/icons/IconHandStop.mjs';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { HandView } from '../../../../shared/api/help.ts';
import { ActionButton } from '../../components/ActionButton.tsx';
import { durationText } from '../../i18n/formats.ts';
import { useLabel } from '../../i18n/use-locale.ts';
import { chords } from '../../state/chords.ts';
import { othersHands, takeHand, useHands, useMyId } from '../../state/hands.ts';
import { order } from '../../state/orders.ts';
import { useNow } from '../../state/use-now.ts';
import { show } from '../../state/view-store.ts';
import { JoinButtons } from '../supervision/JoinButtons.tsx';
import { HandChat } from './HandChat.tsx';
import styles from './Help.module.css';

/** Who asks a supervisor for help, over whatever page is open; nothing while nobody does. */
export const HelpDock = () => {
  const hands = othersHands(useHands(), useMyId());
  return hands.length === 0 ? null : <Dock hands={hands} />;
};

const Dock = ({ hands }: { readonly hands: readonly HandView[] }) => {
  const { t } = useTranslation();
  const me = useMyId();
  const [isOpen, setIsOpen] = useState(true);
  const waiting = hands.filter(({ taken }) => taken === null);
  const summary =
    waiting.length === 0
      ? t('help.inHand', { count: hands.length })
      : t('help.asking', { count: waiting.length });
  return (
    <aside
      className={styles['dock']}
      aria-label={t('help.dock')}
      data-tone={waiting.length === 0 ? 'not-ready' : 'wrap-up'}
    >
      <header className={styles['dockHead']}>
        <IconHandStop size={18} aria-hidden="true" />
        <p className={styles['what']}>{summary}</p>
        <ActionIcon
          aria-label={t(isOpen ? 'help.fold' : 'help.unfold')}
          aria-expanded={isOpen}
          onClick={() => {
            setIsOpen(!isOpen);
          }}
        >
          <IconChevronDown
            size={18}
            className={styles['chevron']}
            data-open={isOpen || undefined}
          />
        </ActionIcon>
      </header>
      {isOpen ? (
        <ul className={styles['hands']}>
          {hands.map((hand) => (
            <Asked
              key={hand.id}
              hand={hand}
              isMine={hand.taken?.by.id === me}
              isFirst={hand === waiting[0]}
            />
          ))}
        </ul>
      ) : null}
    </aside>
  );
};

const Asked = ({
  hand,
  isMine,
  isFirst,
}: {
  readonly hand: HandView;
  readonly isMine: boolean;
  /** The key takes this one. */
  readonly isFirst: boolean;
}) => {
  const { t } = useTranslation();
  const label = useLabel();
  const now = useNow('second');
  const { agent, who, queue, queueLabel, taken, raisedAt, startedAt } = hand;
  const about = [
    who,
    queueLabel === null ? queue : label(queueLabel),
    t('help.callFor', { time: durationText(Math.max(0, now - startedAt)) }),
  ].filter((part) => part !== null && part !== '');
  return (
    <li className={styles['hand']} data-mine={isMine || undefined}>
      <p className={styles['what']}>
        <strong>{agent.name}</strong>
        <span className={styles['since']}>
          {taken === null
            ? durationText(Math.max(0, now - raisedAt))
            : isMine
              ? t('help.byYou')
              : t('help.by', { name: taken.by.name })}
        </span>
      </p>
      <p className={styles['about']}>{about.join(' · ')}</p>
      {isMine ? (
        <>
          <HandChat hand={hand} partner={agent.name} mayWrite />
          <JoinButtons agentId={agent.id} name={agent.name} callKey={hand.callKey} />
        </>
      ) : null}
      <div className={styles['buttons']}>
        <ActionButton
          label={t('help.openContact')}
          size="xs"
          variant="subtle"
          onClick={() => {
            show({ kind: 'contact', contactId: hand.contactId });
          }}
        />
        {isMine ? (
          <>
            <ActionButton
              label={t('help.release')}
              size="xs"
              variant="subtle"
              onClick={() => void order('help.release', { handId: hand.id })}
            />
            <ActionButton
              label={t('help.done')}
              size="xs"
              onClick={() => void order('help.lower', { handId: hand.id })}
            />
          </>
        ) : (
          <ActionButton
            label={taken === null ? t('help.take') : t('help.takeOver')}
            {...(isFirst ? { chord: chords.takeHand } : {})}
            color={taken === null ? 'brand' : 'not-ready'}
            size="xs"
            onClick={() => void takeHand(hand)}
          />
        )}
      </div>
    </li>
  );
};
