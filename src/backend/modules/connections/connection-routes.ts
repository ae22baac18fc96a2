import { Type } from 'typebox';
import {
  authorizeAnswerSchema,
  connectionSchema,
  connectionsSchema,
  connectionTestSchema,
  dispositionsSchema,
  maximumConnections,
  saveConnectionSchema,
} from '../../../shared/api/connections.ts';
import { apiPrefix, problemSchema } from '../../../shared/api/routes.ts';
import type { App } from '../../app-type.ts';
import { signedIn } from '../../plugins/access.ts';
import { sendProblem } from '../../plugins/problems.ts';
import type { Connections } from './connections.ts';

const connectionParams = Type.Object({ connectionId: Type.String({ format: 'uuid' }) });
const callbackPath = '/connections/callback';

/** Read in the administrator's browser, which the vendor sent back; it has no more to do than to be closed. */
const page = (text: string): string =>
  `<!doctype html><html lang="en"><meta charset="utf-8"><title>Ringside</title>
<style>body{font:16px system-ui;margin:20vh auto;max-width:28rem;padding:0 1rem;text-align:center;color-scheme:light dark}</style>
<p>${text}</p></html>`;

export const connectionRoutes = (app: App, connections: Connections, publicUrl: string): void => {
  app.get(
    '/connections',
    {
      config: { access: 'administrator' },
      schema: {
        summary: 'Accounts at other systems, how each of them goes, and what can be connected.',
        response: { 200: connectionsSchema },
      },
    },
    async () => {
      const { connections: made, connectors } = await connections.list();
      return { connections: [...made], connectors: [...connectors] };
    },
  );

  app.post(
    '/connections',
    {
      config: { access: 'administrator' },
      schema: {
        summary: 'Makes a connection. Secrets go in and never come out.',
        body: saveConnectionSchema,
        response: { 200: connectionSchema, 400: problemSchema, 409: problemSchema },
      },
    },
    async (request, reply) => {
      const { connections: made } = await connections.list();
      if (made.length >= maximumConnections) {
        const message = `there are ${String(maximumConnections)} connections already`;
        return sendProblem(reply, { code: 'conflict', message });
      }
      const saved = await connections.save(signedIn(request).user, null, request.body);
      return saved.ok ? saved.value : sendProblem(reply, saved.why);
    },
  );

  app.put(
    '/connections/:connectionId',
    {
      config: { access: 'administrator' },
      schema: {
        summary: 'Changes a connection; secrets that are left out stay as they are.',
        params: connectionParams,
        body: saveConnectionSchema,
        response: {
          200: connectionSchema,
          400: problemSchema,
          404: problemSchema,
          409: problemSchema,
        },
      },
    },
    async (request, reply) => {
      const { connectionId } = request.params;
      const saved = await connections.save(signedIn(request).user, connectionId, request.body);
      return saved.ok ? saved.value : sendProblem(reply, saved.why);
    },
  );

  app.delete(
    '/connections/:connectionId',
    {
      config: { access: 'administrator' },
      schema: {
        summary: 'Removes a connection, with its secrets and what was not sent there yet.',
        params: connectionParams,
        response: { 204: Type.Null(), 404: problemSchema },
      },
    },
    async (request, reply) => {
      const removed = await connections.remove(signedIn(request).user, request.params.connectionId);
      return removed.ok ? reply.code(204).send(null) : sendProblem(reply, removed.why);
    },
  );

  app.post(
    '/connections/:connectionId/test',
    {
      config: { access: 'administrator' },
      schema: {
        summary: 'Asks the vendor whose account it is.',
        params: connectionParams,
        response: { 200: connectionTestSchema, 404: problemSchema },
      },
    },
    async (request, reply) => {
      const tested = await connections.test(request.params.connectionId);
      return tested.ok ? tested.value : sendProblem(reply, tested.why);
    },
  );

  app.get(
    '/connections/:connectionId/dispositions',
    {
      config: { access: 'administrator' },
      schema: {
        summary: 'The vendor’s own values for wrap-up codes; none where it has no such thing.',
        params: connectionParams,
        response: { 200: dispositionsSchema, 404: problemSchema, 409: problemSchema },
      },
    },
    async (request, reply) => {
      const answer = await connections.dispositions(request.params.connectionId);
      return answer.ok ? { dispositions: [...answer.value] } : sendProblem(reply, answer.why);
    },
  );

  app.post(
    '/connections/:connectionId/authorize',
    {
      config: { access: 'administrator' },
      schema: {
        summary: 'Where the administrator’s browser goes to sign in at the vendor.',
        params: connectionParams,
        response: { 200: authorizeAnswerSchema, 404: problemSchema, 409: problemSchema },
      },
    },
    async (request, reply) => {
      const base = publicUrl === '' ? `${request.protocol}://${request.host}` : publicUrl;
      const answer = await connections.authorize(
        signedIn(request).user,
        request.params.connectionId,
        `${base}${apiPrefix}${callbackPath}`,
      );
      return answer.ok ? { url: answer.value } : sendProblem(reply, answer.why);
    },
  );

  app.get(
    callbackPath,
    {
      // The browser is nobody who is signed in here: the state is what lets it in, once.
      config: { access: 'public', rateLimit: { max: 20, timeWindow: '1 minute' } },
      schema: {
        summary: 'The vendor sends the administrator’s browser back to here.',
        querystring: Type.Object({
          state: Type.String({ maxLength: 200 }),
          code: Type.Optional(Type.String({ maxLength: 4_000 })),
          error: Type.Optional(Type.String({ maxLength: 200 })),
        }),
      },
    },
    async (request, reply) => {
      const { state, code } = request.query;
      const answer = code === undefined ? null : await connections.finishAuthorization(state, code);
      const isDone = answer?.ok === true;
      return reply
        .code(isDone ? 200 : 400)
        .type('text/html; charset=utf-8')
        .header('content-security-policy', "default-src 'none'; style-src 'unsafe-inline'")
        .header('referrer-policy', 'no-referrer')
        .send(
          page(
            isDone
              ? 'Connected. You can close this window and go back to Ringside.'
              : 'This did not work. Close this window and begin again in Ringside.',
          ),
        );
    },
  );
};
