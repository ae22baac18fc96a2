import { favouritesSchema, putFavouritesSchema } from '../../../shared/api/favourites.ts';
import { problemSchema } from '../../../shared/api/routes.ts';
import type { App } from '../../app-type.ts';
import { signedIn } from '../../plugins/access.ts';
import { sendProblem } from '../../plugins/problems.ts';
import type { Favourites } from './favourites.ts';

export const favouriteRoutes = (app: App, favourites: Favourites): void => {
  app.get(
    '/favourites',
    {
      config: { access: 'agent' },
      schema: {
        summary: 'Whom the user wants at hand, in order.',
        response: { 200: favouritesSchema },
      },
    },
    async (request) => ({ favourites: await favourites.list(signedIn(request).user.id) }),
  );

  app.put(
    '/favourites',
    {
      config: { access: 'agent' },
      schema: {
        summary: 'The whole list anew. Agents and queues that are not there stay in it as gone.',
        body: putFavouritesSchema,
        response: { 200: favouritesSchema, 400: problemSchema },
      },
    },
    async (request, reply) => {
      const answer = await favourites.replace(signedIn(request).user.id, request.body.favourites);
      return answer.ok ? { favourites: answer.value } : sendProblem(reply, answer.why);
    },
  );
};
