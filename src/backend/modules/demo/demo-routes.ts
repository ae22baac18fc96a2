import { Type } from 'typebox';
import {
  demoCallAnswerSchema,
  demoCallSchema,
  demoUsersSchema,
  problemSchema,
} from '../../../shared/api/routes.ts';
import type { App } from '../../app-type.ts';
import { signedIn } from '../../plugins/access.ts';
import { sendProblem } from '../../plugins/problems.ts';
import type { Demo } from './demo-service.ts';

const clockSchema = Type.Object(
  { everySeconds: Type.Union([Type.Integer({ minimum: 5, maximum: 3_600 }), Type.Null()]) },
  { additionalProperties: false },
);

/** Registered in demo mode only. */
export const demoRoutes = (app: App, demo: Demo): void => {
  app.get(
    '/demo',
    {
      config: { access: 'public' },
      schema: {
        summary: 'Who may sign in to the demo, with their passwords.',
        response: { 200: demoUsersSchema },
      },
    },
    () => demo.users(),
  );

  app.post(
    '/demo/customer-call',
    {
      config: { access: 'agent' },
      schema: {
        summary: 'Has a customer call.',
        body: demoCallSchema,
        response: { 200: demoCallAnswerSchema, 409: problemSchema, 503: problemSchema },
      },
    },
    async (request, reply) => {
      const answer = await demo.call(signedIn(request).user.id, request.body);
      return answer.ok ? answer.value : sendProblem(reply, answer.why);
    },
  );

  app.put(
    '/demo/clock',
    {
      config: { access: 'agent' },
      schema: {
        summary: 'Customers call by themselves, or stop doing so.',
        body: clockSchema,
        response: { 200: clockSchema },
      },
    },
    (request) => {
      demo.setClock(request.body.everySeconds);
      return request.body;
    },
  );
};
