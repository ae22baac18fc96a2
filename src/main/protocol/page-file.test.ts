import { expect, test } from 'vitest';
import { pageFile } from './page-file.ts';

const folder = '/app/out/renderer';

test('a page and its assets are found', () => {
  expect(pageFile(folder, 'ui', '/')).toEqual({
    path: '/app/out/renderer/ui/index.html',
    contentType: 'text/html; charset=utf-8',
  });
  expect(pageFile(folder, 'phone', '/index.html')?.path).toBe('/app/out/renderer/phone/index.html');
  expect(pageFile(folder, 'ui', '/assets/ui-B1x_2.js')?.path).toBe(
    '/app/out/renderer/assets/ui-B1x_2.js',
  );
});

test.each([
  '/../main/index.js',
  '/..%2f..%2fmain/index.js',
  '/%2e%2e/main/index.js',
  '/assets/../../main/index.js',
  '/assets/..',
  '/a..b/../x.js',
  '/..\\..\\main\\index.js',
  '/C:/windows/win.ini',
  '//etc/passwd.json',
  '/.env.json',
  '/assets/.hidden.js',
  '/index.html\0.js',
  '/passwd',
  '/main/index.mjs',
])('%s leads nowhere', (pathname) => {
  expect(pageFile(folder, 'ui', pathname)).toBeNull();
});
