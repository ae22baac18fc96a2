import { text, type Language } from '../../support/texts.ts';
import { expect, type Scene, test } from './support/gallery.ts';

/** All calls of the agent: searched, filtered, opened and called back, with the keyboard alone. */

const openHistory = async (scene: Scene): Promise<void> => {
  await scene.page.keyboard.press('Control+Shift+KeyF');
  await expect(scene.page.getByRole('searchbox', { name: 'Search your calls' })).toBeFocused();
  await scene.page.locator('[data-contact-id]').first().waitFor();
};

const line = ({ page }: Scene, words: string | RegExp) =>
  page.locator('[data-contact-id]').filter({ hasText: words });

const dialed = async (scene: Scene): Promise<readonly unknown[]> => scene.asked('phone.command');

test('a call is found by typing, opened by Enter, and going back leads to the same line', async ({
  gallery,
}) => {
  const scene = await gallery('idle');
  const { page } = scene;
  await openHistory(scene);
  await page.keyboard.type('marta');
  await expect(page.locator('[data-contact-id]')).toHaveCount(1);
  await expect(page.getByRole('status').filter({ hasText: '1 call found' })).toBeVisible();
  expect(await scene.asked('contacts.search')).toEqual([
    { search: '', show: 'all' },
    { search: 'marta', show: 'all' },
  ]);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await page.getByRole('table').waitFor();
  await scene.button('Back to all calls').click();
  await expect(line(scene, 'Marta').getByRole('button').first()).toBeFocused();
  await expect(page.getByRole('searchbox')).toHaveValue('marta');
  await page.keyboard.press('Escape');
  await expect(scene.region('Call')).toBeVisible();
});

test('missed calls say so and how; one press or one key calls back', async ({ gallery }) => {
  const scene = await gallery('idle');
  await openHistory(scene);
  await scene.button('Missed').click();
  await expect(line(scene, '1002')).toContainText('Missed: You did not answer in time');
  await expect(line(scene, 'Sofia Duarte')).toContainText(
    'Missed: this computer was asleep · not counted · +351 912 004 118 · Support · Lucía Prado',
  );
  const hidden = line(scene, 'Hidden number');
  await expect(hidden).toContainText('Missed: not answered');
  await expect(hidden.getByRole('button', { name: /Call back/u })).toHaveCount(0);
  await line(scene, 'Sofia Duarte').getByRole('button').first().focus();
  await scene.page.keyboard.press('Shift+Enter');
  await expect.poll(() => dialed(scene)).toEqual([{ kind: 'dial', number: '+351912004118' }]);
});

test('the agent says a line about a miss, by keyboard or in its notice', async ({ gallery }) => {
  const idle = await gallery('idle');
  await openHistory(idle);
  await idle.button('Missed').click();
  const missed = line(idle, 'Hidden number');
  await missed.getByRole('button').first().focus();
  await idle.page.keyboard.press('F2');
  const note = idle.page.getByLabel('Your note');
  await expect(note).toHaveValue('I was at the printer.');
  await note.fill('I was on the stairs.');
  await idle.page.keyboard.press('Enter');
  await expect(note).toHaveCount(0);
  await expect(missed).toContainText('I was on the stairs.');

  const told = await gallery('missed-technical');
  const notice = told.page.getByRole('article', { name: 'Kwame Mensah' });
  await expect(notice).toContainText('Missed: the ringing could not be heard · not counted');
  await notice.getByRole('button', { name: 'Note on the missed call of Kwame Mensah' }).click();
  await told.page.getByLabel('Your note').fill('The headset was unplugged.');
  await told.page.keyboard.press('Enter');
  await expect(notice).toContainText('The headset was unplugged.');
});

test('older calls come page by page, each day under its heading, and the reading goes on there', async ({
  gallery,
}) => {
  const scene = await gallery('idle');
  await openHistory(scene);
  const rows = scene.page.locator('[data-contact-id]');
  await expect(rows).toHaveCount(4);
  await expect(scene.page.getByText('The newest 4 calls; there are more')).toBeVisible();
  await scene.button('Show more').click();
  await expect(rows).toHaveCount(7);
  await expect(rows.nth(4).locator('[data-row]')).toBeFocused();
  await expect(scene.button('Show more')).toHaveCount(0);
  const ids = await rows.evaluateAll((all) =>
    all.map((row) => row.getAttribute('data-contact-id')),
  );
  expect(new Set(ids).size).toBe(7);
  expect(await scene.page.getByRole('heading', { level: 2 }).count()).toBeGreaterThan(1);
});

test('nothing found, nothing there and no server are told apart, and tried again', async ({
  gallery,
}) => {
  const scene = await gallery('offline');
  await scene.page.keyboard.press('Control+Shift+KeyF');
  await expect(scene.page.getByText('Your calls cannot be read now')).toBeVisible();
  await scene.act((bridge) => {
    bridge.changeDesk({ backend: { state: 'connected' } });
  }, null);
  await scene.page.locator('[data-contact-id]').first().waitFor();
  await scene.page.keyboard.type('no such thing');
  await expect(scene.page.getByText('No call fits “no such thing”')).toBeVisible();
  await scene.act((bridge) => {
    bridge.changeDesk({ backend: { state: 'away', why: '', since: 0 } });
  }, null);
  await expect(scene.page.getByText('Your calls cannot be read now')).toBeVisible();
});

for (const language of ['es', 'pt'] satisfies Language[]) {
  test(`the history speaks ${language}`, async ({ gallery }) => {
    const scene = await gallery('idle', { language });
    await scene.page.keyboard.press('Control+Shift+KeyF');
    await scene.button(text('history.show.missed', language)).click();
    await expect(line(scene, '1002')).toContainText(
      `${text('history.missed', language)}: ${text('end.no_answer.local', language)}`,
    );
  });
}
