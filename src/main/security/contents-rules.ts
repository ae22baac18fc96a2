import { app, shell } from 'electron';
import { isPaymentPage } from '../../shared/domain/payment/payment-page.ts';
import { createLogger } from '../log/logger.ts';

const log = createLogger('contents');

/** The centre's pages where cards are taken. */
type PaymentPages = {
  readonly patterns: () => readonly string[];
  /** One of them was opened. */
  readonly opened: () => void;
};
let paymentPages: PaymentPages | null = null;
/** The centre's pages that help; no other link opens in the user's browser. */
let helpPages: () => readonly string[] = () => [];

export const letPaymentPagesOpen = (pages: PaymentPages): void => {
  paymentPages = pages;
};

export const letHelpPagesOpen = (patterns: () => readonly string[]): void => {
  helpPages = patterns;
};

/** Opens an https address that the centre lists in the user's browser; anything else is dropped. */
const openExternal = (address: string): void => {
  const url = URL.canParse(address) ? new URL(address) : null;
  if (url !== null) {
    const { protocol, host, pathname: path } = url;
    const isListed = (patterns: readonly string[]): boolean =>
      isPaymentPage(patterns, { protocol, host, path });
    const isPayment = paymentPages !== null && isListed(paymentPages.patterns());
    // The silence first: the page is there in no time.
    if (isPayment) paymentPages?.opened();
    if (isPayment || isListed(helpPages())) {
      void shell.openExternal(url.href);
      return;
    }
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
