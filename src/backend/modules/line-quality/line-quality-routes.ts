import { Type } from 'typebox';
import { putLineQualitySchema } from '../../../shared/api/line-quality.ts';
import type { App } from '../../app-type.ts';
import { signedIn } from '../../plugins/access.ts';
import type { LineQualities } from './line-qualities.ts';

export const lineQualityRoutes = (app: App, lines: Pick<LineQualities, 'tell'>): void => {
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
};
