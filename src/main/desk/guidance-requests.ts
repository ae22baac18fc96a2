import {
  contactGuidanceSchema,
  guidanceBookSchema,
  type GuidanceBook,
} from '../../shared/api/guidance.ts';
import { success } from '../../shared/result.ts';
import type { UiHandlers } from '../ipc/ui-answers.ts';
import type { CallLedger } from '../ledger/call-ledger.ts';
import type { DeskSession } from './desk-session.ts';
import type { DeskStore } from './desk-store.ts';

type GuidanceRequest = Extract<keyof UiHandlers, `guidance.${string}`>;

/** Scripts, pieces of text and verification. The book that is in force is asked for once and kept here. */
export const guidanceRequests = (
  { request, userId }: Pick<DeskSession, 'request' | 'userId'>,
  store: DeskStore,
  guide: CallLedger['guide'],
): Pick<UiHandlers, GuidanceRequest> => {
  let kept: { readonly userId: string | null; readonly book: GuidanceBook } | null = null;
  const inForce = (): string | undefined => {
    const { session } = store.snapshot();
    return session.state === 'signed_in' ? session.guidance : undefined;
  };
  return {
    'guidance.book': async () => {
      const mine = userId();
      if (kept?.userId === mine && kept.book.version === inForce()) return success(kept.book);
      const answer = await request({
        method: 'GET',
        path: '/guidance',
        answer: guidanceBookSchema,
      });
      if (answer.ok && userId() === mine) kept = { userId: mine, book: answer.value };
      return answer;
    },
    'guidance.move': ({ callId, ...move }) => guide(callId, { kind: 'script_moved', ...move }),
    'guidance.press': ({ callId, ...press }) =>
      guide(callId, { kind: 'verification_pressed', ...press }),
    'guidance.ofContact': ({ contactId }) =>
      request({
        method: 'GET',
        path: `/contacts/${contactId}/guidance`,
        answer: contactGuidanceSchema,
      }),
  };
};
