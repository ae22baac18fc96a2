import {
  authorizeAnswerSchema,
  connectionSchema,
  connectionsSchema,
  connectionTestSchema,
  dispositionsSchema,
} from '../../shared/api/connections.ts';
import {
  elsewhereAnswerSchema,
  knowledgeSchema,
  systemsSchema,
  type ElsewhereSource,
} from '../../shared/api/elsewhere.ts';
import type { Refusal } from '../../shared/ipc/contract.ts';
import { failure, success, type Result } from '../../shared/result.ts';
import type { UiHandlers } from '../ipc/ui-answers.ts';
import type { DeskSession } from './desk-session.ts';
import type { DeskStore } from './desk-store.ts';
import type { ToldPages } from './told-pages.ts';

type ElsewhereRequest = Extract<
  keyof UiHandlers,
  `elsewhere.${string}` | `knowledge.${string}` | `connections.${string}`
>;

/** Opens an https page in the user's browser, behind this window where the system can do that. */
export type OpenPage = (url: string) => void;

const pagesOf = (sources: readonly ElsewhereSource[]): readonly string[] =>
  sources.flatMap(({ people, items }) => [...people, ...items].map(({ url }) => url));

const isHttps = (url: string): boolean => URL.parse(url)?.protocol === 'https:';

/** Other systems: the caller's record there, what is written down there, and how they are connected. */
export const elsewhereRequests = (
  { request }: Pick<DeskSession, 'request'>,
  store: DeskStore,
  openPage: OpenPage,
  pages: ToldPages,
): Pick<UiHandlers, ElsewhereRequest> => {
  /** What changes of the caller's record comes by the push as well. */
  const onContact = async (
    contactId: string,
    what: 'confirm' | 'people' | 'again',
    body: object,
  ): Promise<Result<{ readonly sources: readonly ElsewhereSource[] }, Refusal>> => {
    const answer = await request({
      method: 'POST',
      path: `/contacts/${contactId}/elsewhere/${what}`,
      body,
      answer: elsewhereAnswerSchema,
    });
    if (answer.ok) pages.tell(pagesOf(answer.value.sources));
    return answer;
  };

  return {
    'elsewhere.confirm': ({ contactId, ...person }) => onContact(contactId, 'confirm', person),
    'elsewhere.create': ({ contactId, ...person }) => onContact(contactId, 'people', person),
    'elsewhere.again': ({ contactId }) => onContact(contactId, 'again', {}),
    'elsewhere.search': async ({ text }) => {
      const path = `/elsewhere?${new URLSearchParams({ text }).toString()}`;
      const answer = await request({ method: 'GET', path, answer: elsewhereAnswerSchema });
      if (answer.ok) pages.tell(pagesOf(answer.value.sources));
      return answer;
    },
    'elsewhere.systems': () =>
      request({ method: 'GET', path: '/elsewhere/systems', answer: systemsSchema }),
    'knowledge.search': async (asked) => {
      const path = `/knowledge?${new URLSearchParams(asked).toString()}`;
      const answer = await request({ method: 'GET', path, answer: knowledgeSchema });
      if (answer.ok) {
        pages.tell(answer.value.sources.flatMap(({ articles }) => articles.map(({ url }) => url)));
      }
      return answer;
    },
    'elsewhere.open': ({ url }) => {
      const { elsewhere = [] } = store.snapshot();
      // The snapshot has those of the calls at hand.
      const isKnown =
        pages.has(url) || elsewhere.some(({ sources }) => pagesOf(sources).includes(url));
      if (!isHttps(url) || !isKnown) {
        return failure({ code: 'not_allowed', detail: 'this page was told by no connection' });
      }
      openPage(url);
      return success(null);
    },
    'connections.list': () =>
      request({ method: 'GET', path: '/connections', answer: connectionsSchema }),
    'connections.save': ({ connectionId, connection }) =>
      request({
        method: connectionId === null ? 'POST' : 'PUT',
        path: connectionId === null ? '/connections' : `/connections/${connectionId}`,
        body: connection,
        answer: connectionSchema,
      }),
    'connections.remove': ({ connectionId }) =>
      request({ method: 'DELETE', path: `/connections/${connectionId}`, answer: null }),
    'connections.test': ({ connectionId }) =>
      request({
        method: 'POST',
        path: `/connections/${connectionId}/test`,
        body: {},
        answer: connectionTestSchema,
      }),
    'connections.authorize': async ({ connectionId }) => {
      const answer = await request({
        method: 'POST',
        path: `/connections/${connectionId}/authorize`,
        body: {},
        answer: authorizeAnswerSchema,
      });
      if (!answer.ok) return answer;
      if (!isHttps(answer.value.url)) {
        return failure({ code: 'failed', detail: 'the sign-in is at no https address' });
      }
      openPage(answer.value.url);
      return success(null);
    },
    'connections.dispositions': ({ connectionId }) =>
      request({
        method: 'GET',
        path: `/connections/${connectionId}/dispositions`,
        answer: dispositionsSchema,
      }),
  };
};
