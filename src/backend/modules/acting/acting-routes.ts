import { Type } from 'typebox';
import {
  agentQueuesSchema,
  postTeamMessageSchema,
  putAgentQueuesSchema,
  teamMessageAnswerSchema,
  teamMessagesSchema,
} from '../../../shared/api/acting.ts';
import { problemSchema } from '../../../shared/api/routes.ts';
import type { App } from '../../app-type.ts';
import { signedIn } from '../../plugins/access.ts';
import { sendProblem } from '../../plugins/problems.ts';
import type { AgentQueueChanges } from './agent-queues.ts';
import type { Memos } from './memos.ts';
import type { TeamMessaging } from './team-messages.ts';

const userParams = Type.Object({ userId: Type.String({ format: 'uuid' }) });

type Needs = {
  readonly agentQueues: Pick<AgentQueueChanges, 'read' | 'put'>;
  readonly messages: TeamMessaging;
  readonly memos: Pick<Memos, 'read'>;
};

/** What supervisors do to agents' work beside their state, and what the agents read of it. */
export const actingRoutes = (app: App, { agentQueues, messages, memos }: Needs): void => {
  app.get(
    '/agents/:userId/queues',
    {
      config: { access: 'supervisor' },
      schema: {
        summary: 'Which queues an agent serves, and until when that is other than usual.',
        params: userParams,
        response: { 200: agentQueuesSchema, 404: problemSchema },
      },
    },
    async (request, reply) => {
      const answer = await agentQueues.read(signedIn(request).user, request.params.userId);
      return answer.ok ? answer.value : sendProblem(reply, answer.why);
    },
  );
  app.put(
    '/agents/:userId/queues',
    {
      config: { access: 'supervisor' },
      schema: {
        summary: 'Moves an agent between queues, for today or for good; the agent is told by whom.',
        params: userParams,
        body: putAgentQueuesSchema,
        response: { 200: agentQueuesSchema, 400: problemSchema, 404: problemSchema },
      },
    },
    async (request, reply) => {
      const { queues, span } = request.body;
      const { user } = signedIn(request);
      const answer = await agentQueues.put(user, request.params.userId, queues, span);
      return answer.ok ? answer.value : sendProblem(reply, answer.why);
    },
  );
  app.get(
    '/team-messages',
    {
      config: { access: 'supervisor' },
      schema: {
        summary: 'To whom this supervisor may write, and how many have read what was written.',
        response: { 200: teamMessagesSchema },
      },
    },
    (request) => messages.list(signedIn(request).user),
  );
  app.post(
    '/team-messages',
    {
      config: { access: 'supervisor' },
      schema: {
        summary: 'Writes to a team; each of its people has it until it was read.',
        body: postTeamMessageSchema,
        response: {
          200: teamMessageAnswerSchema,
          400: problemSchema,
          403: problemSchema,
          404: problemSchema,
          409: problemSchema,
        },
      },
    },
    async (request, reply) => {
      const answer = await messages.send(signedIn(request).user, request.body);
      return answer.ok ? answer.value : sendProblem(reply, answer.why);
    },
  );
  app.put(
    '/memos/:memoId/read',
    {
      config: { access: 'agent' },
      schema: {
        summary: 'The agent has read what a supervisor did or wrote.',
        params: Type.Object({ memoId: Type.String({ format: 'uuid' }) }),
        response: { 204: Type.Null() },
      },
    },
    async (request, reply) => {
      await memos.read(signedIn(request).user.id, request.params.memoId);
      return reply.code(204).send(null);
    },
  );
};
