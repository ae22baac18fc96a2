import {
  deadDeedsSchema,
  deedSchema,
  deedsSchema,
  escalationDraftSchema,
} from '../../shared/api/deeds.ts';
import type { UiHandlers } from '../ipc/ui-answers.ts';
import type { DeskSession } from './desk-session.ts';
import type { ToldPages } from './told-pages.ts';

type DeedRequest = Exclude<
  Extract<keyof UiHandlers, `deeds.${string}`>,
  'deeds.keep' | 'deeds.kept'
>;

/** What is written in other systems: by hand from a contact, and what became of everything that is. */
export const deedRequests = (
  { request }: Pick<DeskSession, 'request'>,
  pages: ToldPages,
): Pick<UiHandlers, DeedRequest> => {
  const write = async (contactId: string, what: string, body: object) => {
    const path = `/contacts/${contactId}/${what}`;
    const answer = await request({ method: 'POST', path, body, answer: deedSchema });
    if (answer.ok) pages.tell([answer.value.url]);
    return answer;
  };
  const act = (deedId: string, what: 'retry' | 'let-go') =>
    request({ method: 'POST', path: `/deeds/${deedId}/${what}`, body: {}, answer: deedSchema });
  return {
    'deeds.ticket': ({ contactId, ...ticket }) => write(contactId, 'tickets', ticket),
    'deeds.note': ({ contactId, ...note }) => write(contactId, 'ticket-notes', note),
    'deeds.escalate': ({ contactId, ...matter }) => write(contactId, 'escalations', matter),
    'deeds.draft': ({ contactId, language }) =>
      request({
        method: 'GET',
        path: `/contacts/${contactId}/escalation-draft?language=${language}`,
        answer: escalationDraftSchema,
      }),
    'deeds.ofContact': async ({ contactId }) => {
      const path = `/contacts/${contactId}/deeds`;
      const answer = await request({ method: 'GET', path, answer: deedsSchema });
      if (answer.ok) pages.tell(answer.value.deeds.map(({ url }) => url));
      return answer;
    },
    'deeds.dead': async () => {
      const path = '/deeds?state=dead';
      const answer = await request({ method: 'GET', path, answer: deadDeedsSchema });
      if (answer.ok) pages.tell(answer.value.deeds.map(({ url }) => url));
      return answer;
    },
    'deeds.retry': ({ deedId }) => act(deedId, 'retry'),
    'deeds.letGo': ({ deedId }) => act(deedId, 'let-go'),
  };
};
