import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { HandView } from '../../../../shared/api/help.ts';
import { announce } from '../../state/announcement-store.ts';
import { useHands, useMyId } from '../../state/hands.ts';
import { giveNotice } from '../../state/notice-store.ts';
import { useView } from '../../state/view-store.ts';

/** Says what became of hands: to the agent who took it and what is written, to supervisors who asks. */
export const useHelpNotices = (): void => {
  const { t } = useTranslation();
  const hands = useHands();
  const me = useMyId();
  const before = useRef<readonly HandView[]>(hands);
  useEffect(() => {
    const known = before.current;
    before.current = hands;
    const say = (text: string): void => {
      announce(text);
      // On the desk it is beside the call.
      if (useView.getState().place.kind !== 'desk') {
        giveNotice({ tone: 'info', text, detail: null });
      }
    };
    const tell = (hand: HandView, old: HandView | undefined): void => {
      const isOwn = hand.agent.id === me;
      const isMine = hand.taken?.by.id === me;
      if (!isOwn && old === undefined && hand.over === null && hand.taken === null) {
        announce(t('help.asks', { name: hand.agent.name }));
      }
      if (!isOwn && !isMine) return;
      const { taken, over } = hand;
      if (isOwn && taken !== null && taken.by.id !== old?.taken?.by.id) {
        say(t('help.helping', { name: taken.by.name }));
      }
      const fresh = hand.messages.filter(({ id }) => !old?.messages.some((m) => m.id === id));
      for (const { author, text } of fresh) {
        if (author.id === me) continue;
        if (isOwn) say(`${author.name}: ${text}`);
        else announce(`${author.name}: ${text}`);
      }
      const isNowOver = over !== null && old?.over === null;
      if (isNowOver && over.by !== null && over.by.id !== me) {
        const text = t('help.closedBy', { name: over.by.name });
        announce(text);
        giveNotice({ tone: 'info', text, detail: null });
      }
    };
    for (const hand of hands) {
      const old = known.find(({ id }) => id === hand.id);
      if (old !== hand) tell(hand, old);
    }
  }, [hands, me, t]);
};
