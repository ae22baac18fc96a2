import { expect } from 'playwright/test';
import { forget, launchApp, waitFor, type AppUnderTest } from './support/app-under-test.ts';
import { endedCall, launchSignedIn, report, talkingCall, test } from './support/desk-under-test.ts';

/** Lets the question be answered with the button of that index, and remembers what was asked. */
const answerQuestionsWith = (app: AppUnderTest, button: number): Promise<void> =>
  app.electron.evaluate(({ dialog }, response) => {
    const questions: string[] = [];
    Reflect.set(globalThis, 'questions', questions);
    dialog.showMessageBox = ((_window: unknown, { message }: { message: string }) => {
      questions.push(message);
      return Promise.resolve({ response, checkboxChecked: false });
    }) as typeof dialog.showMessageBox;
  }, button);

const questions = (app: AppUnderTest): Promise<readonly string[]> =>
  app.electron.evaluate(() => Reflect.get(globalThis, 'questions') as readonly string[]);

const closeWindow = (app: AppUnderTest): Promise<void> =>
  app.electron.evaluate(({ BrowserWindow }) => {
    for (const window of BrowserWindow.getAllWindows()) if (window.isVisible()) window.close();
  });

test('closing the window during a call asks first, and staying keeps everything', async ({
  desks,
}) => {
  const app = await launchSignedIn(desks);
  const call = talkingCall();
  await report(app, [call]);
  await answerQuestionsWith(app, 0);
  await closeWindow(app);
  await waitFor('the question', async () => (await questions(app)).length > 0);
  expect(await questions(app)).toEqual(['A call is in progress.']);
  expect((await app.phone()).calls[0]?.state).toBe('connected');

  await report(app, [endedCall(call)]);
  await closeWindow(app);
  await waitFor('the next question', async () => (await questions(app)).length > 1);
  expect((await questions(app))[1]).toBe('A wrap-up is not complete.');
  await app.close();
  forget(app.profileDir);
});

test('quitting leaves the agent offline at the backend', async ({ desks }) => {
  const app = await launchSignedIn(desks);
  const wished = await (
    await app.page('ui')
  ).evaluate(() => window.ringside.request('agent.wish', { kind: 'ready' }));
  expect(wished).toEqual({ ok: true, value: null });
  await waitFor('the queues', () => desks.backend.pbx.membership.size > 0);
  const gone = new Promise((resolve) => app.electron.process().once('exit', resolve));
  // Nothing to lose: not asked.
  await closeWindow(app);
  await gone;
  await waitFor('the queues to be left', () => desks.backend.pbx.membership.size === 0, 1_000);
  forget(app.profileDir);
});

test('global keys that do nothing are listed with their reasons', async ({ desks }) => {
  const first = await launchApp({ backendUrl: desks.url });
  await waitFor('the keys', () =>
    first.electron.evaluate(({ globalShortcut }) =>
      globalShortcut.isRegistered('CommandOrControl+Alt+A'),
    ),
  );
  expect((await first.desk()).keyConflicts).toEqual([]);
  const second = await launchApp({ backendUrl: desks.url });
  const taken = ['answer', 'end', 'hold', 'mute', 'dialSelected'].map((name) => ({
    name,
    why: 'taken',
  }));
  await waitFor('the conflicts', async () => (await second.desk()).keyConflicts.length > 0);
  expect((await second.desk()).keyConflicts).toEqual(taken);
  const page = await second.page('ui');
  await page.evaluate(() =>
    window.ringside.request('settings.change', {
      globalKeys: {
        answer: 'CommandOrControl+Alt+F9',
        reject: 'Alt+Control+F9',
        end: 'Shift+H',
        hold: '',
        mute: 'no such key',
        dialSelected: '',
        compact: '',
      },
    }),
  );
  const conflicts = await waitFor('the other keys', async () => {
    const { keyConflicts } = await second.desk();
    return keyConflicts.length === 3 ? keyConflicts : null;
  });
  expect(conflicts).toEqual([
    { name: 'reject', why: 'twice' },
    { name: 'end', why: 'typing' },
    { name: 'mute', why: 'not_a_key' },
  ]);
  // While a key is recorded none acts, and afterwards all do.
  const held = (): Promise<boolean> =>
    second.electron.evaluate(({ globalShortcut }) =>
      globalShortcut.isRegistered('CommandOrControl+Alt+F9'),
    );
  for (const paused of [true, false]) {
    await page.evaluate(
      (on) => window.ringside.request('globalKeys.pause', { paused: on }),
      paused,
    );
    expect(await held()).toBe(!paused);
  }
  await second.close();
  await first.close();
  forget(first.profileDir);
  forget(second.profileDir);
});

test('a recording is asked for in the name of the agent, and only by the desk', async ({
  desks,
}) => {
  const app = await launchSignedIn(desks);
  const path = `recordings/${crypto.randomUUID()}/${crypto.randomUUID()}`;
  const status = await (
    await app.page('ui')
  ).evaluate(async (wanted) => (await fetch(`app://ui/${wanted}`)).status, path);
  // The backend knows the agent and no such recording.
  expect(status).toBe(404);
  const fromEngine = await (
    await app.page('phone')
  ).evaluate(async (wanted) => (await fetch(`app://phone/${wanted}`)).status, path);
  expect(fromEngine).toBe(404);
  await app.close();
  forget(app.profileDir);
});
