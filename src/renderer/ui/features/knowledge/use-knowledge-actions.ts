import { useTranslation } from 'react-i18next';
import { chords } from '../../state/chords.ts';
import { openKnowledge } from '../../state/knowledge-store.ts';
import type { Work } from '../../state/work.ts';
import { useView } from '../../state/view-store.ts';
import { showPart } from '../../state/work-part.ts';
import type { ListedAction } from '../spotlight/listed-action.ts';

/** The search of what people wrote down for agents. */
export const useKnowledgeActions = (centre: Work | null): readonly ListedAction[] => {
  const { t } = useTranslation();
  const isAtDesk = useView(({ place }) => place.kind === 'desk');
  return [
    {
      id: 'knowledge',
      group: 'customer',
      label: t('knowledge.open'),
      chord: chords.knowledge,
      possible: true,
      run: () => {
        const isAtWork = centre?.stage === 'live' || centre?.stage === 'wrap_up';
        // The notes are shown first: what is put in is seen.
        if (isAtDesk && isAtWork) showPart(centre, 'notes', openKnowledge);
        else openKnowledge();
      },
    },
  ];
};
