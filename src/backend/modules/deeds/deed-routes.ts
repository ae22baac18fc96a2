import { Type } from 'typebox';
import {
  chosenTicketSchema,
  deadDeedsSchema,
  deedSchema,
  deedsSchema,
  escalationDraftSchema,
  newTicketSchema,
  ticketNoteSchema,
} from '../../../shared/api/deeds.ts';
import { problemSchema } from '../../../shared/api/routes.ts';
import type { App } from '../../app-type.ts';
import { signedIn } from '../../plugins/access.ts';
import { sendProblem } from '../../plugins/problems.ts';
import type { Deeds } from './deeds.ts';

const id = Type.String({ format: 'uuid' });
const contactParams = Type.Object({ contactId: id });
const deedParams = Type.Object({ deedId: id });
const written = { 200: deedSchema, 400: problemSchema, 404: problemSchema, 409: problemSchema };

const byHandRoutes = (app: App, deeds: Deeds): void => {
  app.post(
    '/contacts/:contactId/tickets',
    {
      config: { access: 'agent' },
      schema: {
        summary: 'Makes a ticket in another system: at once, or as soon as that system takes it.',
        params: contactParams,
        body: newTicketSchema,
        response: written,
      },
    },
    async (request, reply) => {
      const { user } = signedIn(request);
      const answer = await deeds.ticket(user, request.params.contactId, request.body);
      return answer.ok ? answer.value : sendProblem(reply, answer.why);
    },
  );
  app.post(
    '/contacts/:contactId/ticket-notes',
    {
      config: { access: 'agent' },
      schema: {
        summary: 'Adds a note to a ticket in another system.',
        params: contactParams,
        body: ticketNoteSchema,
        response: written,
      },
    },
    async (request, reply) => {
      const { user } = signedIn(request);
      const answer = await deeds.note(user, request.params.contactId, request.body);
      return answer.ok ? answer.value : sendProblem(reply, answer.why);
    },
  );
  app.post(
    '/contacts/:contactId/escalations',
    {
      config: { access: 'agent' },
      schema: {
        summary: 'Hands the matter on in another system: an issue, a card, a message.',
        params: contactParams,
        body: newTicketSchema,
        response: written,
      },
    },
    async (request, reply) => {
      const { user } = signedIn(request);
      const answer = await deeds.escalate(user, request.params.contactId, request.body);
      return answer.ok ? answer.value : sendProblem(reply, answer.why);
    },
  );
};

const contactDeedRoutes = (app: App, deeds: Deeds): void => {
  app.get(
    '/contacts/:contactId/escalation-draft',
    {
      config: { access: 'agent' },
      schema: {
        summary: 'What the next tier needs to know of a contact, to be read before it goes out.',
        params: contactParams,
        querystring: Type.Object({ language: Type.Optional(Type.Enum(['en', 'es', 'pt'])) }),
        response: { 200: escalationDraftSchema, 404: problemSchema },
      },
    },
    async (request, reply) => {
      const { user } = signedIn(request);
      const { language = 'en' } = request.query;
      const answer = await deeds.draft(user, request.params.contactId, language);
      return answer.ok ? answer.value : sendProblem(reply, answer.why);
    },
  );
  app.put(
    '/contacts/:contactId/ticket',
    {
      config: { access: 'agent' },
      schema: {
        summary: 'Which ticket of another system a contact is about; its call is written there.',
        params: contactParams,
        body: chosenTicketSchema,
        response: { 204: Type.Null(), 404: problemSchema },
      },
    },
    async (request, reply) => {
      const { user } = signedIn(request);
      const answer = await deeds.choose(user, request.params.contactId, request.body);
      return answer.ok ? reply.code(204).send(null) : sendProblem(reply, answer.why);
    },
  );
  app.get(
    '/contacts/:contactId/deeds',
    {
      config: { access: 'agent' },
      schema: {
        summary: 'What is written of a contact in other systems, and how far it got.',
        params: contactParams,
        response: { 200: deedsSchema, 404: problemSchema },
      },
    },
    async (request, reply) => {
      const answer = await deeds.ofContact(signedIn(request).user, request.params.contactId);
      return answer.ok ? { deeds: [...answer.value] } : sendProblem(reply, answer.why);
    },
  );
};

export const deedRoutes = (app: App, deeds: Deeds): void => {
  byHandRoutes(app, deeds);
  contactDeedRoutes(app, deeds);
  app.get(
    '/deeds',
    {
      config: { access: 'supervisor' },
      schema: {
        summary: 'What could not be written in other systems; and how much waits, by connection.',
        querystring: Type.Object({ state: Type.Literal('dead') }),
        response: { 200: deadDeedsSchema },
      },
    },
    async (request) => {
      const { deeds: dead, connections } = await deeds.dead(signedIn(request).user);
      return { deeds: [...dead], connections: [...connections] };
    },
  );
  const answers = { 200: deedSchema, 404: problemSchema, 409: problemSchema };
  app.post(
    '/deeds/:deedId/retry',
    {
      // Whoever wrote it by hand, and administrators.
      config: { access: 'agent' },
      schema: { summary: 'Tries again what is dead.', params: deedParams, response: answers },
    },
    async (request, reply) => {
      const answer = await deeds.retry(signedIn(request).user, request.params.deedId);
      return answer.ok ? answer.value : sendProblem(reply, answer.why);
    },
  );
  app.post(
    '/deeds/:deedId/let-go',
    {
      config: { access: 'agent' },
      schema: { summary: 'Gives up what is dead or waits.', params: deedParams, response: answers },
    },
    async (request, reply) => {
      const answer = await deeds.letGo(signedIn(request).user, request.params.deedId);
      return answer.ok ? answer.value : sendProblem(reply, answer.why);
    },
  );
};
