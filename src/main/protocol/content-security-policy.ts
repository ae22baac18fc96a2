import type { PageHost } from './page-file.ts';

const shared = [
  "default-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "object-src 'none'",
];

const policies: Readonly<Record<PageHost, readonly string[]>> = {
  ui: [
    ...shared,
    "script-src 'self'",
    // The component library writes its computed sizes and colours into style attributes and elements.
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data:",
    "font-src 'self' data:",
    "media-src 'self' data:",
    "connect-src 'self'",
  ],
  phone: [
    ...shared,
    // The strong noise suppression is a WebAssembly program of this page's own; no text becomes a script.
    "script-src 'self' 'wasm-unsafe-eval'",
    "media-src 'self' blob: mediastream:",
    // The edge's address comes with the account, after the page is there.
    "connect-src 'self' ws: wss:",
    "worker-src 'self'",
  ],
};

export const contentSecurityPolicy = (host: PageHost): string => policies[host].join('; ');
