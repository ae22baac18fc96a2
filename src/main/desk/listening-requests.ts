import { commentSchema, listeningSchema } from '../../shared/api/listening.ts';
import {
  contactQualitySchema,
  qualityListSchema,
  scorecardSchema,
} from '../../shared/api/quality.ts';
import type { UiHandlers } from '../ipc/ui-answers.ts';
import type { DeskSession } from './desk-session.ts';

type ListeningRequest = Extract<keyof UiHandlers, `listening.${string}` | `quality.${string}`>;

type Place = { readonly contactId: string; readonly recordingId: string };
const pathOf = ({ contactId, recordingId }: Place): string =>
  `/contacts/${contactId}/recordings/${recordingId}`;

/** Reading a whole recording once takes a while, the more so where it is kept far away. */
const firstLookMs = 30_000;

/** Listening back, and what is made of it; the sound itself comes over `app://ui/recordings/`. */
export const listeningRequests = ({
  request,
}: Pick<DeskSession, 'request'>): Pick<UiHandlers, ListeningRequest> => ({
  'listening.open': (place) =>
    request({
      method: 'GET',
      path: `${pathOf(place)}/listening`,
      answer: listeningSchema,
      timeoutMs: firstLookMs,
    }),
  'listening.comment': ({ atMs, text, ...place }) =>
    request({
      method: 'POST',
      path: `${pathOf(place)}/comments`,
      body: { atMs, text },
      answer: commentSchema,
    }),
  'listening.removeComment': ({ commentId, ...place }) =>
    request({
      method: 'DELETE',
      path: `${pathOf(place)}/comments/${commentId}`,
      answer: null,
    }),
  'quality.list': () => request({ method: 'GET', path: '/quality', answer: qualityListSchema }),
  'quality.ofContact': ({ contactId }) =>
    request({
      method: 'GET',
      path: `/contacts/${contactId}/quality`,
      answer: contactQualitySchema,
    }),
  'quality.score': ({ contactId, card }) =>
    request({
      method: 'PUT',
      path: `/contacts/${contactId}/quality`,
      body: card,
      answer: contactQualitySchema,
    }),
  'quality.acknowledge': ({ cardId, reply }) =>
    request({
      method: 'POST',
      path: `/quality/cards/${cardId}/acknowledgement`,
      body: { reply },
      answer: scorecardSchema,
    }),
});
