import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryDirectory } from '../../../scripts/platform/paths.ts';
import { askApi } from '../../support/api-user.ts';
import { expect, test } from '../../support/end-to-end.ts';

type Operation = {
  readonly summary?: string;
  readonly operationId?: string;
  readonly responses?: Readonly<Record<string, unknown>>;
  readonly parameters?: readonly { readonly name: string; readonly in: string }[];
};
type Document = {
  readonly openapi: string;
  readonly info: { readonly title: string; readonly version: string };
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
};

/** The routes as src/shared/api/routes.ts lists them: `GET /health`, with parameters in braces. */
const promisedRoutes = (): readonly string[] => {
  const source = readFileSync(join(repositoryDirectory, 'src/shared/api/routes.ts'), 'utf8');
  return [...source.matchAll(/^ \* {3}(GET|POST|PUT|DELETE) +(\/[\w/:.-]*)/gmu)].map(
    ([, method = '', path = '']) => `${method} ${path.replaceAll(/:(\w+)/gu, '{$1}')}`,
  );
};

const refsIn = (value: unknown): readonly string[] => {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    key === '$ref' && typeof inner === 'string' ? [inner] : refsIn(inner),
  );
};

const resolves = (document: unknown, ref: string): boolean => {
  let found: unknown = document;
  for (const part of ref.replace(/^#\//u, '').split('/')) {
    if (typeof found !== 'object' || found === null) return false;
    found = Reflect.get(found, part.replaceAll('~1', '/').replaceAll('~0', '~'));
  }
  return found !== undefined;
};

test('the API describes itself: a valid OpenAPI document that lists every route', async ({
  stack,
}) => {
  const answer = await askApi(stack.services.backendUrl, { method: 'GET', path: '/openapi.json' });
  expect(answer.status).toBe(200);
  const document = answer.body as Document;
  expect(document.openapi).toMatch(/^3\.[01]\.\d+$/u);
  expect(document.info.title).not.toBe('');
  expect(document.info.version).not.toBe('');

  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({
      route: `${method.toUpperCase()} ${path.replace(/^\/api\/v1/u, '')}`,
      path,
      operation,
    })),
  );
  const promised = promisedRoutes();
  expect(promised.length).toBeGreaterThan(15);
  // The document does not describe itself, nor the WebSocket.
  const described = promised.filter((route) => !/openapi|push/u.test(route));
  expect(operations.map(({ route }) => route)).toEqual(expect.arrayContaining([...described]));

  for (const { route, path, operation } of operations) {
    expect(Object.keys(operation.responses ?? {}).length, `${route}: responses`).toBeGreaterThan(0);
    expect(operation.summary, `${route}: summary`).toMatch(/\S/u);
    const named = [...path.matchAll(/\{(\w+)\}/gu)].map(([, name]) => name);
    const inPath = (operation.parameters ?? []).filter((parameter) => parameter.in === 'path');
    expect(inPath.map(({ name }) => name).toSorted(), `${route}: path parameters`).toEqual(
      named.toSorted(),
    );
  }
  const ids = operations.flatMap(({ operation }) => operation.operationId ?? []);
  expect(new Set(ids).size).toBe(ids.length);
  expect(refsIn(document).filter((ref) => !resolves(document, ref))).toEqual([]);
});

test('every route but the public ones refuses who is not signed in', async ({ stack }) => {
  for (const route of promisedRoutes().filter((each) => !/openapi|push/u.test(each))) {
    const [method = '', path = ''] = route.split(' ');
    const isPublic = /^\/(?:health|time|demo)$/u.test(path) || route === 'POST /session';
    if (isPublic) continue;
    const filled = path.replaceAll(/\{\w+\}/gu, '00000000-0000-7000-8000-000000000000');
    const answer = await askApi(stack.services.backendUrl, {
      method,
      path: filled,
      ...(method === 'GET' ? {} : { body: {} }),
    });
    expect(answer.status, route).toBe(401);
  }
});
