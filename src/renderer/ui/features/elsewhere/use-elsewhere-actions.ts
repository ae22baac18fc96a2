import { useTranslation } from 'react-i18next';
import { pageIn } from '../../../../shared/domain/elsewhere/caller-page.ts';
import { chords, matchChord } from '../../state/chords.ts';
import type { Work } from '../../state/work.ts';
import type { ListedAction } from '../spotlight/listed-action.ts';
import { confirmElsewhere, openElsewhere } from './elsewhere-orders.ts';
import { choicesIn, useElsewhere } from './use-elsewhere.ts';

const keys = 9;

/** Who it is elsewhere, by the keys of the match ladder where our own directory does not use them, and the page there. */
export const useElsewhereActions = (work: Work | null): readonly ListedAction[] => {
  const { t } = useTranslation();
  const sources = useElsewhere(work);
  const card = work?.card;
  const ownKind = card?.match.kind;
  const usesKeys = ownKind === 'several' || ownKind === 'maybe';
  const page = pageIn(sources);
  if (sources.length === 0) return [];
  return [
    ...choicesIn(sources)
      .slice(0, keys)
      .map(({ source, person }, index) => ({
        id: `elsewhere-${source.connectionId}-${person.type}-${person.id}`,
        group: 'customer' as const,
        label: t('elsewhere.choose', { name: person.name, system: source.name }),
        chord: usesKeys ? null : matchChord(index),
        possible: card !== undefined && card !== null,
        run: () => {
          if (card) void confirmElsewhere(card.contactId, source.connectionId, person);
        },
      })),
    {
      id: 'elsewhere-open',
      group: 'customer',
      label: t('elsewhere.open'),
      chord: chords.openElsewhere,
      possible: page !== null,
      run: () => {
        if (page !== null) openElsewhere(page);
      },
    },
  ];
};
