import { Type } from 'typebox';
import { Value } from 'typebox/value';
import {
  directoryTokensSchema,
  importColumnsSchema,
  importLookSchema,
  importResultSchema,
  lookedAtBytes,
  madeTokenSchema,
  makeTokenSchema,
  maximumImportBytes,
} from '../../../shared/api/directory.ts';
import type { ImportColumn } from '../../../shared/domain/customer/import-columns.ts';
import { problemSchema } from '../../../shared/api/routes.ts';
import type { App } from '../../app-type.ts';
import { signedIn } from '../../plugins/access.ts';
import { sendProblem } from '../../plugins/problems.ts';
import { refused, type Answer } from '../../problem.ts';
import type { OwnDirectory } from './own-directory.ts';

/** Columns, in the order of the file, as JSON. */
const runQuery = Type.Object(
  { columns: Type.String({ maxLength: 8_000 }) },
  { additionalProperties: false },
);
const noFile = refused('unsupported', 'a file is sent as text/csv');

const columnsOf = (text: string): Answer<readonly ImportColumn[]> => {
  try {
    const columns: unknown = JSON.parse(text);
    if (Value.Check(importColumnsSchema, columns)) return { ok: true, value: columns };
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  return refused('invalid', 'query/columns is no list of fields');
};

const importRoutes = (app: App, { imports }: OwnDirectory): void => {
  // The whole of it, bounded by each route: its encoding is not known before its last byte.
  app.addContentTypeParser('text/csv', { parseAs: 'buffer' }, (_request, body, done) => {
    done(null, body);
  });

  app.post(
    '/directory/imports/look',
    {
      // The file's own words lose cards where its lines are read.
      config: { access: 'administrator', holdsNoCards: true },
      bodyLimit: lookedAtBytes,
      schema: {
        summary: 'What the beginning of a file of customers (text/csv) says about it.',
        response: { 200: importLookSchema, 400: problemSchema, 415: problemSchema },
      },
    },
    async (request, reply) => {
      const file: unknown = request.body;
      if (!Buffer.isBuffer(file)) return sendProblem(reply, noFile.why);
      const answer = await imports.look(file);
      return answer.ok ? answer.value : sendProblem(reply, answer.why);
    },
  );

  for (const isDone of [false, true]) {
    app.post(
      isDone ? '/directory/imports' : '/directory/imports/check',
      {
        config: { access: 'administrator', holdsNoCards: true },
        bodyLimit: maximumImportBytes,
        schema: {
          summary: isDone
            ? 'Makes and changes customers as the file (text/csv) says; deletes none.'
            : 'What the file would do, and which of its lines are refused.',
          querystring: runQuery,
          response: {
            200: importResultSchema,
            400: problemSchema,
            409: problemSchema,
            413: problemSchema,
            415: problemSchema,
          },
        },
      },
      async (request, reply) => {
        const file: unknown = request.body;
        if (!Buffer.isBuffer(file)) return sendProblem(reply, noFile.why);
        const columns = columnsOf(request.query.columns);
        if (!columns.ok) return sendProblem(reply, columns.why);
        const actor = isDone ? signedIn(request).user.id : null;
        const answer = await imports.run(file, columns.value, actor);
        return answer.ok ? answer.value : sendProblem(reply, answer.why);
      },
    );
  }
};

const tokenRoutes = (app: App, { tokens }: OwnDirectory): void => {
  app.get(
    '/directory/tokens',
    {
      config: { access: 'administrator' },
      schema: {
        summary: 'Tokens of other systems, without the tokens themselves.',
        response: { 200: directoryTokensSchema },
      },
    },
    async () => ({ tokens: [...(await tokens.list())] }),
  );

  app.post(
    '/directory/tokens',
    {
      config: { access: 'administrator' },
      schema: {
        summary: 'Makes a token, which is told this once.',
        body: makeTokenSchema,
        response: { 200: madeTokenSchema, 400: problemSchema, 409: problemSchema },
      },
    },
    async (request, reply) => {
      const made = await tokens.make(signedIn(request).user.id, request.body);
      return made.ok ? made.value : sendProblem(reply, made.why);
    },
  );

  app.delete(
    '/directory/tokens/:tokenId',
    {
      config: { access: 'administrator' },
      schema: {
        summary: 'Revokes a token at once.',
        params: Type.Object({ tokenId: Type.String({ format: 'uuid' }) }),
        response: { 204: Type.Null(), 404: problemSchema },
      },
    },
    async (request, reply) => {
      const revoked = await tokens.revoke(signedIn(request).user.id, request.params.tokenId);
      return revoked.ok ? reply.code(204).send(null) : sendProblem(reply, revoked.why);
    },
  );
};

/** What administrators do about the own directory. */
export const ownDirectoryRoutes = (app: App, own: OwnDirectory): void => {
  importRoutes(app, own);
  tokenRoutes(app, own);
};
