import { Type } from 'typebox';
import { contactCardSchema, contactSchema } from '../../../shared/api/records.ts';
import { linkCustomerSchema, problemSchema } from '../../../shared/api/routes.ts';
import type { App } from '../../app-type.ts';
import { signedIn } from '../../plugins/access.ts';
import { sendProblem } from '../../plugins/problems.ts';
import type { ContactPages } from './contact-page.ts';

const contactParams = Type.Object({ contactId: Type.String({ format: 'uuid' }) });

export const contactRoutes = (app: App, pages: ContactPages): void => {
  app.get(
    '/contacts/:contactId',
    {
      config: { access: 'agent' },
      schema: {
        summary: 'One contact with its legs, segments, consent and recordings.',
        params: contactParams,
        response: { 200: contactSchema, 404: problemSchema },
      },
    },
    async (request, reply) => {
      const answer = await pages.open(signedIn(request).user, request.params.contactId);
      return answer.ok ? answer.value : sendProblem(reply, answer.why);
    },
  );

  app.post(
    '/contacts/:contactId/customer',
    {
      config: { access: 'agent' },
      schema: {
        summary: 'Says who the customer is.',
        params: contactParams,
        body: linkCustomerSchema,
        response: { 200: contactCardSchema, 404: problemSchema },
      },
    },
    async (request, reply) => {
      const answer = await pages.link(
        signedIn(request).user,
        request.params.contactId,
        request.body.customerId,
      );
      return answer.ok ? answer.value : sendProblem(reply, answer.why);
    },
  );
};
