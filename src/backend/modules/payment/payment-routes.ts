import { Type } from 'typebox';
import { endPauseSchema, openPauseSchema, pauseAnswerSchema } from '../../../shared/api/payment.ts';
import { problemSchema } from '../../../shared/api/routes.ts';
import type { App } from '../../app-type.ts';
import { signedIn } from '../../plugins/access.ts';
import { sendProblem } from '../../plugins/problems.ts';
import type { Payments } from './payments.ts';

const params = Type.Object({ pauseId: Type.String({ format: 'uuid' }) });

export const paymentRoutes = (app: App, payments: Payments): void => {
  app.post(
    '/payment-pauses',
    {
      config: { access: 'agent' },
      schema: {
        summary: 'A card is about to be taken: nothing of the call may be recorded. Says if so.',
        body: openPauseSchema,
        response: { 200: pauseAnswerSchema, 409: problemSchema },
      },
    },
    async (request, reply) => {
      const answer = await payments.open(signedIn(request).user, request.body);
      return answer.ok ? answer.value : sendProblem(reply, answer.why);
    },
  );
  app.post(
    '/payment-pauses/:pauseId/extend',
    {
      config: { access: 'agent' },
      schema: {
        summary: 'More time before it ends by itself.',
        params,
        response: { 200: pauseAnswerSchema, 404: problemSchema },
      },
    },
    async (request, reply) => {
      const answer = await payments.extend(signedIn(request).user, request.params.pauseId);
      return answer.ok ? answer.value : sendProblem(reply, answer.why);
    },
  );
  app.post(
    '/payment-pauses/:pauseId/end',
    {
      config: { access: 'agent' },
      schema: {
        summary: 'The card is taken: the recording goes on, as far as it may.',
        params,
        body: endPauseSchema,
        response: { 200: pauseAnswerSchema, 404: problemSchema },
      },
    },
    async (request, reply) => {
      const { pauseId } = request.params;
      const answer = await payments.end(signedIn(request).user, pauseId, request.body.why);
      return answer.ok ? answer.value : sendProblem(reply, answer.why);
    },
  );
};
