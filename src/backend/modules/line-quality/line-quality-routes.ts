import { Type } from 'typebox';
import {
  putLineQualitySchema,
  verdictWeeksQuerySchema,
  verdictWeeksSchema,
} from '../../../shared/api/line-quality.ts';
import type { App } from '../../app-type.ts';
import { signedIn } from '../../plugins/access.ts';
import type { LineQualities } from './line-qualities.ts';
import type { LineVerdicts } from './line-verdicts.ts';

export const lineQualityRoutes = (
  app: App,
  lines: Pick<LineQualities, 'tell'>,
  verdicts: Pick<LineVerdicts, 'mine' | 'ofTeam'>,
): void => {
  app.put(
    '/agent/line-quality',
    {
      config: { access: 'agent' },
      schema: {
        summary: 'How well the agent’s call is heard from now on; null: there is none.',
        body: putLineQualitySchema,
        response: { 204: Type.Null() },
      },
    },
    async (request, reply) => {
      lines.tell(signedIn(request).user.id, request.body.quality);
      return reply.code(204).send(null);
    },
  );
  app.get(
    '/line-verdicts/mine',
    {
      config: { access: 'agent' },
      schema: {
        summary: 'The own calls of the last weeks, by whose fault it was when they went badly.',
        response: { 200: verdictWeeksSchema },
      },
    },
    async (request) => verdicts.mine(signedIn(request).user),
  );
  app.get(
    '/line-verdicts',
    {
      config: { access: 'supervisor' },
      schema: {
        summary:
          'The calls of the own team by agent and week, and by whose fault it was when they went badly.',
        querystring: verdictWeeksQuerySchema,
        response: { 200: verdictWeeksSchema },
      },
    },
    async (request) => verdicts.ofTeam(signedIn(request).user, request.query),
  );
};
