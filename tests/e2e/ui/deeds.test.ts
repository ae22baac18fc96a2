import { accessibilityFaults } from '../../support/axe.ts';
import { expect, type Scene, test } from './support/gallery.ts';

/** What is written in other systems from a call, and what became of it. */

/** The backend answers, or nobody does. */
const answers = (scene: Scene, isThere: boolean): Promise<unknown> =>
  scene.act((gallery, there) => {
    gallery.changeDesk({
      backend: there ? { state: 'connected' } : { state: 'away', why: 'ECONNREFUSED', since: 0 },
    });
  }, isThere);

const written = (scene: Scene) => scene.region('In other systems');

test('a ticket is made with two keys: one opens it filled in, the other sends it', async ({
  gallery,
}) => {
  const scene = await gallery('elsewhere-written');
  await expect(written(scene)).toContainText('New ticket');
  await scene.page.keyboard.press('Control+F6');
  const dialog = scene.page.getByRole('dialog', { name: 'New ticket' });
  await expect(dialog.getByLabel('Subject')).toHaveValue('Call from Marta Villanueva Ruiz');
  await expect(dialog.getByLabel('Subject')).toBeFocused();
  // There is nothing to say yet: it is asked for, and nothing is sent.
  await scene.page.keyboard.press('Control+Enter');
  await expect(dialog.getByRole('alert')).toContainText('Say what it is about');
  await scene.page.keyboard.type('Card 4111 1111 1111 1111 was refused');
  expect(await accessibilityFaults(scene.page, 'everything')).toEqual([]);
  await scene.page.keyboard.press('Control+Enter');
  await expect(dialog).toHaveCount(0);
  const [sent] = await scene.asked('deeds.ticket');
  expect(sent).toMatchObject({ subject: 'Call from Marta Villanueva Ruiz' });
  expect(JSON.stringify(sent)).not.toContain('4111');
  await expect(scene.page.getByText('#4712 is in Help desk')).toBeVisible();
});

test('what was typed stays while the server is away, and is sent under the same key', async ({
  gallery,
}) => {
  const scene = await gallery('elsewhere-written');
  await written(scene).getByRole('button', { name: 'New ticket' }).click();
  await scene.page.keyboard.press('Tab');
  await scene.page.keyboard.type('Terminal offline');
  await answers(scene, false);
  await scene.page.keyboard.press('Control+Enter');
  const dialog = scene.page.getByRole('dialog', { name: 'New ticket' });
  await expect(dialog.getByRole('alert')).toContainText('What you typed stays here');
  await scene.page.keyboard.press('Escape');
  await answers(scene, true);
  await scene.page.keyboard.press('Control+F6');
  await expect(dialog.getByLabel('What it is about')).toHaveValue('Terminal offline');
  await scene.page.keyboard.press('Control+Enter');
  await expect(dialog).toHaveCount(0);
  const asked = await scene.asked('deeds.ticket');
  expect(asked).toHaveLength(2);
  expect(asked[1]).toEqual(asked[0]);
});

test('what was typed outlives the page, says so, and goes when it is discarded or sent', async ({
  gallery,
}) => {
  const scene = await gallery('elsewhere-written');
  const { page } = scene;
  const dialog = page.getByRole('dialog', { name: 'New ticket' });
  const body = dialog.getByLabel('What it is about');
  const restored = dialog.getByRole('status');
  const begin = async (text: string): Promise<void> => {
    await written(scene).getByRole('button', { name: 'New ticket' }).click();
    await expect(restored).toHaveCount(0);
    await body.fill(text);
    // Longer than words may stay in the page alone.
    await expect.poll(() => page.evaluate(() => sessionStorage.getItem('writing'))).toContain(text);
    await page.reload();
    await written(scene).getByRole('button', { name: 'Go on with the ticket' }).waitFor();
    await page.keyboard.press('Control+F6');
    await expect(body).toHaveValue(text);
    await expect(restored).toContainText('is here again');
  };
  await begin('Terminal offline');
  expect(await accessibilityFaults(page, 'everything')).toEqual([]);
  await dialog.getByRole('button', { name: 'Discard' }).click();
  await expect(body).toHaveValue('');
  await expect(dialog.getByLabel('Subject')).toBeFocused();
  await page.keyboard.press('Escape');

  await begin('Terminal offline again');
  await page.keyboard.press('Control+Enter');
  await expect(dialog).toHaveCount(0);

  await page.reload();
  await written(scene).getByRole('button', { name: 'New ticket' }).click();
  await expect(body).toHaveValue('');
  await expect(restored).toHaveCount(0);
});

test('a note goes to the open ticket unless another is chosen, and what waits says so', async ({
  gallery,
}) => {
  const scene = await gallery('elsewhere-written');
  await scene.page.keyboard.press('Control+F7');
  const dialog = scene.page.getByRole('dialog', { name: 'Add to a ticket' });
  await expect(dialog.getByLabel('Ticket')).toContainText('#4711');
  await scene.page.keyboard.type('Called again');
  await scene.page.keyboard.press('Control+Enter');
  await expect
    .poll(async () => (await scene.asked('deeds.note'))[0])
    .toMatchObject({
      ticket: { type: 'ticket', id: '4711' },
      text: 'Called again',
      isPublic: false,
    });
  await expect(scene.page.getByText('Help desk does not take it yet.')).toBeVisible();
});

test('of a contact that is over the tickets are asked for, and what was written stands there', async ({
  gallery,
}) => {
  const scene = await gallery('elsewhere-written');
  const { page } = scene;
  await page.keyboard.press('Control+Shift+KeyF');
  await page.locator('[data-contact-id]').first().waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  const part = page.getByRole('region', { name: 'In other systems' });
  await expect(part).toContainText('#4712');
  await page.keyboard.press('Control+F7');
  const dialog = page.getByRole('dialog', { name: 'Add to a ticket' });
  await expect(dialog.getByLabel('Ticket')).toContainText('#4711');
  await expect(dialog.getByLabel('Note')).toHaveValue(/Router replaced/u);
  expect(await accessibilityFaults(page, 'everything')).toEqual([]);
});

test('an escalation comes with what the next team needs to know, and a refusal is said', async ({
  gallery,
}) => {
  const scene = await gallery('elsewhere-written');
  await scene.page.keyboard.press('Control+F8');
  const dialog = scene.page.getByRole('dialog', { name: 'Escalate' });
  await expect(dialog).toContainText('Help desk #4711');
  await expect(dialog).toContainText('it is asked for in their name');
  await expect(dialog.getByLabel('What the next team needs to know')).toHaveValue(/Restarted/u);
  expect(await accessibilityFaults(scene.page, 'everything')).toEqual([]);
  await scene.page.keyboard.press('Control+Enter');
  await expect(dialog).toHaveCount(0);
  await expect(scene.page.getByText('did not take it')).toBeVisible();
});

test('what nobody changed is sent again under the same key when its answer was lost', async ({
  gallery,
}) => {
  const scene = await gallery('elsewhere-written');
  const dialog = scene.page.getByRole('dialog', { name: 'Escalate' });
  for (const isThere of [false, true]) {
    await scene.page.keyboard.press('Control+F8');
    await dialog.getByLabel('Subject').waitFor();
    // Another form does not take its place.
    await scene.page.keyboard.press('Control+F6');
    await answers(scene, isThere);
    await scene.page.keyboard.press('Control+Enter');
    if (!isThere) {
      await expect(dialog.getByRole('alert')).toContainText('What you typed stays here');
      await scene.page.keyboard.press('Escape');
    }
    await expect(dialog).toHaveCount(0);
  }
  const asked = await scene.asked('deeds.escalate');
  expect(asked).toHaveLength(2);
  expect(asked[1]).toEqual(asked[0]);
});

test('what may be there already is sent again by a second press alone', async ({ gallery }) => {
  const scene = await gallery('elsewhere-written');
  const line = written(scene).getByRole('listitem').filter({ hasText: 'Not written' });
  await line.getByRole('button', { name: 'Try again' }).click();
  expect(await scene.asked('deeds.retry')).toEqual([]);
  await line.getByRole('button', { name: 'press again' }).click();
  await expect.poll(() => scene.asked('deeds.retry')).toHaveLength(1);
});

test('an administrator finds what could not be written, and tries all of it again but what is in doubt', async ({
  gallery,
}) => {
  const scene = await gallery('elsewhere-written');
  const { page } = scene;
  await page.keyboard.press('Control+k');
  const search = page.getByPlaceholder(/./u).last();
  await search.waitFor();
  await page.waitForTimeout(300);
  await page.keyboard.type('Not written else');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Not written elsewhere' }).waitFor();
  await expect(page.getByRole('listitem').filter({ hasText: 'Not written' })).toHaveCount(3);
  expect(await accessibilityFaults(page, 'everything')).toEqual([]);
  await page.getByRole('button', { name: 'Try all 2 again' }).click();
  await expect.poll(() => scene.asked('deeds.retry')).toHaveLength(2);
  await page.getByRole('button', { name: 'Second line' }).click();
  await expect(page.getByRole('listitem').filter({ hasText: 'Not written' })).toHaveCount(1);
});
