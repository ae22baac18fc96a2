import { Type } from 'typebox';
import {
  callBackDeeds,
  callBackPageSchema,
  callBackQuerySchema,
  callBackSchema,
  callBacksAboutQuerySchema,
  callBacksAboutSchema,
  postCallBackSchema,
  putCallBackOwnerSchema,
  putCallBackSchema,
} from '../../../shared/api/call-backs.ts';
import { problemSchema } from '../../../shared/api/routes.ts';
import type { App } from '../../app-type.ts';
import { signedIn } from '../../plugins/access.ts';
import { sendProblem } from '../../plugins/problems.ts';
import type { CallBacks } from './call-backs.ts';

const id = Type.String({ format: 'uuid' });
const params = Type.Object({ callBackId: id });
const answers = {
  200: callBackSchema,
  400: problemSchema,
  403: problemSchema,
  404: problemSchema,
  409: problemSchema,
};

export const callBackRoutes = (app: App, callBacks: CallBacks): void => {
  app.get(
    '/call-backs',
    {
      config: { access: 'agent' },
      schema: {
        summary: 'Call-backs and follow-ups: one’s own, or for a supervisor the team’s.',
        querystring: callBackQuerySchema,
        response: { 200: callBackPageSchema, 400: problemSchema, 403: problemSchema },
      },
    },
    async (request, reply) => {
      const answer = await callBacks.page(signedIn(request).user, request.query);
      return answer.ok ? answer.value : sendProblem(reply, answer.why);
    },
  );
  app.get(
    '/call-backs/about',
    {
      config: { access: 'agent' },
      schema: {
        summary: 'Those of a contact, or of a customer.',
        querystring: callBacksAboutQuerySchema,
        response: { 200: callBacksAboutSchema, 400: problemSchema },
      },
    },
    async (request) => ({
      callBacks: [...(await callBacks.about(signedIn(request).user, request.query))],
    }),
  );
  app.post(
    '/call-backs',
    {
      config: { access: 'agent' },
      schema: {
        summary: 'Schedules a call-back or a follow-up; asked twice with one id it is one.',
        body: postCallBackSchema,
        response: answers,
      },
    },
    async (request, reply) => {
      const answer = await callBacks.post(signedIn(request).user, request.body);
      return answer.ok ? answer.value : sendProblem(reply, answer.why);
    },
  );
  app.put(
    '/call-backs/:callBackId',
    {
      config: { access: 'agent' },
      schema: {
        summary: 'Another time, number or note; what is over is open again.',
        params,
        body: putCallBackSchema,
        response: answers,
      },
    },
    async (request, reply) => {
      const { callBackId } = request.params;
      const answer = await callBacks.put(signedIn(request).user, callBackId, request.body);
      return answer.ok ? answer.value : sendProblem(reply, answer.why);
    },
  );
  app.put(
    '/call-backs/:callBackId/owner',
    {
      config: { access: 'supervisor' },
      schema: {
        summary: 'A supervisor gives it to somebody else, or to the queue.',
        params,
        body: putCallBackOwnerSchema,
        response: answers,
      },
    },
    async (request, reply) => {
      const { callBackId } = request.params;
      const { user } = signedIn(request);
      const answer = await callBacks.give(user, callBackId, request.body.agentId);
      return answer.ok ? answer.value : sendProblem(reply, answer.why);
    },
  );
  app.post(
    '/call-backs/:callBackId/:deed',
    {
      config: { access: 'agent' },
      schema: {
        summary: 'Takes or lets pass what is offered; finishes, cancels or reopens.',
        params: Type.Object({ callBackId: id, deed: Type.Enum([...callBackDeeds]) }),
        response: answers,
      },
    },
    async (request, reply) => {
      const { callBackId, deed } = request.params;
      const answer = await callBacks.act(signedIn(request).user, callBackId, deed);
      return answer.ok ? answer.value : sendProblem(reply, answer.why);
    },
  );
};
