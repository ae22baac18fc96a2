import type { FastifyReply } from 'fastify';
import type { App } from '../app-type.ts';
import { isDatabaseAway } from '../database/database.ts';
import type { Log } from '../log.ts';
import { problemStatus, type ProblemCode, type Refused } from '../problem.ts';
import { InvalidInput } from './validation.ts';

export const sendProblem = (reply: FastifyReply, problem: Refused): FastifyReply =>
  reply.code(problemStatus[problem.code]).send(problem);

const codeOfStatus: Readonly<Record<number, ProblemCode>> = {
  400: 'invalid',
  401: 'not_signed_in',
  403: 'not_allowed',
  404: 'not_found',
  413: 'too_large',
  415: 'unsupported',
  429: 'too_many_tries',
};

/** PostgreSQL's "this text cannot be stored": a NUL in a string, mostly. */
const unstorableText = /^(?:22021|22P05)$/u;

const problemOf = (error: unknown): Refused | null => {
  if (error instanceof InvalidInput) return { code: 'invalid', message: error.message };
  if (isDatabaseAway(error)) {
    return { code: 'database_away', message: 'the database cannot be reached' };
  }
  if (!(error instanceof Error)) return null;
  if ('code' in error && unstorableText.test(String(error.code))) {
    return { code: 'invalid', message: 'a text holds characters that cannot be stored' };
  }
  const status = 'statusCode' in error ? Number(error.statusCode) : 500;
  const code = codeOfStatus[status];
  if (code !== undefined) return { code, message: error.message };
  return status >= 400 && status < 500 ? { code: 'invalid', message: error.message } : null;
};

/** Every refusal and every bug leaves as a `Problem`. */
export const registerProblems = (app: App, log: Log): void => {
  app.setNotFoundHandler((_request, reply) =>
    sendProblem(reply, { code: 'not_found', message: 'there is no such route' }),
  );
  app.setErrorHandler((error, request, reply) => {
    const problem = problemOf(error);
    const route = { method: request.method, route: request.routeOptions.url };
    if (problem === null) {
      log.error({ error, ...route }, 'a request failed');
      return sendProblem(reply, { code: 'failed', message: 'this failed in the backend' });
    }
    if (problem.code === 'database_away') log.warn({ error, ...route }, 'the database is away');
    return sendProblem(reply, problem);
  });
};
