import { Type } from 'typebox';
import {
  importAnswerSchema,
  importShiftsSchema,
  importsSchema,
  shiftQuerySchema,
  shiftViewSchema,
} from '../../../shared/api/shifts.ts';
import { problemSchema } from '../../../shared/api/routes.ts';
import type { App } from '../../app-type.ts';
import { signedIn } from '../../plugins/access.ts';
import { sendProblem } from '../../plugins/problems.ts';
import { refused } from '../../problem.ts';
import type { Shifts } from './shift-service.ts';

/** A file of the largest size, written as JSON. */
const importLimit = 5_000_000;
const longestMs = 31 * 24 * 3_600_000;

export const shiftRoutes = (app: App, shifts: Shifts): void => {
  app.get(
    '/shifts/mine',
    {
      config: { access: 'agent' },
      schema: {
        summary: 'What is planned for the agent; null: there is no schedule.',
        querystring: shiftQuerySchema,
        response: {
          200: Type.Object({ shift: Type.Union([shiftViewSchema, Type.Null()]) }),
          400: problemSchema,
        },
      },
    },
    async (request, reply) => {
      const { from, to } = request.query;
      if (to <= from || to - from > longestMs) {
        return sendProblem(reply, refused('invalid', 'from and to are up to 31 days apart').why);
      }
      return { shift: await shifts.viewBetween(signedIn(request).user.id, from, to) };
    },
  );
  app.post(
    '/shifts/import',
    {
      config: { access: 'supervisor', holdsNoCards: true },
      bodyLimit: importLimit,
      schema: {
        summary:
          'Takes a schedule over from CSV or iCalendar: all of it, or nothing with the reasons.',
        body: importShiftsSchema,
        response: { 200: importAnswerSchema },
      },
    },
    (request) => shifts.take(request.body, signedIn(request).user),
  );
  app.get(
    '/shifts/imports',
    {
      config: { access: 'supervisor' },
      schema: {
        summary: 'What was imported, from where and when, the newest first.',
        response: { 200: importsSchema },
      },
    },
    async () => ({ imports: [...(await shifts.imports())] }),
  );
  app.delete(
    '/shifts/imports/:importId',
    {
      config: { access: 'administrator' },
      schema: {
        summary: 'Takes an import back, with its entries that are in force.',
        params: Type.Object({ importId: Type.String({ format: 'uuid' }) }),
        response: { 204: Type.Null(), 404: problemSchema },
      },
    },
    async (request, reply) => {
      const { user } = signedIn(request);
      return (await shifts.remove(request.params.importId, user))
        ? reply.code(204).send(null)
        : sendProblem(reply, refused('not_found', 'no such import').why);
    },
  );
};
