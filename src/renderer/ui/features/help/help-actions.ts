import { useTranslation } from 'react-i18next';
import { useDesk } from '../../bridge/desk-store.ts';
import { chords } from '../../state/chords.ts';
import {
  handFieldId,
  othersHands,
  ownHand,
  raiseHand,
  takeHand,
  useHands,
  useMyId,
} from '../../state/hands.ts';
import { order } from '../../state/orders.ts';
import type { Work } from '../../state/work.ts';
import type { ListedAction } from '../spotlight/listed-action.ts';

/** At once, so that no letter is lost; and again where the field comes with the next frame, or a dialog gives focus back. */
const focusField = (handId: string): void => {
  const focus = (): void => {
    document.getElementById(handFieldId(handId))?.focus();
  };
  focus();
  requestAnimationFrame(focus);
};

/** Asking for help in the call at hand, and giving it. */
export const useHelpActions = (centre: Work | null): readonly ListedAction[] => {
  const { t } = useTranslation();
  const hands = useHands();
  const me = useMyId();
  const helps = useDesk(
    ({ session }) => session.state === 'signed_in' && session.user.role !== 'agent',
  );
  const isAtWork = centre?.stage === 'live' || centre?.stage === 'wrap_up';
  const own = centre === null ? null : ownHand(hands, me, centre.callKey);
  const first = othersHands(hands, me).find(({ taken }) => taken === null);
  return [
    {
      id: 'raise-hand',
      group: 'call',
      label: t(own === null ? 'help.ask' : 'help.writeOn'),
      chord: chords.raiseHand,
      possible: isAtWork,
      run: () => {
        if (own !== null) focusField(own.id);
        else if (centre !== null) void raiseHand(centre.callKey);
      },
    },
    {
      id: 'lower-hand',
      group: 'call',
      label: t(own?.taken === null ? 'help.withdraw' : 'help.done'),
      chord: null,
      possible: own !== null,
      run: () => {
        if (own !== null) void order('help.lower', { handId: own.id });
      },
    },
    ...(helps
      ? [
          {
            id: 'take-hand',
            group: 'agent' as const,
            label:
              first === undefined
                ? t('help.takeFirst')
                : t('help.takeOf', { name: first.agent.name }),
            chord: chords.takeHand,
            possible: first !== undefined,
            run: () => {
              if (first === undefined) return;
              void takeHand(first).then((answer) => {
                if (answer.ok) focusField(first.id);
              });
            },
          },
        ]
      : []),
  ];
};
