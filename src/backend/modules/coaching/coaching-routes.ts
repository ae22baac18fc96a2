import { Type } from 'typebox';
import {
  coachingNoteSchema,
  coachingQuerySchema,
  coachingSchema,
  contactNotesSchema,
  postNoteSchema,
} from '../../../shared/api/coaching.ts';
import { acknowledgeSchema } from '../../../shared/api/quality.ts';
import { problemSchema } from '../../../shared/api/routes.ts';
import type { App } from '../../app-type.ts';
import { signedIn } from '../../plugins/access.ts';
import { sendProblem } from '../../plugins/problems.ts';
import type { CoachingDesk } from './coaching.ts';

const id = Type.String({ format: 'uuid' });
const contactParams = Type.Object({ contactId: id });
const noteParams = Type.Object({ noteId: id });

export const coachingRoutes = (app: App, coaching: CoachingDesk): void => {
  app.get(
    '/coaching',
    {
      config: { access: 'agent' },
      schema: {
        summary: 'Notes and scores of an agent, and how they go: one’s own, or of one’s team.',
        querystring: coachingQuerySchema,
        response: { 200: coachingSchema, 404: problemSchema },
      },
    },
    async (request, reply) => {
      const answer = await coaching.page(signedIn(request).user, request.query.agentId);
      return answer.ok ? answer.value : sendProblem(reply, answer.why);
    },
  );
  app.get(
    '/contacts/:contactId/coaching-notes',
    {
      config: { access: 'agent' },
      schema: {
        summary: 'What supervisors wrote about a contact, as far as this user may see it.',
        params: contactParams,
        response: { 200: contactNotesSchema, 404: problemSchema },
      },
    },
    async (request, reply) => {
      const answer = await coaching.notesOf(signedIn(request).user, request.params.contactId);
      return answer.ok ? { notes: [...answer.value] } : sendProblem(reply, answer.why);
    },
  );
  app.post(
    '/contacts/:contactId/coaching-notes',
    {
      config: { access: 'supervisor' },
      schema: {
        summary: 'Tells the agent something about a contact; the agent reads it at once.',
        params: contactParams,
        body: postNoteSchema,
        response: {
          200: coachingNoteSchema,
          400: problemSchema,
          404: problemSchema,
          409: problemSchema,
        },
      },
    },
    async (request, reply) => {
      const { user } = signedIn(request);
      const answer = await coaching.write(user, request.params.contactId, request.body);
      return answer.ok ? answer.value : sendProblem(reply, answer.why);
    },
  );
  app.delete(
    '/coaching/notes/:noteId',
    {
      config: { access: 'supervisor' },
      schema: {
        summary: 'Takes an own note back that the agent has not acknowledged.',
        params: noteParams,
        response: { 204: Type.Null(), 404: problemSchema },
      },
    },
    async (request, reply) => {
      const answer = await coaching.remove(signedIn(request).user, request.params.noteId);
      return answer.ok ? reply.code(204).send(null) : sendProblem(reply, answer.why);
    },
  );
  app.post(
    '/coaching/notes/:noteId/acknowledgement',
    {
      config: { access: 'agent' },
      schema: {
        summary: 'The agent has read the note, and says something or nothing to it.',
        params: noteParams,
        body: acknowledgeSchema,
        response: { 200: coachingNoteSchema, 404: problemSchema, 409: problemSchema },
      },
    },
    async (request, reply) => {
      const { user } = signedIn(request);
      const { noteId } = request.params;
      const answer = await coaching.acknowledge(user, noteId, request.body.reply);
      return answer.ok ? answer.value : sendProblem(reply, answer.why);
    },
  );
};
