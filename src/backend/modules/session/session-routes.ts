import { Type } from 'typebox';
import {
  problemSchema,
  sessionSchema,
  signInSchema,
  sipAccountSchema,
} from '../../../shared/api/routes.ts';
import type { App } from '../../app-type.ts';
import { signedIn } from '../../plugins/access.ts';
import { sendProblem } from '../../plugins/problems.ts';
import type { Sessions } from './session-service.ts';

/** Wrong passwords from one address for one name within a minute. */
const maximumWrongTries = 8;
/** Sign-ins from one address within a minute, right or wrong: each costs 100 ms of a processor. */
const maximumTries = 240;

export const sessionRoutes = (app: App, sessions: Sessions): void => {
  const wrongTries = app.createRateLimit({
    // Looked at before a try and counted after it: full is one below.
    max: maximumWrongTries - 1,
    timeWindow: '1 minute',
    keyGenerator: (request) => {
      const { username } = request.body as { readonly username: string };
      return `${request.ip} ${username.toLowerCase()}`;
    },
  });

  app.post(
    '/session',
    {
      config: { access: 'public', rateLimit: { max: maximumTries, timeWindow: '1 minute' } },
      bodyLimit: 4_096,
      schema: {
        summary: 'Signs in; an older session of the same user ends.',
        body: signInSchema,
        response: { 200: sessionSchema, 401: problemSchema, 429: problemSchema },
      },
    },
    async (request, reply) => {
      const tries = await wrongTries(request, { increment: false });
      if (!tries.isAllowed && tries.isExceeded) {
        return sendProblem(reply, {
          code: 'too_many_tries',
          message: `too many wrong passwords; try again in ${String(tries.ttlInSeconds)} s`,
        });
      }
      const answer = await sessions.signIn(request.body);
      if (answer.ok) return answer.value;
      await wrongTries(request);
      return sendProblem(reply, answer.why);
    },
  );

  app.delete(
    '/session',
    {
      config: { access: 'agent' },
      schema: {
        summary: 'Signs out: offline, out of the queues, the SIP secret revoked.',
        response: { 204: Type.Null() },
      },
    },
    async (request, reply) => {
      await sessions.signOut(signedIn(request));
      return reply.code(204).send(null);
    },
  );

  app.post(
    '/session/sip',
    {
      config: { access: 'agent' },
      schema: {
        summary: 'A fresh SIP account; the one before stops working.',
        response: { 200: sipAccountSchema, 503: problemSchema },
      },
    },
    async (request, reply) => {
      const account = await sessions.sipAccount(signedIn(request).user);
      if (account.ok) return account.value;
      return sendProblem(reply, {
        code: account.why === 'pbx_away' ? 'pbx_away' : 'failed',
        message: `the PBX gives no account: ${account.why}`,
      });
    },
  );
};
