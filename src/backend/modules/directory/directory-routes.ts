import { Type } from 'typebox';
import { customerSchema, customerSummarySchema } from '../../../shared/api/records.ts';
import { createCustomerSchema, problemSchema } from '../../../shared/api/routes.ts';
import type { App } from '../../app-type.ts';
import { signedIn } from '../../plugins/access.ts';
import { sendProblem } from '../../plugins/problems.ts';
import type { ContactPages } from '../contacts/contact-page.ts';
import type { Contacts } from '../contacts/contact-service.ts';
import type { Directory } from './directory-service.ts';

const customerParams = Type.Object({ customerId: Type.String({ format: 'uuid' }) });
const usualLimit = 20;

export const directoryRoutes = (
  app: App,
  directory: Directory,
  pages: ContactPages,
  contacts: Contacts,
): void => {
  app.get(
    '/customers',
    {
      config: { access: 'agent' },
      schema: {
        summary: 'Searches by name, company, e-mail, city or a part of a number.',
        querystring: Type.Object(
          {
            search: Type.Optional(Type.String({ maxLength: 128 })),
            limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100 })),
          },
          { additionalProperties: false },
        ),
        response: { 200: Type.Object({ customers: Type.Array(customerSummarySchema) }) },
      },
    },
    async (request) => ({
      customers: await directory.search(
        request.query.search ?? '',
        request.query.limit ?? usualLimit,
      ),
    }),
  );

  app.get(
    '/customers/:customerId',
    {
      config: { access: 'agent' },
      schema: {
        summary: 'The whole record with tickets and time line.',
        params: customerParams,
        response: { 200: customerSchema, 404: problemSchema },
      },
    },
    async (request, reply) => {
      const answer = await directory.open(request.params.customerId);
      return answer.ok ? answer.value : sendProblem(reply, answer.why);
    },
  );

  app.post(
    '/customers',
    {
      config: { access: 'agent' },
      schema: {
        summary: 'Makes a record; with `contactId` it becomes that contact’s customer.',
        body: createCustomerSchema,
        response: { 200: customerSchema, 400: problemSchema, 404: problemSchema },
      },
    },
    async (request, reply) => {
      const { contactId } = request.body;
      const { user } = signedIn(request);
      if (contactId !== undefined) {
        const contact = await pages.open(user, contactId);
        if (!contact.ok) return sendProblem(reply, contact.why);
      }
      const created = await directory.create(request.body);
      if (!created.ok) return sendProblem(reply, created.why);
      if (contactId === undefined) return created.value;
      const linked = await pages.link(user, contactId, created.value.id);
      return linked.ok ? created.value : sendProblem(reply, linked.why);
    },
  );

  app.delete(
    '/customers/:customerId',
    {
      config: { access: 'administrator' },
      schema: {
        summary: 'Deletes the record; desks that show it say so.',
        params: customerParams,
        response: { 204: Type.Null(), 404: problemSchema, 409: problemSchema },
      },
    },
    async (request, reply) => {
      const removed = await directory.remove(request.params.customerId);
      if (!removed.ok) return sendProblem(reply, removed.why);
      for (const callKey of removed.value) await contacts.changed(callKey);
      return reply.code(204).send(null);
    },
  );
};
