import { useTranslation } from 'react-i18next';
import { useDesk } from '../../bridge/desk-store.ts';
import { chords } from '../../state/chords.ts';
import { beginCoaching } from '../../state/coaching-store.ts';
import { show, useView } from '../../state/view-store.ts';
import type { ListedAction } from '../spotlight/listed-action.ts';

/** The page of coaching, and for supervisors a note or a score about the contact that is open or listened to. */
export const useCoachingActions = (): readonly ListedAction[] => {
  const { t } = useTranslation();
  const supervises = useDesk(
    ({ session }) => session.state === 'signed_in' && session.user.role !== 'agent',
  );
  const open = useView(({ place }) => (place.kind === 'contact' ? place.contactId : null));
  const joined = useDesk(({ join }) => join?.contactId ?? null);
  const joinedAgent = useDesk(({ join }) => join?.agent.id ?? null);
  const contactId = open ?? joined;
  const agentId = open === null || open === joined ? joinedAgent : null;
  const about = (what: 'note' | 'score') => ({
    possible: contactId !== null,
    run: () => {
      if (contactId !== null) beginCoaching({ contactId, what, agentId });
    },
  });
  return [
    {
      id: 'coaching',
      group: 'go',
      label: t('coaching.title'),
      chord: chords.coaching,
      possible: true,
      run: () => {
        show({ kind: 'coaching' });
      },
    },
    ...(supervises
      ? [
          {
            ...{ id: 'coaching-note', group: 'go' as const, label: t('coaching.writeNote') },
            ...{ chord: chords.coachingNote, ...about('note') },
          },
          {
            ...{ id: 'score-contact', group: 'go' as const, label: t('coaching.scoreContact') },
            ...{ chord: chords.scoreContact, ...about('score') },
          },
        ]
      : []),
  ];
};
