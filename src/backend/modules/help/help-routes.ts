import { Type } from 'typebox';
import {
  contactHandsSchema,
  handSchema,
  postHandMessageSchema,
  raiseHandSchema,
  takeHandSchema,
} from '../../../shared/api/help.ts';
import { problemSchema } from '../../../shared/api/routes.ts';
import type { App } from '../../app-type.ts';
import { signedIn } from '../../plugins/access.ts';
import { sendProblem } from '../../plugins/problems.ts';
import type { Help } from './help.ts';

const id = Type.String({ format: 'uuid' });
const handParams = Type.Object({ handId: id });
const answers = {
  200: handSchema,
  400: problemSchema,
  403: problemSchema,
  404: problemSchema,
  409: problemSchema,
};

export const helpRoutes = (app: App, help: Help): void => {
  app.post(
    '/hands',
    {
      config: { access: 'agent' },
      schema: {
        summary: 'The agent asks for help in a call or its wrap-up; one hand for each call.',
        body: raiseHandSchema,
        response: answers,
      },
    },
    async (request, reply) => {
      const { handId, callKey } = request.body;
      const answer = await help.raise(signedIn(request).user, handId, callKey);
      return answer.ok ? answer.value : sendProblem(reply, answer.why);
    },
  );
  app.post(
    '/hands/:handId/take',
    {
      config: { access: 'supervisor' },
      schema: {
        summary: 'A supervisor takes a hand; of two at once one has it, and the other is told so.',
        params: handParams,
        body: takeHandSchema,
        response: answers,
      },
    },
    async (request, reply) => {
      const { handId } = request.params;
      const answer = await help.take(signedIn(request).user, handId, request.body.from);
      return answer.ok ? answer.value : sendProblem(reply, answer.why);
    },
  );
  app.post(
    '/hands/:handId/release',
    {
      config: { access: 'supervisor' },
      schema: {
        summary: 'Whoever took a hand leaves it to others.',
        params: handParams,
        response: answers,
      },
    },
    async (request, reply) => {
      const answer = await help.release(signedIn(request).user, request.params.handId);
      return answer.ok ? answer.value : sendProblem(reply, answer.why);
    },
  );
  app.post(
    '/hands/:handId/lower',
    {
      config: { access: 'agent' },
      schema: {
        summary: 'A hand goes down: withdrawn by its agent, or answered.',
        params: handParams,
        response: answers,
      },
    },
    async (request, reply) => {
      const answer = await help.lower(signedIn(request).user, request.params.handId);
      return answer.ok ? answer.value : sendProblem(reply, answer.why);
    },
  );
  app.post(
    '/hands/:handId/messages',
    {
      config: { access: 'agent' },
      schema: {
        summary: 'A line beside the call, by the agent or by whoever took the hand.',
        params: handParams,
        body: postHandMessageSchema,
        response: answers,
      },
    },
    async (request, reply) => {
      const { handId } = request.params;
      const answer = await help.write(signedIn(request).user, handId, request.body);
      return answer.ok ? answer.value : sendProblem(reply, answer.why);
    },
  );
  app.get(
    '/contacts/:contactId/hands',
    {
      config: { access: 'agent' },
      schema: {
        summary: 'Help that was asked for in a contact: one’s own, and of agents one supervises.',
        params: Type.Object({ contactId: id }),
        response: { 200: contactHandsSchema },
      },
    },
    async (request) => ({
      hands: [...(await help.ofContact(signedIn(request).user, request.params.contactId))],
    }),
  );
};
