import { Type } from 'typebox';
import type { FastifyReply } from 'fastify';
import {
  ownReportQuerySchema,
  reportQuerySchema,
  reportSchema,
  type Report,
} from '../../../shared/api/reports.ts';
import { problemSchema } from '../../../shared/api/routes.ts';
import type { App } from '../../app-type.ts';
import type { Answer } from '../../problem.ts';
import { signedIn } from '../../plugins/access.ts';
import { sendProblem } from '../../plugins/problems.ts';
import { csvOf } from './report-csv.ts';
import type { Reports } from './reports.ts';

const response = {
  200: Type.Unsafe<Report | string>(reportSchema),
  400: problemSchema,
};

const send = (
  reply: FastifyReply,
  answer: Answer<Report>,
  format: 'json' | 'csv' | undefined,
): FastifyReply => {
  if (!answer.ok) return sendProblem(reply, answer.why);
  void reply.header('cache-control', 'no-store');
  if (format !== 'csv') return reply.send(answer.value);
  return reply
    .type('text/csv; charset=utf-8; header=present')
    .header('content-disposition', 'attachment; filename="report.csv"')
    .serializer((text: string) => text)
    .send(csvOf(answer.value));
};

export const reportRoutes = (app: App, reports: Reports): void => {
  app.get(
    '/reports',
    {
      config: { access: 'supervisor' },
      schema: {
        summary: 'Figures per interval, by agent, team, queue or wrap-up code, with definitions.',
        querystring: reportQuerySchema,
        produces: ['application/json', 'text/csv'],
        response,
      },
    },
    async (request, reply) =>
      send(reply, await reports.of(signedIn(request).user, request.query), request.query.format),
  );
  app.get(
    '/reports/mine',
    {
      config: { access: 'agent' },
      schema: {
        summary: "The agent's own figures, with definitions.",
        querystring: ownReportQuerySchema,
        produces: ['application/json', 'text/csv'],
        response,
      },
    },
    async (request, reply) =>
      send(reply, await reports.mine(signedIn(request).user, request.query), request.query.format),
  );
};
