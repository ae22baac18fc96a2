import type { FastifyRequest } from 'fastify';
import { Type } from 'typebox';
import {
  directoryPageSchema,
  directoryRecordSchema,
  patchRecordSchema,
  putRecordSchema,
} from '../../../shared/api/directory.ts';
import { problemSchema } from '../../../shared/api/routes.ts';
import type { App } from '../../app-type.ts';
import { otherSystem } from '../../plugins/access.ts';
import { sendProblem } from '../../plugins/problems.ts';
import { tagOf, type Condition, type DirectoryRecords } from './records.ts';

const externalParams = Type.Object({ externalId: Type.String({ minLength: 1, maxLength: 128 }) });
const ownParams = Type.Object({ id: Type.String({ format: 'uuid' }) });
const usualLimit = 50;

/** Of each token, so that one system's haste is not another's wait. */
const rateLimit = {
  max: 600,
  timeWindow: '1 minute',
  keyGenerator: ({ otherSystem: system, ip }: FastifyRequest) => system?.tokenId ?? ip,
};
const mayRead = { access: 'directory:read', rateLimit } as const;
const mayWrite = { access: 'directory:write', rateLimit } as const;

const conditionOf = ({ headers }: FastifyRequest): Condition => ({
  match: headers['if-match'] ?? null,
  noneMatch: headers['if-none-match'] ?? null,
});

const readingRoutes = (app: App, records: DirectoryRecords): void => {
  app.get(
    '/directory/customers',
    {
      config: mayRead,
      schema: {
        summary:
          'Customers in a steady order: all, those with a number, or those with these words.',
        querystring: Type.Object(
          {
            number: Type.Optional(Type.String({ minLength: 1, maxLength: 40 })),
            search: Type.Optional(Type.String({ maxLength: 128 })),
            cursor: Type.Optional(Type.String({ format: 'uuid' })),
            limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })),
          },
          { additionalProperties: false },
        ),
        response: { 200: directoryPageSchema, 400: problemSchema },
      },
    },
    async (request, reply) => {
      const { number = '', search = '', cursor = null, limit = usualLimit } = request.query;
      const answer = await records.list({ number, search, after: cursor, limit });
      if (!answer.ok) return sendProblem(reply, answer.why);
      return { ...answer.value, customers: [...answer.value.customers] };
    },
  );
};

const writingRoutes = (app: App, records: DirectoryRecords): void => {
  app.put(
    '/directory/customers/:externalId',
    {
      config: mayWrite,
      schema: {
        summary:
          'Makes or replaces a customer; what is left out is emptied. The last one to write stands.',
        params: externalParams,
        body: putRecordSchema,
        response: {
          200: directoryRecordSchema,
          201: directoryRecordSchema,
          400: problemSchema,
          412: problemSchema,
        },
      },
    },
    async (request, reply) => {
      const { externalId } = request.params;
      const system = otherSystem(request);
      const answer = await records.put(system, externalId, request.body, conditionOf(request));
      if (!answer.ok) return sendProblem(reply, answer.why);
      const { record, isNew } = answer.value;
      return reply
        .code(isNew ? 201 : 200)
        .header('etag', tagOf(record))
        .send(record);
    },
  );
};

/** The same of a customer whom the other system knows by its own id, and of one whom it knows by ours alone. */
const oneRecordRoutes = (
  app: App,
  records: DirectoryRecords,
  path: string,
  params: typeof externalParams | typeof ownParams,
): void => {
  app.get(
    path,
    {
      config: mayRead,
      schema: {
        summary: 'A customer; its ETag changes with it.',
        params,
        response: { 200: directoryRecordSchema, 404: problemSchema },
      },
    },
    async (request, reply) => {
      const answer = await records.read(request.params);
      if (!answer.ok) return sendProblem(reply, answer.why);
      return reply.header('etag', tagOf(answer.value)).send(answer.value);
    },
  );

  app.patch(
    path,
    {
      config: mayWrite,
      schema: {
        summary: 'Changes what is given of a customer; the other system’s id as well.',
        params,
        body: patchRecordSchema,
        response: {
          200: directoryRecordSchema,
          400: problemSchema,
          404: problemSchema,
          409: problemSchema,
          412: problemSchema,
        },
      },
    },
    async (request, reply) => {
      const system = otherSystem(request);
      const answer = await records.patch(
        system,
        request.params,
        request.body,
        conditionOf(request),
      );
      if (!answer.ok) return sendProblem(reply, answer.why);
      return reply.header('etag', tagOf(answer.value)).send(answer.value);
    },
  );

  app.delete(
    path,
    {
      config: mayWrite,
      schema: {
        summary: 'Erases a customer, and what is personal in calls with them.',
        params,
        response: {
          204: Type.Null(),
          404: problemSchema,
          409: problemSchema,
          412: problemSchema,
        },
      },
    },
    async (request, reply) => {
      const erased = await records.erase(
        otherSystem(request),
        request.params,
        conditionOf(request),
      );
      return erased.ok ? reply.code(204).send(null) : sendProblem(reply, erased.why);
    },
  );
};

/** The directory for other systems, each with its token. */
export const recordRoutes = (app: App, records: DirectoryRecords): void => {
  readingRoutes(app, records);
  writingRoutes(app, records);
  oneRecordRoutes(app, records, '/directory/customers/:externalId', externalParams);
  oneRecordRoutes(app, records, '/directory/customers/by-id/:id', ownParams);
};
