import type { FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import { problemSchema } from '../../../shared/api/routes.ts';
import {
  postSurveyAnswerSchema,
  postSurveyLinkSchema,
  putSurveyOfferSchema,
  surveyLinkSchema,
  surveyOfferSchema,
} from '../../../shared/api/surveys.ts';
import type { App, SchemaTypes } from '../../app-type.ts';
import type { Now } from '../../clock.ts';
import { signedIn } from '../../plugins/access.ts';
import { sendProblem } from '../../plugins/problems.ts';
import { InvalidInput } from '../../plugins/validation.ts';
import type { Surveys } from './survey-service.ts';
import { checkSurveySignature } from './survey-signature.ts';

const refusals = { 400: problemSchema, 404: problemSchema, 409: problemSchema };
/** Answers from one address within a minute. */
const maximumAnswers = 600;

const headerOf = (request: FastifyRequest, name: string): string => {
  const value = request.headers[name];
  return typeof value === 'string' ? value : '';
};

/** Where the company's own survey says what was answered: signed, since it has no session here. */
const signedAnswers = (
  app: App,
  { surveys, key, now }: Pick<SurveyNeeds, 'surveys' | 'key' | 'now'>,
): void => {
  void app.register((signed, _options, done) => {
    /** What came, byte by byte: the signature is of that. */
    const bodies = new WeakMap<FastifyRequest, Buffer>();
    signed.removeContentTypeParser('application/json');
    signed.addContentTypeParser(
      'application/json',
      { parseAs: 'buffer' },
      (request, body, parsed) => {
        const bytes = Buffer.from(body);
        bodies.set(request, bytes);
        try {
          parsed(null, JSON.parse(bytes.toString('utf8')));
        } catch {
          parsed(new InvalidInput('the body is no JSON'));
        }
      },
    );
    signed.withTypeProvider<SchemaTypes>().post(
      '/surveys/answers',
      {
        config: { access: 'public', rateLimit: { max: maximumAnswers, timeWindow: '1 minute' } },
        bodyLimit: 4_096,
        // Before the body is held to its schema: a stranger is told nothing of it.
        preValidation: async (request, reply) => {
          const checked = checkSurveySignature(
            key(),
            {
              timestamp: headerOf(request, 'x-ringside-timestamp'),
              signature: headerOf(request, 'x-ringside-signature'),
              body: bodies.get(request) ?? Buffer.alloc(0),
            },
            now(),
          );
          if (!checked.ok) return sendProblem(reply, { code: 'not_allowed', message: checked.why });
        },
        schema: {
          summary:
            'What a customer answered on a page of the company’s; signed with the key of surveys.',
          headers: Type.Object({
            'x-ringside-timestamp': Type.Optional(Type.String()),
            'x-ringside-signature': Type.Optional(Type.String()),
          }),
          body: postSurveyAnswerSchema,
          response: { 204: Type.Null(), 403: problemSchema, 429: problemSchema, ...refusals },
        },
      },
      async (request, reply) => {
        const answer = await surveys.answer(request.body);
        return answer.ok ? reply.code(204).send(null) : sendProblem(reply, answer.why);
      },
    );
    done();
  });
};

type SurveyNeeds = {
  readonly surveys: Surveys;
  /** What the company's own survey signs with; made at the first need. */
  readonly key: () => Buffer;
  readonly now: Now;
};

export const surveyRoutes = (app: App, needs: SurveyNeeds): void => {
  const { surveys } = needs;
  app.put(
    '/surveys/offers',
    {
      config: { access: 'agent' },
      schema: {
        summary: 'The agent of a call that goes on says whether its customer is asked after it.',
        body: putSurveyOfferSchema,
        response: { 200: surveyOfferSchema, ...refusals },
      },
    },
    async (request, reply) => {
      const { callKey, offered } = request.body;
      const answer = await surveys.offer(signedIn(request).user, callKey, offered);
      return answer.ok ? answer.value : sendProblem(reply, answer.why);
    },
  );
  app.post(
    '/surveys/links',
    {
      config: { access: 'agent' },
      schema: {
        summary: 'The address of the company’s survey for one’s own call; it counts as asked.',
        body: postSurveyLinkSchema,
        response: { 200: surveyLinkSchema, ...refusals },
      },
    },
    async (request, reply) => {
      const answer = await surveys.link(signedIn(request).user, request.body.callKey);
      return answer.ok ? answer.value : sendProblem(reply, answer.why);
    },
  );
  signedAnswers(app, needs);
};
