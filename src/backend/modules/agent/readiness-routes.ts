import { agentViewSchema } from '../../../shared/api/records.ts';
import { putReadinessSchema } from '../../../shared/api/readiness.ts';
import type { App } from '../../app-type.ts';
import { signedIn } from '../../plugins/access.ts';
import type { DeskProofs } from './readiness.ts';

export const readinessRoutes = (app: App, proofs: DeskProofs): void => {
  app.put(
    '/agent/readiness',
    {
      config: { access: 'agent' },
      schema: {
        summary:
          'What keeps calls from ringing and being heard at this desk: ready counts only while nothing does.',
        body: putReadinessSchema,
        response: { 200: agentViewSchema },
      },
    },
    (request) => proofs.tell(signedIn(request), request.body),
  );
};
