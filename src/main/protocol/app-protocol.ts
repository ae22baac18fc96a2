import { readFile } from 'node:fs/promises';
import { protocol, session } from 'electron';
import { createLogger, reasonOf } from '../log/logger.ts';
import { contentSecurityPolicy } from './content-security-policy.ts';
import { pageFile, pageHosts, type PageHost } from './page-file.ts';

const log = createLogger('protocol');

/** Before the app is ready: makes `app://` a secure origin like https. */
export const registerAppScheme = (): void => {
  protocol.registerSchemesAsPrivileged([
    {
      scheme: 'app',
      privileges: {
        standard: true,
        secure: true,
        supportFetchAPI: true,
        stream: true,
        // What was compiled once is compiled for the next start.
        codeCache: true,
      },
    },
  ]);
};

const isPageHost = (host: string): host is PageHost =>
  (pageHosts as readonly string[]).includes(host);

const headersOf = (host: PageHost, contentType: string): Record<string, string> => ({
  'content-type': contentType,
  'content-security-policy': contentSecurityPolicy(host),
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'cache-control': 'no-cache',
});

const refusal = (status: number): Response => new Response(null, { status });

/**
 * Serves the two pages from `folder`. `serveRecording` answers below `app://ui/recordings/`; it may be slow to arrive,
 * as the first window does not need it.
 */
export const serveAppProtocol = (
  folder: string,
  serveRecording: (request: Request) => Promise<Response>,
): void => {
  session.defaultSession.protocol.handle('app', async (request) => {
    const { host, pathname } = new URL(request.url);
    if (!isPageHost(host) || request.method !== 'GET') return refusal(404);
    if (host === 'ui' && pathname.startsWith('/recordings/')) return serveRecording(request);
    const file = pageFile(folder, host, pathname);
    if (file === null) return refusal(404);
    try {
      const body = await readFile(file.path);
      return new Response(new Uint8Array(body), { headers: headersOf(host, file.contentType) });
    } catch (thrown) {
      log.warn('A page asked for a file that is not there', { why: reasonOf(thrown) });
      return refusal(404);
    }
  });
};
