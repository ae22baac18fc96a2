import { encodeWav } from '../../../scripts/display/wav.ts';
import { expect, test } from './support/gallery.ts';

/** A recording that is listened to again, and what is made of it. */

test('the player is worked by its keys, and a comment stands where it was begun', async ({
  gallery,
}) => {
  const scene = await gallery('idle');
  const { page } = scene;
  await page.getByRole('button', { name: /Order taken/u }).click();
  const player = page.getByRole('region', { name: /^Recording of/u });
  const slider = player.getByRole('slider', { name: 'Position' });
  const isAt = (time: string) => expect(slider).toHaveAttribute('aria-valuetext', time);
  await expect(player.getByRole('list', { name: 'What happened' })).toContainText(
    'Proven: every sample of both channels is zero.',
  );
  await slider.focus();
  for (const key of ['KeyL', 'KeyL', 'ArrowRight', 'KeyJ', 'ArrowLeft']) {
    await page.keyboard.press(key);
  }
  await isAt('0:10');
  await page.keyboard.press('Period');
  await page.keyboard.press('KeyS');
  await expect(player.getByRole('combobox', { name: 'Speed' })).toHaveValue('1.25');
  await expect(player.getByRole('switch', { name: 'Skip silence' })).toBeChecked();
  await player.getByRole('button', { name: 'Go to 1:21' }).click();
  await isAt('1:21');

  // In the field the keys are letters.
  await page.keyboard.press('KeyC');
  await page.keyboard.type('jkl, said. ');
  await isAt('1:21');
  await page.keyboard.press('Enter');
  await expect(player.getByRole('listitem').filter({ hasText: 'jkl, said.' })).toContainText(
    '1:21',
  );
  expect(await scene.asked('listening.comment')).toMatchObject([{ atMs: 81_000 }]);
  await player.getByRole('button', { name: 'Remove the comment at 1:21' }).click();
  await expect(player.getByText('jkl, said.')).toHaveCount(0);
});

/** Half a minute of nothing, as a page can play it. */
const quietSound = (): string =>
  `data:audio/wav;base64,${encodeWav(new Int16Array(30 * 8_000), 8_000).toString('base64')}`;

test('a recording that plays is silent as soon as somebody rings', async ({ gallery }) => {
  const scene = await gallery('idle');
  const { page } = scene;
  await page.getByRole('button', { name: /Order taken/u }).click();
  const audio = page.locator('audio');
  await audio.evaluate((element: HTMLAudioElement, src) => {
    element.src = src;
  }, quietSound());
  await page.keyboard.press('Control+KeyL');
  await expect(page.getByRole('button', { name: 'Pause', exact: true })).toBeVisible();
  await scene.act((bridge) => {
    void bridge.request('demo.customerCall', {});
  }, null);
  await expect(page.getByRole('button', { name: 'Play', exact: true })).toBeVisible();
  expect(await audio.evaluate((element: HTMLAudioElement) => element.paused)).toBe(true);
});

test('a call is scored on its form by keyboard alone', async ({ gallery }) => {
  const scene = await gallery('supervisor');
  const { page } = scene;
  await page.keyboard.press('Control+KeyJ');
  const list = page.getByRole('region', { name: 'To score' });
  await list.locator('[data-row]').focus();
  await page.keyboard.press('Enter');
  const quality = page.getByRole('region', { name: 'Quality' });
  await expect(quality.getByText('3 scorers, 16.7 points apart')).toBeVisible();
  await scene.button('Change the calibration').focus();
  await page.keyboard.press('Enter');
  const form = scene.region('Calibration for Ana Ferreira');
  await page.keyboard.press('ArrowLeft');
  await expect(form.getByRole('radio', { name: '4', exact: true }).first()).toBeChecked();
  await scene.button('Hand in').focus();
  await page.keyboard.press('Enter');
  await expect(form).toHaveCount(0);
  expect(await scene.asked('quality.score')).toMatchObject([
    { card: { purpose: 'calibration', answers: { listening: { value: 4 } } } },
  ]);
  await page.keyboard.press('Escape');
  await expect(list).toBeVisible();
});

test('a note is written in two keys, and is on the page at once', async ({ gallery }) => {
  const scene = await gallery('supervisor');
  const { page } = scene;
  await page.keyboard.press('Control+KeyJ');
  await page.locator('[data-row]').first().click();
  await page.getByRole('heading', { name: 'Quality', exact: true }).waitFor();
  await page.keyboard.press('Control+KeyI');
  await expect(page.getByRole('textbox', { name: 'Note for Ana Ferreira' })).toBeFocused();
  await page.keyboard.type('Say the price first.');
  await page.keyboard.press('Control+Enter');
  await expect(page.getByRole('article').filter({ hasText: 'Say the price first.' })).toHaveCount(
    1,
  );
  expect(await scene.asked('coaching.write')).toMatchObject([{ text: 'Say the price first.' }]);
});
