import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { OpenAPIBackend, type Document } from 'openapi-backend';

/** One exchange as it went over the wire. */
export type Exchange = {
  readonly method: string;
  /** As the vendor's description counts it: without a prefix that it has in its servers. */
  readonly path: string;
  readonly query: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly requestBody: unknown;
  readonly status: number;
  readonly responseBody: unknown;
};

/** What a vendor's own description says against an exchange; empty: nothing, or it has no such operation. */
export type VendorDescription = (exchange: Exchange) => readonly string[];

/** RFC 3339 and RFC 3986, as far as descriptions ask for them; formats that are not here are not looked at. */
const formats = {
  'date-time': /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:?\d\d)$/u,
  date: /^\d{4}-\d\d-\d\d$/u,
  uri: /^[a-z][a-z\d+.-]*:\S+$/iu,
  url: /^https?:\S+$/iu,
  uuid: /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/iu,
  email: /^\S+@\S+$/u,
} as const;

/** Parameters that say whose a request is: descriptions name them apart from those of the operation. */
const keysInQuery = (definition: Document): readonly string[] =>
  Object.values(definition.components?.securitySchemes ?? {}).flatMap((scheme) =>
    'type' in scheme && scheme.type === 'apiKey' && scheme.in === 'query' ? [scheme.name] : [],
  );

const withoutKeys = (query: string, keys: readonly string[]): string => {
  const parameters = new URLSearchParams(query);
  for (const key of keys) parameters.delete(key);
  return parameters.toString();
};

const folder = process.env['RINGSIDE_SPECS'];

/**
 * The vendor's description in the folder that `RINGSIDE_SPECS` names; null: that is not set, or has no such file. Those files
 * are not ours to keep here.
 */
export const vendorDescription = async (file: string): Promise<VendorDescription | null> => {
  if (folder === undefined || folder === '') return null;
  const at = join(folder, file);
  if (!existsSync(at)) return null;
  // The file is the vendor's; OpenAPIBackend itself looks at whether it is a description.
  const definition = JSON.parse(readFileSync(at, 'utf8')) as Document;
  const api = new OpenAPIBackend({
    definition,
    // Vendors' examples and formats break rules that say nothing of our requests.
    strict: false,
    quick: true,
    validate: true,
    // Formats that are not here are not looked at, without a word for each.
    ajvOpts: { strict: false, allErrors: true, formats, logger: false },
  });
  await api.init();
  const keys = keysInQuery(definition);
  return (exchange) => {
    const { method, path, headers, requestBody, status, responseBody } = exchange;
    const query = withoutKeys(exchange.query, keys);
    const request = { method, path, query, headers: { ...headers }, body: requestBody };
    const operation = api.matchOperation(request);
    if (operation?.operationId === undefined) return [];
    const asked = api.validateRequest(request, operation).errors ?? [];
    const told =
      status >= 200 && status < 300
        ? (api.validateResponse(responseBody, operation, status).errors ?? [])
        : [];
    const say = (what: string) => (error: { instancePath: string; message?: string }) =>
      `${method} ${path}: ${what} ${error.instancePath} ${error.message ?? ''}`;
    return [...asked.map(say('request')), ...told.map(say('answer'))];
  };
};
