import { join, sep } from 'node:path';

/** The two pages, each an origin of its own: `app://ui` and `app://phone`. */
export type PageHost = 'ui' | 'phone';

export const pageHosts: readonly PageHost[] = ['ui', 'phone'];
export const originOf = (host: PageHost): string => `app://${host}`;

const contentTypes: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  json: 'application/json; charset=utf-8',
  svg: 'image/svg+xml',
  png: 'image/png',
  webp: 'image/webp',
  woff2: 'font/woff2',
  wav: 'audio/wav',
  mp3: 'audio/mpeg',
  ogg: 'audio/ogg',
  opus: 'audio/ogg',
  wasm: 'application/wasm',
};

export type PageFile = { readonly path: string; readonly contentType: string };

// One or more plain names: no dot files, no "..", nothing encoded, no back-slash, no drive.
const plainPath = /^(?:[A-Za-z0-9_-][A-Za-z0-9._-]*\/)*[A-Za-z0-9_-][A-Za-z0-9._-]*$/u;

/**
 * The file behind a path of a page, inside `folder` (the built renderers); null for anything but a plain path to a
 * known kind of file. Both pages share the folder of built assets.
 */
export const pageFile = (folder: string, host: PageHost, pathname: string): PageFile | null => {
  const name = pathname === '/' ? 'index.html' : pathname.slice(1);
  if (!plainPath.test(name) || name.includes('..')) return null;
  const contentType = contentTypes[name.slice(name.lastIndexOf('.') + 1).toLowerCase()];
  if (contentType === undefined) return null;
  const path = name.startsWith('assets/') ? join(folder, name) : join(folder, host, name);
  return path.startsWith(folder + sep) ? { path, contentType } : null;
};
