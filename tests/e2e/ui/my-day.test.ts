import { expect, test } from './support/gallery.ts';

/** The agent's own figures of today, with how each is worked out. */

test('the day is opened by its key, says what the rail says, and shows each figure’s sum', async ({
  gallery,
}) => {
  const scene = await gallery('idle');
  const { page } = scene;
  await page.keyboard.press('Control+KeyD');
  const day = page.getByRole('main', { name: 'My day' });
  await expect(day.getByText('Hour by hour').first()).toBeVisible();
  const rail = scene.region('Today');
  await expect(rail.getByText('4:12', { exact: true })).toBeVisible();
  await expect(day.locator('dt:has-text("Calls") + dd')).toHaveText('23');
  await expect(day.locator('dt:has-text("Average handle time") + dd')).toHaveText('4:12');
  await expect(day.getByText(/^\(talk .* \+ wrap-up .*\) ÷ 23$/u)).toBeVisible();
  await expect(day.getByRole('table', { name: 'Hour by hour' }).getByRole('row')).toHaveCount(7);
  await page.keyboard.press('Escape');
  await expect(scene.region('Call')).toBeVisible();
});

test('without a server the figures that were read stay, and say of when they are', async ({
  gallery,
}) => {
  const scene = await gallery('idle');
  await scene.region('Today').getByRole('button').click();
  const day = scene.page.getByRole('main', { name: 'My day' });
  await expect(day.getByText('Hour by hour').first()).toBeVisible();
  await scene.act((bridge) => {
    bridge.changeDesk({ backend: { state: 'away', why: '', since: Date.now() } });
  }, null);
  await expect(day.getByRole('status').filter({ hasText: 'Not connected.' })).toBeVisible();
  await expect(day.getByText('Hour by hour').first()).toBeVisible();
});
