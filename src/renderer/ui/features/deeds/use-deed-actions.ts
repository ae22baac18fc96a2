import { useTranslation } from 'react-i18next';
import { useDesk } from '../../bridge/desk-store.ts';
import { show, useView } from '../../state/view-store.ts';
import type { Work } from '../../state/work.ts';
import { useWriting, writeForShown, writeKinds } from '../../state/write-store.ts';
import type { ListedAction } from '../spotlight/listed-action.ts';
import { useElsewhere } from '../elsewhere/use-elsewhere.ts';
import { useWritable, writeChords } from './WriteButtons.tsx';

/** What is written in other systems from the call or contact at hand, and what could not be. */
export const useDeedActions = (work: Work | null): readonly ListedAction[] => {
  const { t } = useTranslation();
  const isContact = useView(({ place }) => place.kind === 'contact');
  const sources = useElsewhere(work);
  const writable = useWritable(isContact ? null : sources);
  // A call that rings meanwhile does not change whom the form is about.
  const isOpen = useWriting(({ dialog }) => dialog !== null);
  const isAbove = useDesk(
    ({ session }) => session.state === 'signed_in' && session.user.role !== 'agent',
  );
  const card = work?.consultFor === null ? work.card : null;
  const hasContact = isContact || card !== null;
  return [
    ...writeKinds.map((kind) => ({
      id: `write-${kind}`,
      group: 'customer' as const,
      label: t(`deeds.write.${kind}`),
      chord: writeChords[kind],
      possible:
        !isOpen && hasContact && writable.some((each) => each.kind === kind && each.possible),
      run: () => void writeForShown(kind, work),
    })),
    ...(isAbove
      ? [
          {
            id: 'undelivered',
            group: 'go' as const,
            label: t('deeds.undelivered'),
            chord: null,
            possible: true,
            run: () => {
              show({ kind: 'undelivered' });
            },
          },
        ]
      : []),
  ];
};
