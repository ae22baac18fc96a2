import { Type } from 'typebox';
import { contactCardSchema, contactSchema } from '../../../shared/api/records.ts';
import { linkCustomerSchema, problemSchema } from '../../../shared/api/routes.ts';
import type { App } from '../../app-type.ts';
import { signedIn } from '../../plugins/access.ts';
import { sendProblem } from '../../plugins/problems.ts';
import { contactOpenPage } from './contact-open-page.ts';
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

  app.get(
    '/contacts/:contactId/open',
    {
      // Whoever follows a link in another system is nobody who is signed in here, and learns nothing here.
      config: { access: 'public', rateLimit: { max: 60, timeWindow: '1 minute' } },
      schema: {
        summary: 'A page that leads a browser to the contact in the program.',
        params: contactParams,
      },
    },
    (request, reply) =>
      reply
        .type('text/html; charset=utf-8')
        .header(
          'content-security-policy',
          "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
        )
        .header('referrer-policy', 'no-referrer')
        .header('vary', 'accept-language')
        .send(
          contactOpenPage(
            request.params.contactId.toLowerCase(),
            request.headers['accept-language'] ?? '',
          ),
        ),
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
