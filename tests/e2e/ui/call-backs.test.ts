import { accessibilityFaults } from '../../support/axe.ts';
import { expect, type Scene, small, test } from './support/gallery.ts';

/** Call-backs and follow-ups, by keyboard alone. */

const dialog = (scene: Scene, name = 'Call back later') => scene.page.getByRole('dialog', { name });
const list = (scene: Scene) => scene.page.getByRole('main', { name: 'Call-backs' });

test('in a call one key opens it with the caller’s number, and Enter saves', async ({
  gallery,
}) => {
  const scene = await gallery('in-call');
  const { page } = scene;
  await page.keyboard.press('Control+KeyH');
  await expect(dialog(scene).getByLabel('Number', { exact: true })).not.toHaveValue('');
  await expect(dialog(scene).getByLabel('What about')).toBeFocused();
  await page.keyboard.type('The card terminal.');
  await page.keyboard.press('Enter');
  await expect(dialog(scene)).toHaveCount(0);
  await expect(page.getByText(/Call-back scheduled: /u).first()).toBeVisible();
  expect(await scene.asked('callBacks.schedule')).toMatchObject([
    { kind: 'call_back', note: 'The card terminal.', forQueue: false },
  ]);
});

test('what cannot be kept is refused by name, with the caret where it is', async ({ gallery }) => {
  const scene = await gallery('in-call');
  const { page } = scene;
  await page.keyboard.press('Control+KeyH');
  const form = dialog(scene);
  await form.getByLabel('Number', { exact: true }).fill('x');
  await form.getByLabel('What about').press('Enter');
  await expect(form).toContainText('cannot be read as a number');
  await expect(form.getByLabel('Number', { exact: true })).toBeFocused();
  await form.getByLabel('Number', { exact: true }).fill('+34 963 15 22 08');
  await form.getByLabel('Date').fill('2020-01-01');
  await form.getByLabel('What about').press('Enter');
  await expect(form).toContainText('This time is over.');
  await form.getByRole('button', { name: 'Tomorrow morning' }).press('Enter');
  await form.getByLabel('What about').fill('x'.repeat(501));
  await form.getByLabel('What about').press('Enter');
  await expect(form).toContainText('longer than 500 characters');
  await form.getByLabel('Time').fill('03:00');
  await expect(form).toContainText('between 8:00 and 20:00 by their own clock');
  expect(await scene.asked('callBacks.schedule')).toEqual([]);
});

test('while the backend is away it is refused, and what was typed stays however often it is closed', async ({
  gallery,
}) => {
  const scene = await gallery('in-call');
  const { page } = scene;
  await scene.act((bridge) => {
    bridge.changeDesk({ backend: { state: 'away', why: '', since: 0 } });
  }, null);
  await page.keyboard.press('Control+KeyH');
  await expect(dialog(scene).getByLabel('What about')).toBeFocused();
  await page.keyboard.type('Ask for the invoice.');
  await dialog(scene).getByRole('button', { name: 'Tomorrow afternoon' }).press('Enter');
  await dialog(scene).getByLabel('What about').press('Enter');
  await expect(dialog(scene)).toContainText('What you typed stays here');
  await page.keyboard.press('Escape');
  await expect(dialog(scene)).toHaveCount(0);
  await scene.act((bridge) => {
    bridge.changeDesk({ backend: { state: 'connected' } });
  }, null);
  await page.keyboard.press('Control+KeyH');
  await expect(dialog(scene).getByLabel('What about')).toHaveValue('Ask for the invoice.');
  await page.keyboard.press('Enter');
  await expect(dialog(scene)).toHaveCount(0);
  const asked = (await scene.asked('callBacks.schedule')) as { readonly callBackId: string }[];
  // Asked again it is the same promise.
  expect(new Set(asked.map(({ callBackId }) => callBackId)).size).toBe(1);
});

test('the list: what is overdue first; each is called, postponed and done by its keys', async ({
  gallery,
}) => {
  const scene = await gallery('call-backs');
  const { page } = scene;
  await expect(scene.button('Call-backs 1 is due')).toBeVisible();
  await page.keyboard.press('Control+KeyM');
  await expect(list(scene).getByRole('heading', { level: 2 }).first()).toHaveText('Overdue');
  const rows = list(scene).locator('[data-row]');
  await rows.first().focus();
  await expect(rows.first()).toContainText('Marta Villanueva Ruiz');
  await page.keyboard.press('Shift+Enter');
  expect(await scene.asked('phone.command')).toMatchObject([
    { kind: 'dial', number: '+34963152208', callBack: { queue: 'support' } },
  ]);
  await scene.act((bridge) => {
    bridge.changePhone({ calls: [] });
  }, null);
  await page.keyboard.press('Control+KeyM');
  await rows.first().focus();
  await page.keyboard.press('KeyP');
  await expect(page.getByRole('menuitem', { name: 'In a week' })).toBeVisible();
  // The menu goes, the page stays.
  await page.keyboard.press('Escape');
  await expect(page.getByRole('menu')).toHaveCount(0);
  await expect(list(scene)).toBeVisible();
  await rows.first().focus();
  await page.keyboard.press('KeyP');
  await page.getByRole('menuitem', { name: 'In a week' }).press('Enter');
  expect(await scene.asked('callBacks.change')).toMatchObject([{ number: '' }]);
  await expect(list(scene).getByRole('heading', { name: 'Overdue' })).toHaveCount(0);
  await rows.filter({ hasText: 'Send the form' }).focus();
  await page.keyboard.press('KeyD');
  await expect(rows.filter({ hasText: 'Send the form' })).toHaveCount(0);
  await list(scene).getByRole('button', { name: 'Over', exact: true }).press('Enter');
  await expect(rows.filter({ hasText: 'Send the form' })).toHaveCount(1);
});

test('a supervisor sees the team’s and gives one to somebody else', async ({ gallery }) => {
  const scene = await gallery('call-backs-team', {}, small);
  const { page } = scene;
  await page.keyboard.press('Control+KeyM');
  await list(scene).getByRole('button', { name: 'The team’s' }).press('Enter');
  const first = list(scene).locator('[data-row]').first();
  await expect(first).toContainText('Ana Ferreira');
  await first.focus();
  await page.keyboard.press('KeyP');
  await page.getByRole('menuitem', { name: 'Give it to…' }).press('Enter');
  await dialog(scene, 'Give it to somebody else')
    .getByRole('button', { name: 'Give' })
    .press('Enter');
  await expect(first).toContainText('Tom Okafor');
});

test('what a queue offers is taken by a key and called; it goes away when somebody rings', async ({
  gallery,
}) => {
  const scene = await gallery('call-back-offered');
  const { page } = scene;
  const offer = scene.region('Call-back for you, Support');
  await expect(offer).toContainText('Marta Villanueva Ruiz');
  await expect(offer).toContainText('second');
  expect(await page.evaluate(() => document.activeElement?.tagName)).toBe('BODY');
  await page.keyboard.press('Control+F2');
  await expect(offer).toHaveCount(0);
  expect(await scene.asked('callBacks.act')).toMatchObject([{ deed: 'take' }]);
  await expect
    .poll(() => scene.asked('phone.command'))
    .toMatchObject([{ kind: 'dial', callBack: { queue: 'support' } }]);
});

test('reminders wait while a call rings, take no focus, and ask what is next after a try', async ({
  gallery,
}) => {
  const scene = await gallery('call-back-reminder');
  const next = scene.region('Marta Villanueva Ruiz: no answer. What next?');
  await expect(next).toContainText('2 tries of 3');
  await expect(scene.region('2 call-backs are overdue')).toBeVisible();
  await expect(scene.region('Call Grace Okonkwo-Hernandez back in a moment')).toBeVisible();
  expect(await accessibilityFaults(scene.page, 'everything')).toEqual([]);
  await next.getByRole('button', { name: 'In 3 hours' }).press('Enter');
  await expect(next).toHaveCount(0);
  await scene
    .region('2 call-backs are overdue')
    .getByRole('button', { name: 'Show' })
    .press('Enter');
  await expect(list(scene)).toBeVisible();
});

test('the list and the form are fit for assistive technology', async ({ gallery }) => {
  const scene = await gallery('call-backs');
  await scene.page.keyboard.press('Control+KeyM');
  await expect(list(scene).locator('[data-row]').first()).toBeVisible();
  expect(await accessibilityFaults(scene.page, 'everything')).toEqual([]);
  await scene.page.keyboard.press('Control+KeyH');
  await expect(dialog(scene)).toBeVisible();
  expect(await accessibilityFaults(scene.page, 'everything')).toEqual([]);
});
