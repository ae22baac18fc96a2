import { useTranslation } from 'react-i18next';
import { chords } from '../../state/chords.ts';
import { show, useView } from '../../state/view-store.ts';
import type { ListedAction } from '../spotlight/listed-action.ts';
import { pressPlay } from './play-button.ts';

/** Playing what is on the page, and the page of the scores. */
export const useListeningActions = (): readonly ListedAction[] => {
  const { t } = useTranslation();
  const onContact = useView(({ place }) => place.kind === 'contact');
  return [
    {
      id: 'listen',
      group: 'go',
      label: t('listening.playHere'),
      chord: chords.listen,
      possible: onContact,
      run: pressPlay,
    },
    {
      id: 'quality',
      group: 'go',
      label: t('quality.title'),
      chord: chords.quality,
      possible: true,
      run: () => {
        show({ kind: 'quality' });
      },
    },
  ];
};
