import { Type } from 'typebox';
import { contactGuidanceSchema, guidanceBookSchema } from '../../../shared/api/guidance.ts';
import { problemSchema } from '../../../shared/api/routes.ts';
import type { App } from '../../app-type.ts';
import { signedIn } from '../../plugins/access.ts';
import { sendProblem } from '../../plugins/problems.ts';
import type { Guidance } from './guidance.ts';

export const guidanceRoutes = (app: App, guidance: Guidance): void => {
  app.get(
    '/guidance',
    {
      config: { access: 'agent' },
      schema: {
        summary: 'Scripts, pieces of text and how customers are verified, for this agent.',
        response: { 200: guidanceBookSchema },
      },
    },
    (request) => guidance.book(signedIn(request).user),
  );
  app.get(
    '/contacts/:contactId/guidance',
    {
      config: { access: 'agent' },
      schema: {
        summary: 'The way through the script, and what was asked to verify the customer.',
        params: Type.Object({ contactId: Type.String({ format: 'uuid' }) }),
        response: { 200: contactGuidanceSchema, 404: problemSchema },
      },
    },
    async (request, reply) => {
      const answer = await guidance.ofContact(signedIn(request).user, request.params.contactId);
      return answer.ok ? answer.value : sendProblem(reply, answer.why);
    },
  );
};
