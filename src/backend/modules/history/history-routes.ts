import { historyPageSchema, historyQuerySchema } from '../../../shared/api/history.ts';
import { problemSchema } from '../../../shared/api/routes.ts';
import type { App } from '../../app-type.ts';
import { signedIn } from '../../plugins/access.ts';
import type { History } from './history.ts';

export const historyRoutes = (app: App, history: History): void => {
  app.get(
    '/contacts',
    {
      config: { access: 'agent' },
      schema: {
        summary: "The agent's own contacts, the newest first: searched, filtered, page by page.",
        querystring: historyQuerySchema,
        response: { 200: historyPageSchema, 400: problemSchema },
      },
    },
    (request) => history.page(signedIn(request).user.id, request.query),
  );
};
