import { Type } from 'typebox';
import { queueSchema } from '../../../shared/api/records.ts';
import { problemSchema, putQueueSchema } from '../../../shared/api/routes.ts';
import type { App } from '../../app-type.ts';
import type { Database } from '../../database/database.ts';
import { refused } from '../../problem.ts';
import { sendProblem } from '../../plugins/problems.ts';
import { listAgentsInQueues } from '../accounts/accounts-repository.ts';
import { setAutoAnswer } from '../desk/desk-repository.ts';
import type { Desks } from '../desk/desk-service.ts';
import type { PushHub } from '../push/push-hub.ts';

type Needs = {
  readonly database: Database;
  readonly desks: Desks;
  readonly push: PushHub;
};

/** How queues work; the desks of those who serve them know at once. */
export const queueRoutes = (app: App, { database, desks, push }: Needs): void => {
  app.put(
    '/queues/:queue',
    {
      config: { access: 'administrator' },
      schema: {
        summary: 'Whether the calls of a queue are answered without a press.',
        params: Type.Object({ queue: Type.String({ maxLength: 80 }) }),
        body: putQueueSchema,
        response: { 200: queueSchema, 404: problemSchema },
      },
    },
    async (request, reply) => {
      const { queue: name } = request.params;
      const queue = await setAutoAnswer(database, name, request.body.autoAnswer);
      if (queue === null) return sendProblem(reply, refused('not_found', 'no such queue').why);
      const agents = (await listAgentsInQueues(database)).filter(
        ({ id, queues }) => queues.includes(name) && push.isConnected(id),
      );
      for (const { queues: _queues, ...user } of agents) {
        push.toUser(user.id, { kind: 'desk', desk: await desks.of(user) });
      }
      return queue;
    },
  );
};
