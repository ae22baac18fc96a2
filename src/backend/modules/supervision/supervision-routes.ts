import { Type } from 'typebox';
import { problemSchema } from '../../../shared/api/routes.ts';
import {
  joinsPageSchema,
  joinsQuerySchema,
  joinViewSchema,
  postJoinSchema,
  putCovertSchema,
  putJoinSchema,
} from '../../../shared/api/supervision.ts';
import type { App } from '../../app-type.ts';
import { signedIn } from '../../plugins/access.ts';
import { sendProblem } from '../../plugins/problems.ts';
import type { Joining } from './joining.ts';

const joinParams = Type.Object({ joinId: Type.String({ format: 'uuid' }) });
const refusals = {
  400: problemSchema,
  403: problemSchema,
  404: problemSchema,
  409: problemSchema,
  503: problemSchema,
};

export const supervisionRoutes = (app: App, joining: Joining): void => {
  app.post(
    '/supervision',
    {
      config: { access: 'supervisor' },
      schema: {
        summary: 'Joins a call of an agent; answers when the own phone hears it.',
        body: postJoinSchema,
        response: { 200: joinViewSchema, ...refusals },
      },
    },
    async (request, reply) => {
      const answer = await joining.join(signedIn(request).user, request.body);
      return answer.ok ? answer.value : sendProblem(reply, answer.why);
    },
  );
  app.put(
    '/supervision/:joinId',
    {
      config: { access: 'supervisor' },
      schema: {
        summary: 'Another mode of an own join; answers when the phone system confirmed it.',
        params: joinParams,
        body: putJoinSchema,
        response: { 200: joinViewSchema, ...refusals },
      },
    },
    async (request, reply) => {
      const { joinId } = request.params;
      const answer = await joining.setMode(signedIn(request).user, joinId, request.body.mode);
      return answer.ok ? answer.value : sendProblem(reply, answer.why);
    },
  );
  app.delete(
    '/supervision/:joinId',
    {
      config: { access: 'supervisor' },
      schema: {
        summary: 'Leaves; one that is over already is fine.',
        params: joinParams,
        response: { 204: Type.Null() },
      },
    },
    async (request, reply) => {
      await joining.leave(signedIn(request).user, request.params.joinId);
      return reply.code(204).send(null);
    },
  );
  app.post(
    '/supervision/:joinId/take-over',
    {
      config: { access: 'supervisor' },
      schema: {
        summary: 'The customer is handed to the own phone, and the join is over.',
        params: joinParams,
        response: { 204: Type.Null(), ...refusals },
      },
    },
    async (request, reply) => {
      const answer = await joining.takeOver(signedIn(request).user, request.params.joinId);
      return answer.ok ? reply.code(204).send(null) : sendProblem(reply, answer.why);
    },
  );
  app.get(
    '/supervision',
    {
      config: { access: 'agent' },
      schema: {
        summary: 'Who was on whose calls, the newest first; an agent reads of the own ones.',
        querystring: joinsQuerySchema,
        response: { 200: joinsPageSchema, 400: problemSchema },
      },
    },
    (request) => joining.ledger(signedIn(request).user, request.query),
  );
  app.put(
    '/agents/:userId/covert-listening',
    {
      config: { access: 'administrator' },
      schema: {
        summary: 'Gives or takes the right to listen without being seen by the agent.',
        params: Type.Object({ userId: Type.String({ format: 'uuid' }) }),
        body: putCovertSchema,
        response: { 204: Type.Null(), 400: problemSchema, 404: problemSchema },
      },
    },
    async (request, reply) => {
      const { userId } = request.params;
      const answer = await joining.grantCovert(
        signedIn(request).user,
        userId,
        request.body.granted,
      );
      return answer.ok ? reply.code(204).send(null) : sendProblem(reply, answer.why);
    },
  );
};
