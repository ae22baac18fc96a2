import { Type } from 'typebox';
import {
  commentSchema,
  listeningSchema,
  postCommentSchema,
} from '../../../shared/api/listening.ts';
import { problemSchema } from '../../../shared/api/routes.ts';
import type { App } from '../../app-type.ts';
import { signedIn } from '../../plugins/access.ts';
import { sendProblem } from '../../plugins/problems.ts';
import type { ListeningBack } from './listening.ts';

const id = Type.String({ format: 'uuid' });
const place = Type.Object({ contactId: id, recordingId: id });
const path = '/contacts/:contactId/recordings/:recordingId';

export const listeningRoutes = (app: App, listening: ListeningBack): void => {
  app.get(
    `${path}/listening`,
    {
      config: { access: 'agent' },
      schema: {
        summary: 'What there is to a recording beside its sound: wave, markers, comments.',
        params: place,
        response: { 200: listeningSchema, 404: problemSchema },
      },
    },
    async (request, reply) => {
      const answer = await listening.open(signedIn(request).user, request.params);
      return answer.ok ? answer.value : sendProblem(reply, answer.why);
    },
  );
  app.post(
    `${path}/comments`,
    {
      config: { access: 'agent' },
      schema: {
        summary: 'Says something about a moment of a recording.',
        params: place,
        body: postCommentSchema,
        response: { 200: commentSchema, 400: problemSchema, 404: problemSchema },
      },
    },
    async (request, reply) => {
      const { user } = signedIn(request);
      const answer = await listening.comment(user, request.params, request.body);
      return answer.ok ? answer.value : sendProblem(reply, answer.why);
    },
  );
  app.delete(
    `${path}/comments/:commentId`,
    {
      config: { access: 'agent' },
      schema: {
        summary: 'Takes an own comment back; an administrator may take anybody’s.',
        params: Type.Object({ ...place.properties, commentId: id }),
        response: { 204: Type.Null(), 404: problemSchema },
      },
    },
    async (request, reply) => {
      const { commentId, ...where } = request.params;
      const answer = await listening.removeComment(signedIn(request).user, where, commentId);
      return answer.ok ? reply.code(204).send(null) : sendProblem(reply, answer.why);
    },
  );
};
