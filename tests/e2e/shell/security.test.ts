import { join } from 'node:path';
import { expect, test } from 'playwright/test';
import { reasonToSkip, windowNeeds } from '../../../scripts/platform/test-needs.ts';
import { repositoryDirectory } from '../../../scripts/platform/paths.ts';
import { forget, launchApp, type AppUnderTest } from './support/app-under-test.ts';

test.skip(reasonToSkip(windowNeeds) !== null, 'no window can be opened');

let app: AppUnderTest;

test.beforeAll(async () => {
  app = await launchApp();
  await app.page('ui');
  await app.page('phone');
});

test.afterAll(async () => {
  await app.close();
  forget(app.profileDir);
});

test('both pages are sandboxed, isolated and without Node, in processes of their own', async () => {
  const pages = await app.electron.evaluate(({ webContents }) =>
    webContents.getAllWebContents().map((contents) => {
      // Electron's types leave this one out.
      const { getLastWebPreferences } = contents as unknown as {
        getLastWebPreferences: () => Record<string, unknown>;
      };
      return {
        url: contents.getURL(),
        processId: contents.getOSProcessId(),
        preferences: getLastWebPreferences.call(contents),
      };
    }),
  );
  expect(pages.map(({ url }) => url).sort()).toEqual([
    'app://phone/index.html',
    'app://ui/index.html',
  ]);
  expect(new Set(pages.map(({ processId }) => processId)).size).toBe(2);
  for (const { preferences } of pages) {
    expect(preferences).toMatchObject({
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
      webviewTag: false,
    });
    // Electron leaves these out when they are off.
    expect(preferences['nodeIntegrationInWorker']).not.toBe(true);
    expect(preferences['nodeIntegrationInSubFrames']).not.toBe(true);
    expect(preferences['allowRunningInsecureContent']).not.toBe(true);
  }
});

test('a page sees its bridge and nothing else of Electron or Node', async () => {
  const seen = async (host: 'ui' | 'phone') =>
    (await app.page(host)).evaluate(() => {
      const bridgeOf = (name: string): object =>
        (Reflect.get(window, name) as object | undefined) ?? {};
      return {
        globals: ['require', 'process', 'module', 'Buffer', 'electron', 'ipcRenderer'].filter(
          (name) => name in window,
        ),
        ui: Object.keys(bridgeOf('ringside')).sort(),
        phone: Object.keys(bridgeOf('ringsidePhone')).sort(),
      };
    });
  expect(await seen('ui')).toEqual({ globals: [], ui: ['on', 'request'], phone: [] });
  expect(await seen('phone')).toEqual({ globals: [], ui: [], phone: ['on', 'report', 'request'] });
});

for (const host of ['ui', 'phone'] as const) {
  test(`app://${host} has a strict content security policy that holds`, async () => {
    const page = await app.page(host);
    const policy = await page.evaluate(async () => {
      const { headers } = await fetch(location.href);
      return headers.get('content-security-policy') ?? '';
    });
    const directives = new Map(
      policy.split('; ').map((directive): [string, string] => {
        const [name = '', ...values] = directive.split(' ');
        return [name, values.join(' ')];
      }),
    );
    expect(directives.get('default-src')).toBe("'none'");
    expect(directives.get('script-src')).toBe(
      // A WebAssembly program is no text that becomes a script.
      host === 'ui' ? "'self'" : "'self' 'wasm-unsafe-eval'",
    );
    expect(directives.get('object-src')).toBe("'none'");
    expect(directives.get('base-uri')).toBe("'none'");
    expect(directives.get('frame-ancestors')).toBe("'none'");
    expect(directives.get('connect-src')).toBe(host === 'ui' ? "'self'" : "'self' ws: wss:");

    const broken = await page.evaluate(async () => {
      const script = document.createElement('script');
      script.textContent = 'window.injected = true';
      document.head.append(script);
      const evaluated = await new Promise((resolve) => {
        // In a turn of its own: what a debugger calls may evaluate.
        setTimeout(() => {
          try {
            // eslint-disable-next-line @typescript-eslint/no-implied-eval, @typescript-eslint/no-unsafe-call -- must fail
            resolve(new Function('return true')());
          } catch {
            resolve(false);
          }
        });
      });
      const fetched = await fetch('http://127.0.0.1:9/').then(
        () => true,
        (thrown: unknown) => String(thrown),
      );
      const blocked = new Promise((resolve) => {
        document.addEventListener('securitypolicyviolation', (event) => {
          if (event.blockedURI.startsWith('https://example.com')) resolve(event.violatedDirective);
        });
      });
      const frame = document.createElement('iframe');
      frame.src = 'https://example.com/';
      document.body.append(frame);
      const framed = await blocked;
      frame.remove();
      return { injected: 'injected' in window, evaluated, fetched, framed };
    });
    expect(broken).toEqual({
      injected: false,
      evaluated: false,
      fetched: 'TypeError: Failed to fetch',
      framed: 'frame-src',
    });
  });

  test(`app://${host} can leave neither its document nor its window`, async () => {
    const page = await app.page(host);
    const before = page.url();
    const opened = await page.evaluate(async () => {
      const child = window.open('https://example.com/');
      const link = document.createElement('a');
      link.href = 'https://example.com/';
      link.target = '_blank';
      document.body.append(link);
      link.click();
      link.remove();
      window.location.href = 'https://example.com/';
      await new Promise((resolve) => setTimeout(resolve, 300));
      window.location.href = 'file:///etc/passwd';
      await new Promise((resolve) => setTimeout(resolve, 300));
      return child === null;
    });
    expect(opened).toBe(true);
    expect(page.url()).toBe(before);
    expect(app.electron.windows()).toHaveLength(2);
  });
}

test('neither page reaches the page of the other by navigating', async () => {
  const page = await app.page('ui');
  await page.evaluate(async () => {
    window.location.href = 'app://phone/index.html';
    await new Promise((resolve) => setTimeout(resolve, 300));
  });
  expect(page.url()).toMatch(/^app:\/\/ui\//u);
});

test('nothing is opened outside of the program', async () => {
  await app.electron.evaluate(({ shell }) => {
    const calls: string[] = [];
    Reflect.set(globalThis, 'openedOutside', calls);
    shell.openExternal = (url) => {
      calls.push(url);
      return Promise.resolve();
    };
  });
  await (
    await app.page('ui')
  ).evaluate(() => {
    for (const url of [
      'https://example.com/',
      'http://example.com/',
      'file:///etc/passwd',
      'tel:1',
    ])
      window.open(url);
  });
  const opened = await app.electron.evaluate(
    () => Reflect.get(globalThis, 'openedOutside') as readonly string[],
  );
  expect(opened).toEqual([]);
});

test('the microphone is for the engine alone, and a camera for nobody', async () => {
  const media = async (host: 'ui' | 'phone', wanted: MediaStreamConstraints) =>
    (await app.page(host)).evaluate(
      (constraints) =>
        navigator.mediaDevices.getUserMedia(constraints).then(
          (stream) => {
            for (const track of stream.getTracks()) track.stop();
            return 'granted';
          },
          (thrown: unknown) => (thrown instanceof Error ? thrown.name : 'unknown'),
        ),
      wanted,
    );
  expect(await media('ui', { audio: true })).toBe('NotAllowedError');
  expect(await media('phone', { audio: true })).toBe('granted');
  expect(await media('phone', { video: true })).toBe('NotAllowedError');
  expect(await media('phone', { audio: true, video: true })).toBe('NotAllowedError');
});

test('no page gets any other permission', async () => {
  const state = async (host: 'ui' | 'phone') =>
    (await app.page(host)).evaluate(async () => {
      const names = ['geolocation', 'notifications', 'camera', 'midi', 'clipboard-read'];
      const states = await Promise.all(
        // Names that the DOM's types do not list.
        names.map((name) => navigator.permissions.query({ name: name as PermissionName })),
      );
      return states.map((status) => status.state);
    });
  for (const host of ['ui', 'phone'] as const) {
    expect(await state(host)).not.toContain('granted');
  }
  const microphone = await (
    await app.page('ui')
  ).evaluate(async () => {
    const status = await navigator.permissions.query({ name: 'microphone' });
    return status.state;
  });
  expect(microphone).toBe('denied');
});

test('the protocol gives out the pages and nothing beside them', async () => {
  const page = await app.page('ui');
  const statuses = await page.evaluate(async () => {
    const paths = [
      '/index.html',
      '/../main/index.js',
      '/%2e%2e/main/index.js',
      '/..%2f..%2f..%2fetc%2fpasswd',
      '/assets/..%5c..%5cmain%5cindex.js',
      '/assets/../../package.json',
      '/main.tsx',
      '/recordings/../../session',
      '/recordings/x/y',
    ];
    return Promise.all(paths.map(async (path) => (await fetch(`app://ui${path}`)).status));
  });
  expect(statuses).toEqual([200, 404, 404, 404, 404, 404, 404, 404, 404]);
  const elsewhere = await page.evaluate(() =>
    Promise.all(
      ['app://other/index.html', 'app://phone/index.html', 'file:///etc/passwd'].map((url) =>
        fetch(url).then(
          () => 'fetched',
          () => 'blocked',
        ),
      ),
    ),
  );
  expect(elsewhere).toEqual(['blocked', 'blocked', 'blocked']);
});

test('a request that is not in the contract, or not of its shape, is refused', async () => {
  const page = await app.page('ui');
  const answers = await page.evaluate(async () => {
    // What a hostile page would send: past the types.
    const hostile = window.ringside as {
      request: (name: string, payload: unknown) => Promise<unknown>;
    };
    const tried = (name: string, payload: unknown) =>
      hostile.request(name, payload).then(
        (answer) => JSON.stringify(answer),
        (thrown: unknown) => String(thrown),
      );
    return {
      unknown: await tried('engine.setup', null),
      inherited: await tried('constructor', null),
      extra: await tried('desk.snapshot', { extra: true }),
      wrong: await tried('phone.command', { kind: 'dial', number: 7 }),
      added: await tried('consent.record', {
        callId: crypto.randomUUID(),
        kind: 'granted',
        at: 1,
      }),
      tooLong: await tried('session.signIn', { username: 'x'.repeat(65), password: '' }),
    };
  });
  expect(answers.unknown).toContain('No such request');
  expect(answers.inherited).toContain('No such request');
  expect(answers.extra).toContain('Refused');
  expect(answers.wrong).toBe('{"ok":false,"why":"not_allowed"}');
  expect(answers.added).toContain('"code":"invalid"');
  expect(answers.tooLong).toContain('"code":"invalid"');
});

test('a report of the engine that is not of its shape changes nothing', async () => {
  const before = await app.phone();
  await (
    await app.page('phone')
  ).evaluate((snapshot) => {
    const hostile = window.ringsidePhone as { report: (name: string, value: unknown) => void };
    hostile.report('engine.snapshot', { ...snapshot, revision: 'x' });
    hostile.report('engine.snapshot', { ...snapshot, calls: [{ state: 'connected' }] });
  }, before);
  expect(await app.phone()).toEqual(before);
});

test('the same preload in a page that is not ours gets no answer', async () => {
  const answers = await app.electron.evaluate(
    async ({ BrowserWindow }, preload) => {
      const ask = async (url: string): Promise<string> => {
        const stranger = new BrowserWindow({
          show: false,
          webPreferences: { preload, sandbox: true, contextIsolation: true },
        });
        await stranger.loadURL(url);
        const answer = (await stranger.webContents.executeJavaScript(
          `ringside.request('desk.snapshot', null).then(() => 'answered', (thrown) => String(thrown))`,
        )) as string;
        stranger.destroy();
        return answer;
      };
      return Promise.all([
        ask('app://phone/index.html'),
        ask('app://ui/index.html'),
        ask('data:text/html,stranger'),
      ]);
    },
    join(repositoryDirectory, 'out/preload/ui.cjs'),
  );
  for (const answer of answers) expect(answer).not.toBe('answered');
});

test("the desk's own contents are refused once they show another document", async () => {
  // Only main can navigate them; if it ever did, the answer must stop.
  const other = await launchApp();
  await other.page('ui');
  const answer = await other.electron.evaluate(async ({ webContents }) => {
    const contents = webContents
      .getAllWebContents()
      .find((candidate) => candidate.getURL().startsWith('app://ui/'));
    await contents?.loadURL('data:text/html,stranger');
    return (await contents?.executeJavaScript(
      `ringside.request('desk.snapshot', null).then(() => 'answered', (thrown) => String(thrown))`,
    )) as string;
  });
  expect(answer).toContain('Refused');
  await other.close();
  forget(other.profileDir);
});
