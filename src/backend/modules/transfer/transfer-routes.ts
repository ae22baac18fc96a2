import { transferTargetsSchema } from '../../../shared/api/routes.ts';
import type { App } from '../../app-type.ts';
import { signedIn } from '../../plugins/access.ts';
import type { TransferTargets } from './transfer-targets.ts';

export const transferRoutes = (app: App, targets: TransferTargets): void => {
  app.get(
    '/transfer-targets',
    {
      config: { access: 'agent' },
      schema: {
        summary: 'Colleagues and queues that a customer can be handed to, as they stand now.',
        response: { 200: transferTargetsSchema },
      },
    },
    (request) => targets.list(signedIn(request).user.id),
  );
};
