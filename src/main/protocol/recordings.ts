import { apiPrefix } from '../../shared/api/routes.ts';
import { createLogger, reasonOf } from '../log/logger.ts';

const log = createLogger('recordings');
const answerTimeoutMs = 10_000;

const uuid = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}';
const recordingPath = new RegExp(`^/recordings/(${uuid})/(${uuid})$`, 'u');
const byteRange = /^bytes=\d*-\d*$/u;
const passedOn = ['content-type', 'content-length', 'content-range', 'accept-ranges'] as const;

export type RecordingPorts = {
  readonly backendUrl: () => string;
  /** null: nobody is signed in. */
  readonly token: () => string | null;
  readonly fetch: (url: string, init: RequestInit) => Promise<Response>;
};

/** `app://ui/recordings/<contactId>/<recordingId>`: the backend's audio, fetched in the agent's name, in ranges. */
export const recordingServer =
  (ports: RecordingPorts) =>
  async (request: Request): Promise<Response> => {
    const found = recordingPath.exec(new URL(request.url).pathname);
    const token = ports.token();
    if (found === null) return new Response(null, { status: 404 });
    if (token === null) return new Response(null, { status: 401 });
    const [, contactId, recordingId] = found;
    const range = request.headers.get('range');
    const slow = new AbortController();
    const timer = setTimeout(() => {
      slow.abort();
    }, answerTimeoutMs);
    try {
      const answer = await ports.fetch(
        `${ports.backendUrl().replace(/\/+$/u, '')}${apiPrefix}/contacts/${contactId ?? ''}/recordings/${recordingId ?? ''}`,
        {
          headers: {
            authorization: `Bearer ${token}`,
            ...(range !== null && byteRange.test(range) ? { range } : {}),
          },
          credentials: 'omit',
          cache: 'no-store',
          redirect: 'error',
          signal: AbortSignal.any([request.signal, slow.signal]),
        },
      );
      const headers = new Headers({ 'x-content-type-options': 'nosniff' });
      for (const name of passedOn) {
        const value = answer.headers.get(name);
        if (value !== null) headers.set(name, value);
      }
      return new Response(answer.body, { status: answer.status, headers });
    } catch (thrown) {
      log.warn('A recording could not be fetched', { why: reasonOf(thrown) });
      return new Response(null, { status: 502 });
    } finally {
      clearTimeout(timer);
    }
  };
