import {
  coachingNoteSchema,
  coachingSchema,
  contactNotesSchema,
} from '../../shared/api/coaching.ts';
import type { UiHandlers } from '../ipc/ui-answers.ts';
import type { DeskSession } from './desk-session.ts';

type CoachingRequest = Extract<keyof UiHandlers, `coaching.${string}`>;

/** What supervisors tell agents about their conversations. */
export const coachingRequests = ({
  request,
}: Pick<DeskSession, 'request'>): Pick<UiHandlers, CoachingRequest> => ({
  'coaching.page': ({ agentId }) =>
    request({
      method: 'GET',
      path: `/coaching${agentId === undefined ? '' : `?agentId=${agentId}`}`,
      answer: coachingSchema,
    }),
  'coaching.notes': ({ contactId }) =>
    request({
      method: 'GET',
      path: `/contacts/${contactId}/coaching-notes`,
      answer: contactNotesSchema,
    }),
  'coaching.write': ({ contactId, ...body }) =>
    request({
      method: 'POST',
      path: `/contacts/${contactId}/coaching-notes`,
      body,
      answer: coachingNoteSchema,
    }),
  'coaching.remove': ({ noteId }) =>
    request({ method: 'DELETE', path: `/coaching/notes/${noteId}`, answer: null }),
  'coaching.acknowledge': ({ noteId, ...body }) =>
    request({
      method: 'POST',
      path: `/coaching/notes/${noteId}/acknowledgement`,
      body,
      answer: coachingNoteSchema,
    }),
});
