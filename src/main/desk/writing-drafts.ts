import { withoutCardDigits, withoutLongNumbers } from '../../shared/domain/payment/card-digits.ts';
import { failure, success } from '../../shared/result.ts';
import type { UiHandlers } from '../ipc/ui-answers.ts';
import type { Journal } from '../journal/journal.ts';
import type { DeskSession } from './desk-session.ts';

type Ports = {
  readonly session: Pick<DeskSession, 'userId'>;
  readonly journal: Pick<Journal, 'writing'>;
  readonly wallNow: () => number;
  /** A card is being taken in some call. */
  readonly isCardTaken: () => boolean;
  readonly onProblem: () => void;
};

/** What is being written for other systems outlives the window and the program, on this machine and for its agent alone. */
export const writingDrafts = ({
  session,
  journal,
  wallNow,
  isCardTaken,
  onProblem,
}: Ports): Pick<UiHandlers, 'deeds.keep' | 'deeds.kept'> => ({
  'deeds.keep': ({ kind, contactId, draft }) => {
    const agentId = session.userId();
    if (agentId === null) return failure({ code: 'not_signed_in', detail: '' });
    // Half of a card's number looks like any other.
    const clean = isCardTaken() ? withoutLongNumbers : withoutCardDigits;
    const about = { kind, contactId };
    const written =
      draft === null
        ? journal.writing.drop(agentId, about)
        : journal.writing.put(
            agentId,
            {
              ...about,
              draft: { ...draft, subject: clean(draft.subject), body: clean(draft.body) },
            },
            wallNow(),
          );
    if (written.ok) return success(null);
    onProblem();
    return failure({ code: 'journal_failed', detail: written.why });
  },
  'deeds.kept': () => {
    const agentId = session.userId();
    if (agentId === null) return failure({ code: 'not_signed_in', detail: '' });
    return success({ drafts: [...journal.writing.of(agentId, wallNow())] });
  },
});
