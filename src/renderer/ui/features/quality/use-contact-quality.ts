import { useEffect, useState } from 'react';
import type { ContactQuality, PutScorecard } from '../../../../shared/api/quality.ts';
import { ask, order } from '../../state/orders.ts';

/** What was made of a contact; null: nothing that this user may see, or not read yet. */
export const useContactQuality = (contactId: string) => {
  const [quality, setQuality] = useState<ContactQuality | null>(null);
  useEffect(() => {
    let current = true;
    void ask('quality.ofContact', { contactId }).then((answer) => {
      if (current && answer.ok) setQuality(answer.value);
    });
    return () => {
      current = false;
    };
  }, [contactId]);
  return {
    quality,
    /** Answers whether it was kept. */
    score: async (card: PutScorecard): Promise<boolean> => {
      const answer = await order('quality.score', { contactId, card });
      if (answer.ok) setQuality(answer.value);
      return answer.ok;
    },
    acknowledge: async (cardId: string, reply: string): Promise<void> => {
      const answer = await order('quality.acknowledge', { cardId, reply });
      if (!answer.ok) return;
      setQuality((before) =>
        before === null
          ? null
          : {
              ...before,
              cards: before.cards.map((card) => (card.id === cardId ? answer.value : card)),
            },
      );
    },
  };
};
