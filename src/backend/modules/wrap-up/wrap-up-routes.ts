import { Type } from 'typebox';
import { wrapUpCompletedSchema } from '../../../shared/api/events.ts';
import { problemSchema } from '../../../shared/api/routes.ts';
import {
  completeWrapUpSchema,
  myWrapUpsSchema,
  owedWrapUpsSchema,
  putDraftSchema,
} from '../../../shared/api/wrap-ups.ts';
import type { App } from '../../app-type.ts';
import { signedIn } from '../../plugins/access.ts';
import { sendProblem } from '../../plugins/problems.ts';
import type { WrapUps } from './wrap-ups.ts';

const callParams = Type.Object({ callId: Type.String({ format: 'uuid' }) });

export const wrapUpRoutes = (app: App, wrapUps: WrapUps): void => {
  app.put(
    '/wrap-ups/:callId/draft',
    {
      config: { access: 'agent' },
      schema: {
        summary: 'A wrap-up as it is being typed, for the agent’s next machine.',
        params: callParams,
        body: putDraftSchema,
        response: { 200: Type.Object({ kept: Type.Boolean() }) },
      },
    },
    async (request) => ({
      kept: await wrapUps.keepDraft(signedIn(request).user.id, request.params.callId, request.body),
    }),
  );
  app.get(
    '/wrap-ups/mine',
    {
      config: { access: 'agent' },
      schema: {
        summary:
          'What this agent owes, with what was typed last; of `known` calls which are done with.',
        querystring: Type.Object({
          /** Call ids, separated by commas. */
          known: Type.Optional(Type.String({ pattern: '^[0-9a-f,-]*$', maxLength: 4_000 })),
        }),
        response: { 200: myWrapUpsSchema },
      },
    },
    (request) => {
      const known = (request.query.known ?? '')
        .split(',')
        .filter((id) => /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/u.test(id));
      return wrapUps.mine(signedIn(request).user.id, known);
    },
  );
  app.get(
    '/wrap-ups/owed',
    {
      config: { access: 'supervisor' },
      schema: {
        summary: 'Wrap-ups that agents of this supervisor owe, the oldest first.',
        response: { 200: owedWrapUpsSchema },
      },
    },
    (request) => wrapUps.owed(signedIn(request).user),
  );
  app.post(
    '/wrap-ups/:callId/complete',
    {
      config: { access: 'supervisor' },
      schema: {
        summary:
          'Completes an agent’s wrap-up in the agent’s place; what the agent had typed is kept.',
        params: callParams,
        body: completeWrapUpSchema,
        response: {
          200: wrapUpCompletedSchema,
          400: problemSchema,
          404: problemSchema,
          409: problemSchema,
        },
      },
    },
    async (request, reply) => {
      const { user } = signedIn(request);
      const answer = await wrapUps.complete(user, request.params.callId, request.body);
      return answer.ok ? answer.value : sendProblem(reply, answer.why);
    },
  );
};
