import { Type } from 'typebox';
import { agentViewSchema } from '../../../shared/api/records.ts';
import {
  problemSchema,
  putAgentStateSchema,
  putDoNotDisturbSchema,
  putWishSchema,
} from '../../../shared/api/routes.ts';
import type { App } from '../../app-type.ts';
import { signedIn } from '../../plugins/access.ts';
import { sendProblem } from '../../plugins/problems.ts';
import type { Agents } from './agent-service.ts';
import type { Supervision } from './supervision.ts';

export const agentRoutes = (app: App, agents: Agents, supervision: Supervision): void => {
  app.put(
    '/agent/wish',
    {
      config: { access: 'agent' },
      schema: {
        summary: 'What the agent wants to be; during a call it takes effect when the call is over.',
        body: putWishSchema,
        response: {
          200: agentViewSchema,
          400: problemSchema,
          403: problemSchema,
          409: problemSchema,
        },
      },
    },
    async (request, reply) => {
      const answer = await agents.wish(signedIn(request).user.id, request.body.wish);
      return answer.ok ? answer.value : sendProblem(reply, answer.why);
    },
  );
  app.put(
    '/agents/:userId/state',
    {
      config: { access: 'supervisor' },
      schema: {
        summary: 'A supervisor’s word: during a call it takes effect after it; no wrap-up is lost.',
        params: Type.Object({ userId: Type.String({ format: 'uuid' }) }),
        body: putAgentStateSchema,
        response: {
          200: agentViewSchema,
          403: problemSchema,
          404: problemSchema,
          409: problemSchema,
        },
      },
    },
    async (request, reply) => {
      const { user } = signedIn(request);
      const answer = await supervision.force(user, request.params.userId, request.body.state);
      return answer.ok ? answer.value : sendProblem(reply, answer.why);
    },
  );
  app.put(
    '/agent/do-not-disturb',
    {
      config: { access: 'agent' },
      schema: {
        summary: 'Direct calls are refused as busy; queues follow the agent’s state as ever.',
        body: putDoNotDisturbSchema,
        response: { 200: agentViewSchema, 409: problemSchema },
      },
    },
    async (request, reply) => {
      const answer = await agents.setDoNotDisturb(signedIn(request).user.id, request.body.on);
      return answer.ok ? answer.value : sendProblem(reply, answer.why);
    },
  );
};
