import { useTranslation } from 'react-i18next';
import { chords } from '../../state/chords.ts';
import { useMacros } from '../../state/guidance-store.ts';
import { showDesk } from '../../state/view-store.ts';
import type { Work } from '../../state/work.ts';
import { showPart } from '../../state/work-part.ts';
import type { ListedAction } from '../spotlight/listed-action.ts';
import { beginMacro } from '../wrap-up/NotesField.tsx';
import { identityPanelId, scriptPanelId } from './panel-ids.ts';
import { usePartsOf } from './WorkParts.tsx';

/** The script, the questions and the pieces of text of the call at hand. */
export const useGuidanceActions = (centre: Work | null): readonly ListedAction[] => {
  const { t } = useTranslation();
  const parts = usePartsOf(centre);
  const macros = useMacros(centre?.queue ?? null);
  const isAtWork = centre?.stage === 'live' || centre?.stage === 'wrap_up';
  const open = (part: 'script' | 'identity', id: string) => (): void => {
    if (centre === null) return;
    showDesk();
    showPart(centre, part, () => {
      document.getElementById(id)?.focus();
    });
  };
  return [
    {
      id: 'guidance-script',
      group: 'call',
      label: t('guidance.openScript'),
      chord: chords.script,
      possible: isAtWork && parts.includes('script'),
      run: open('script', scriptPanelId),
    },
    {
      id: 'guidance-identity',
      group: 'customer',
      label: t('guidance.openIdentity'),
      chord: chords.identity,
      possible: isAtWork && parts.includes('identity'),
      run: open('identity', identityPanelId),
    },
    {
      id: 'guidance-macro',
      group: 'wrapUp',
      label: t('guidance.insertMacro'),
      chord: chords.macro,
      possible: isAtWork && macros.length > 0,
      run: () => {
        if (centre === null) return;
        showDesk();
        showPart(centre, 'notes', beginMacro);
      },
    },
  ];
};
