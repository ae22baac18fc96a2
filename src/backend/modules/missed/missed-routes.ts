import { Type } from 'typebox';
import { putMissedNoteSchema } from '../../../shared/api/missed.ts';
import { problemSchema } from '../../../shared/api/routes.ts';
import type { App } from '../../app-type.ts';
import { signedIn } from '../../plugins/access.ts';
import { sendProblem } from '../../plugins/problems.ts';
import type { MissedOffers } from './missed-offers.ts';

export const missedRoutes = (app: App, missed: Pick<MissedOffers, 'note'>): void => {
  app.put(
    '/missed/:missedId/note',
    {
      config: { access: 'agent' },
      schema: {
        summary: 'What the agent says of a call that the agent missed; empty: nothing.',
        params: Type.Object({ missedId: Type.String({ format: 'uuid' }) }),
        body: putMissedNoteSchema,
        response: { 204: Type.Null(), 400: problemSchema, 404: problemSchema },
      },
    },
    async (request, reply) => {
      const { user } = signedIn(request);
      const answer = await missed.note(user.id, request.params.missedId, request.body.note);
      return answer.ok ? reply.code(204).send(null) : sendProblem(reply, answer.why);
    },
  );
};
