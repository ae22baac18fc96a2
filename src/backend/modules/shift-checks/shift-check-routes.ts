import { Type } from 'typebox';
import { problemSchema } from '../../../shared/api/routes.ts';
import { ownShiftChecksSchema, shiftChecksSchema } from '../../../shared/api/shift-checks.ts';
import type { App } from '../../app-type.ts';
import { signedIn } from '../../plugins/access.ts';
import { sendProblem } from '../../plugins/problems.ts';
import type { ShiftChecks } from './shift-checks.ts';

export const shiftCheckRoutes = (app: App, checks: Pick<ShiftChecks, 'mine' | 'ofAgent'>): void => {
  app.get(
    '/shift-checks/mine',
    {
      config: { access: 'agent' },
      schema: {
        summary: 'The own checks before shifts, the latest first, and whether Ready asks for one.',
        response: { 200: ownShiftChecksSchema },
      },
    },
    (request) => checks.mine(signedIn(request).user),
  );
  app.get(
    '/agents/:userId/shift-checks',
    {
      config: { access: 'supervisor' },
      schema: {
        summary: 'The checks before shifts of an agent of the own team, the latest first.',
        params: Type.Object({ userId: Type.String({ format: 'uuid' }) }),
        response: { 200: shiftChecksSchema, 404: problemSchema },
      },
    },
    async (request, reply) => {
      const answer = await checks.ofAgent(signedIn(request).user, request.params.userId);
      return answer.ok ? answer.value : sendProblem(reply, answer.why);
    },
  );
};
