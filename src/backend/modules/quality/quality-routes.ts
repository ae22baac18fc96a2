import { Type } from 'typebox';
import {
  acknowledgeSchema,
  contactQualitySchema,
  putScorecardSchema,
  qualityListSchema,
  scorecardSchema,
} from '../../../shared/api/quality.ts';
import { problemSchema } from '../../../shared/api/routes.ts';
import type { App } from '../../app-type.ts';
import { signedIn } from '../../plugins/access.ts';
import { sendProblem } from '../../plugins/problems.ts';
import type { Quality } from './quality.ts';

const id = Type.String({ format: 'uuid' });
const contactParams = Type.Object({ contactId: id });

export const qualityRoutes = (app: App, quality: Quality): void => {
  app.get(
    '/quality',
    {
      config: { access: 'agent' },
      schema: {
        summary: 'The own scores; for a supervisor those of the team, and what waits to be scored.',
        response: { 200: qualityListSchema },
      },
    },
    (request) => quality.list(signedIn(request).user),
  );
  app.get(
    '/contacts/:contactId/quality',
    {
      config: { access: 'agent' },
      schema: {
        summary: 'What was made of a contact: the cards that this user may see, with their forms.',
        params: contactParams,
        response: { 200: contactQualitySchema, 404: problemSchema },
      },
    },
    async (request, reply) => {
      const answer = await quality.ofContact(signedIn(request).user, request.params.contactId);
      return answer.ok ? answer.value : sendProblem(reply, answer.why);
    },
  );
  app.put(
    '/contacts/:contactId/quality',
    {
      config: { access: 'supervisor' },
      schema: {
        summary: 'Scores a contact, as a review for the agent or to calibrate scorers.',
        params: contactParams,
        body: putScorecardSchema,
        response: {
          200: contactQualitySchema,
          400: problemSchema,
          404: problemSchema,
          409: problemSchema,
        },
      },
    },
    async (request, reply) => {
      const { user } = signedIn(request);
      const answer = await quality.score(user, request.params.contactId, request.body);
      return answer.ok ? answer.value : sendProblem(reply, answer.why);
    },
  );
  app.post(
    '/quality/cards/:cardId/acknowledgement',
    {
      config: { access: 'agent' },
      schema: {
        summary: 'The agent has read the card, and says something or nothing to it.',
        params: Type.Object({ cardId: id }),
        body: acknowledgeSchema,
        response: { 200: scorecardSchema, 404: problemSchema, 409: problemSchema },
      },
    },
    async (request, reply) => {
      const { user } = signedIn(request);
      const answer = await quality.acknowledge(user, request.params.cardId, request.body.reply);
      return answer.ok ? answer.value : sendProblem(reply, answer.why);
    },
  );
};
