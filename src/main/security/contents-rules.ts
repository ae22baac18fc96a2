import { app, shell } from 'electron';
import { createLogger } from '../log/logger.ts';

const log = createLogger('contents');

/** Hosts that a link may open in the user's browser. None yet. */
const externalHosts: ReadonlySet<string> = new Set();

/** Opens an https address of a listed host in the user's browser; anything else is dropped. */
const openExternal = (address: string): void => {
  const url = URL.canParse(address) ? new URL(address) : null;
  if (url?.protocol === 'https:' && externalHosts.has(url.host)) {
    void shell.openExternal(url.href);
    return;
  }
  log.warn('A link was not opened', { host: url?.host ?? null });
};

/** No page leaves its document, opens a window or embeds another: for every contents that is ever made. */
export const holdContents = (): void => {
  app.on('web-contents-created', (_created, contents) => {
    contents.on('will-frame-navigate', (event) => {
      event.preventDefault();
      log.warn('A navigation was denied');
    });
    contents.on('will-redirect', (event) => event.preventDefault());
    contents.on('will-attach-webview', (event) => event.preventDefault());
    contents.setWindowOpenHandler(({ url }) => {
      openExternal(url);
      return { action: 'deny' };
    });
  });
};
