import { Type } from 'typebox';
import {
  adherenceDaySchema,
  adherenceExceptionSchema,
  adherenceQuerySchema,
  adherenceReportQuerySchema,
  adherenceReportSchema,
  askExceptionSchema,
  decideExceptionSchema,
  exceptionQuerySchema,
  exceptionsSchema,
  type AdherenceException,
  type AdherenceReport,
  type AdherenceReportQuery,
} from '../../../shared/api/shifts.ts';
import type { User } from '../../../shared/api/records.ts';
import { problemSchema } from '../../../shared/api/routes.ts';
import type { App } from '../../app-type.ts';
import { signedIn } from '../../plugins/access.ts';
import type { Answer } from '../../problem.ts';
import { sendProblem } from '../../plugins/problems.ts';
import type { AdherenceService } from './adherence-service.ts';

export const adherenceRoutes = (
  app: App,
  adherence: AdherenceService,
  report: (user: User, query: AdherenceReportQuery) => Promise<Answer<AdherenceReport>>,
  onDecided: (exception: AdherenceException) => void,
): void => {
  app.get(
    '/adherence/mine',
    {
      config: { access: 'agent' },
      schema: {
        summary: 'How a day went beside its plan: the figure, what it is made of, and exceptions.',
        querystring: adherenceQuerySchema,
        response: { 200: adherenceDaySchema, 400: problemSchema },
      },
    },
    async (request, reply) => {
      const answer = await adherence.day(signedIn(request).user.id, request.query.day ?? null);
      return answer.ok ? answer.value : sendProblem(reply, answer.why);
    },
  );
  app.get(
    '/adherence/report',
    {
      config: { access: 'supervisor' },
      schema: {
        summary: 'Adherence per interval, by agent or team, with its parts and its formula.',
        querystring: adherenceReportQuerySchema,
        response: { 200: adherenceReportSchema, 400: problemSchema },
      },
    },
    async (request, reply) => {
      const answer = await report(signedIn(request).user, request.query);
      return answer.ok ? answer.value : sendProblem(reply, answer.why);
    },
  );
  app.post(
    '/adherence/exceptions',
    {
      config: { access: 'agent' },
      schema: {
        summary: 'Asks a supervisor to excuse time that did not go as planned.',
        body: askExceptionSchema,
        response: { 200: adherenceExceptionSchema, 400: problemSchema, 404: problemSchema },
      },
    },
    async (request, reply) => {
      const answer = await adherence.ask(signedIn(request).user.id, request.body);
      return answer.ok ? answer.value : sendProblem(reply, answer.why);
    },
  );
  app.get(
    '/adherence/exceptions',
    {
      config: { access: 'supervisor' },
      schema: {
        summary: 'What the own agents ask to be excused, the newest first.',
        querystring: exceptionQuerySchema,
        response: { 200: exceptionsSchema },
      },
    },
    async (request) => ({
      exceptions: await adherence.list(signedIn(request).user, request.query.state ?? null),
    }),
  );
  app.put(
    '/adherence/exceptions/:exceptionId',
    {
      config: { access: 'supervisor' },
      schema: {
        summary: 'Approves or declines; a decision can be changed, and each is in the audit log.',
        params: Type.Object({ exceptionId: Type.String({ format: 'uuid' }) }),
        body: decideExceptionSchema,
        response: { 200: adherenceExceptionSchema, 403: problemSchema, 404: problemSchema },
      },
    },
    async (request, reply) => {
      const answer = await adherence.decide(
        signedIn(request).user,
        request.params.exceptionId,
        request.body,
      );
      if (!answer.ok) return sendProblem(reply, answer.why);
      onDecided(answer.value);
      return answer.value;
    },
  );
};
