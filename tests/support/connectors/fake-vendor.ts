import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text as readBody } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { vendorDescription } from './vendor-description.ts';

/** A request as a fake vendor sees it. */
export type Asked = {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string>>;
  /** JSON, or the fields of a form. */
  readonly body: unknown;
};

export type Told = {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** Instead of JSON. */
  readonly text?: string;
};

/** `params` are the parts of the path that stand in `:names`. */
export type Route = (asked: Asked, params: Readonly<Record<string, string>>) => Told;

/**
 * How one answer is spoiled. A number is that status in the vendor's own words. `cut_off_after` and `slow_after`: what was
 * asked is done, and nobody hears of it.
 */
export type Fault =
  | number
  | 'html'
  | 'empty'
  | 'other_shape'
  | 'not_json'
  | 'huge'
  | 'slow'
  | 'slow_after'
  | 'cut_off_before'
  | 'cut_off_after'
  | 'elsewhere';

/** A customer of the vendor's, in words that every vendor has. */
export type SeededPerson = {
  readonly name: string;
  readonly phones: readonly string[];
  readonly email?: string;
  readonly company?: string;
};

export type SeededItem = {
  readonly title: string;
  readonly isOpen: boolean;
  /** Epoch ms. */
  readonly updatedAt: number;
};

/** What a fake is made of: its routes over its own memory, and its way of saying no. */
export type VendorModel = {
  readonly routes: Readonly<Record<string, Route>>;
  /** Whether a request says whose it is; undefined: it does. */
  readonly refusesCaller: (asked: Asked, goodTokens: ReadonlySet<string>) => Told | undefined;
  /** A refusal with this status, as the vendor writes it; for 429 with the wait of two seconds. */
  readonly refusal: (status: number) => Told;
  readonly addPerson: (person: SeededPerson) => string;
  readonly addItem: (personId: string, item: SeededItem) => string;
  readonly addArticle: (article: { readonly title: string; readonly text: string }) => string;
  /** How many people there are, whoever made them. */
  readonly peopleCount: () => number;
  /** How often what has this key was written: a logged call, a ticket, a note, an escalation. */
  readonly written: (key: string) => number;
  /** All texts that were written, to look for what a call's record says. */
  readonly texts: () => readonly string[];
  /** Settings with which a connection reaches it; their host is what the fake stands for. */
  readonly settings: Readonly<Record<string, string>>;
  /** The vendor's own origins, which are led to the fake instead. */
  readonly origins: readonly string[];
  /** A file of vendors' descriptions, and what stands before its paths here. */
  readonly description?: {
    readonly file: string;
    readonly prefix?: string;
    /** Operations that the file lacks, or reads as another. */
    readonly except?: readonly string[];
  };
};

export type FakeVendor = {
  readonly model: VendorModel;
  readonly origins: ReadonlyMap<string, string>;
  /** The next requests get these, one after the other; those to the token endpoint are passed over. */
  readonly spoil: (...faults: readonly Fault[]) => void;
  /** From now on each request is spoiled by what this answers; undefined: it is not. */
  readonly spoilBy: (choose: ((asked: Asked) => Fault | undefined) | null) => void;
  /** Every answer takes so long, ms. */
  delayMs: number;
  /** Nobody who has a token now is believed any more. */
  readonly endTokens: () => void;
  /** And no refresh token either, nor the client that needs none. */
  readonly revoke: () => void;
  /** Requests so far, without those for tokens. */
  readonly asked: readonly Asked[];
  readonly tokenRequests: () => number;
  /** What the vendor's description says against what went over the wire. */
  readonly violations: readonly string[];
  readonly stop: () => Promise<void>;
};

const tokenPaths = /\/oauth2?\/(?:v\d+\/)?tokens?$|\/oauth\/v\d+\/token$|\/token$|\/oauth_token$/u;
const hugeBytes = 3_000_000;

const matched = (
  routes: VendorModel['routes'],
  { method, path }: Pick<Asked, 'method' | 'path'>,
): { readonly route: Route; readonly params: Readonly<Record<string, string>> } | null => {
  const parts = path.split('/');
  for (const [key, route] of Object.entries(routes)) {
    const [wanted, template = ''] = key.split(' ');
    const wantedParts = template.split('/');
    if (wanted !== method || wantedParts.length !== parts.length) continue;
    const params: Record<string, string> = {};
    const isIt = wantedParts.every((part, index) => {
      const own = parts[index] ?? '';
      if (!part.startsWith(':')) return part === own;
      params[part.slice(1)] = decodeURIComponent(own);
      return own !== '';
    });
    if (isIt) return { route, params };
  }
  return null;
};

const parsed = (type: string, text: string): unknown => {
  if (text === '') return undefined;
  if (type.includes('x-www-form-urlencoded')) return Object.fromEntries(new URLSearchParams(text));
  const value: unknown = JSON.parse(text);
  return value;
};

const readAsked = async (request: IncomingMessage): Promise<Asked> => {
  const url = new URL(request.url ?? '/', 'http://vendor.invalid');
  const headers = Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
  );
  const body = parsed(headers['content-type'] ?? '', await readBody(request));
  return {
    method: request.method ?? 'GET',
    path: url.pathname,
    query: url.searchParams,
    headers,
    body,
  };
};

const send = (response: ServerResponse, { status, body, headers = {}, text }: Told): void => {
  const content = text ?? (body === undefined ? '' : JSON.stringify(body));
  const type = text === undefined ? 'application/json; charset=utf-8' : 'text/plain';
  response.writeHead(status, { ...(content === '' ? {} : { 'content-type': type }), ...headers });
  response.end(content);
};

/** The bearer or other token of a request. */
export const tokenOf = ({ headers }: Asked): string =>
  (headers['authorization'] ?? '').split(' ').at(-1) ?? '';

/** A vendor on this machine: the model's memory behind real HTTP, with an OAuth token endpoint and faults to order. */
export const startFakeVendor = async (model: VendorModel): Promise<FakeVendor> => {
  const describe =
    model.description === undefined ? null : await vendorDescription(model.description.file);
  const spoiled: Fault[] = [];
  const asked: Asked[] = [];
  const violations: string[] = [];
  const goodTokens = new Set<string>();
  const goodRefresh = new Set<string>();
  let choose: ((asked: Asked) => Fault | undefined) | null = null;
  let tokenCount = 0;
  let isRevoked = false;
  let delayMs = 0;

  const grantTokens = (given: Asked): Told => {
    tokenCount += 1;
    const fields = given.body !== null && typeof given.body === 'object' ? { ...given.body } : {};
    const { grant_type: grant, refresh_token: old } = fields as Readonly<Record<string, unknown>>;
    if (grant === 'refresh_token' && !goodRefresh.delete(String(old))) {
      return { status: 400, body: { error: 'invalid_grant' } };
    }
    if (grant === 'client_credentials' && isRevoked) {
      return { status: 401, body: { error: 'invalid_client' } };
    }
    const accessToken = `access-${String(tokenCount)}-${crypto.randomUUID()}`;
    const refreshToken = `refresh-${String(tokenCount)}-${crypto.randomUUID()}`;
    goodTokens.add(accessToken);
    if (grant !== 'client_credentials') goodRefresh.add(refreshToken);
    const answer = { access_token: accessToken, token_type: 'bearer', expires_in: 3_600 };
    const isClients = grant === 'client_credentials';
    return { status: 200, body: isClients ? answer : { ...answer, refresh_token: refreshToken } };
  };

  const answerOf = (given: Asked): Told => {
    const refusal = model.refusesCaller(given, goodTokens);
    if (refusal !== undefined) return refusal;
    const found = matched(model.routes, given);
    const told = found?.route(given, found.params) ?? model.refusal(404);
    if (found === null)
      violations.push(`${given.method} ${given.path}: there is no such operation`);
    const { prefix = '', except = [] } = model.description ?? {};
    const isDescribed = !except.includes(`${given.method} ${given.path}`);
    if (describe !== null && isDescribed && given.path.startsWith(prefix)) {
      const exchange = {
        ...{ method: given.method, path: given.path.slice(prefix.length), headers: given.headers },
        query: given.query.toString(),
        requestBody: given.body,
        status: told.status,
        responseBody: told.body,
      };
      violations.push(...describe(exchange));
    }
    return told;
  };

  const spoil = async (
    fault: Fault,
    given: Asked,
    request: IncomingMessage,
    response: ServerResponse,
  ): Promise<void> => {
    if (typeof fault === 'number') {
      send(response, model.refusal(fault));
      return;
    }
    const page = '<!doctype html><html><body>Sign in</body></html>';
    switch (fault) {
      case 'html':
        response.writeHead(200, { 'content-type': 'text/html' });
        response.end(page);
        return;
      case 'empty': {
        send(response, { status: 202 });
        return;
      }
      case 'other_shape': {
        send(response, { status: 200, body: { version: 9, data: [{ other: true }] } });
        return;
      }
      case 'not_json': {
        send(response, { status: 200, text: '{"users":[{"name":"Cut' });
        return;
      }
      case 'huge': {
        send(response, { status: 200, body: { users: 'x'.repeat(hugeBytes) } });
        return;
      }
      case 'slow':
        // Longer than anybody waits; the socket is closed by whoever gave up, or at the stop.
        await sleep(20_000, undefined, { ref: false });
        {
          send(response, { status: 200, body: {} });
          return;
        }
      case 'slow_after':
        answerOf(given);
        await sleep(20_000, undefined, { ref: false });
        {
          send(response, { status: 200, body: {} });
          return;
        }
      case 'cut_off_before':
        request.socket.destroy();
        return;
      case 'cut_off_after':
        answerOf(given);
        response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' });
        response.write('{"part":');
        // Once the part is on its way: a reset before it would look like no answer at all.
        setTimeout(() => request.socket.destroy(), 20);
        return;
      case 'elsewhere': {
        send(response, { status: 302, headers: { location: 'https://elsewhere.invalid/' } });
        return;
      }
    }
  };

  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const given = await readAsked(request);
    if (given.method === 'POST' && tokenPaths.test(given.path)) {
      send(response, grantTokens(given));
      return;
    }
    asked.push(given);
    if (delayMs > 0) await sleep(delayMs);
    const fault = spoiled.shift() ?? choose?.(given);
    if (fault === undefined) {
      send(response, answerOf(given));
      return;
    }
    await spoil(fault, given, request, response);
  };

  const server = createServer((request, response) => {
    handle(request, response).catch((error: unknown) => {
      violations.push(`${request.method ?? ''} ${request.url ?? ''}: ${String(error)}`);
      response.destroy();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  // A server that listens on TCP has such an address.
  const { port } = server.address() as AddressInfo;
  const own = `http://127.0.0.1:${String(port)}`;

  return {
    model,
    origins: new Map(model.origins.map((origin) => [origin, own])),
    spoil: (...faults) => spoiled.push(...faults),
    spoilBy: (by) => {
      choose = by;
    },
    get delayMs() {
      return delayMs;
    },
    set delayMs(ms) {
      delayMs = ms;
    },
    endTokens: () => goodTokens.clear(),
    revoke: () => {
      isRevoked = true;
      goodTokens.clear();
      goodRefresh.clear();
    },
    asked,
    tokenRequests: () => tokenCount,
    violations,
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
};
