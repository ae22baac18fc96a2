import { expect, test } from './support/gallery.ts';

/** What customers think of their calls: offered, copied and shown, by keyboard alone. */

test('a key offers the survey after this call, and takes it back', async ({ gallery }) => {
  const scene = await gallery('survey-call');
  const { page } = scene;
  const offer = page.getByRole('button', { name: 'Survey after the call' });
  await expect(offer).toHaveAttribute('aria-pressed', 'false');
  await page.keyboard.press('F10');
  await expect(offer).toHaveAttribute('aria-pressed', 'true');
  await expect(page.getByRole('status').first()).toContainText(
    'The customer is asked when you end the call.',
  );
  await page.keyboard.press('F10');
  await expect(offer).toHaveAttribute('aria-pressed', 'false');
  expect(await scene.asked('surveys.offer')).toMatchObject([{ offered: true }, { offered: false }]);
});

test('a key copies the link in the wrap-up, and is not there without a survey', async ({
  gallery,
}) => {
  const scene = await gallery('survey-link');
  const { page } = scene;
  await expect(page.getByRole('button', { name: 'Copy survey link' })).toBeVisible();
  await page.keyboard.press('F10');
  await expect.poll(async () => (await scene.asked('surveys.link')).length).toBe(1);
  const without = await gallery('in-call');
  await expect(without.page.getByRole('button', { name: /survey/iu })).toHaveCount(0);
});

test('few answers are said to be few, and a contact shows what was answered', async ({
  gallery,
}) => {
  const scene = await gallery('reports');
  const { page } = scene;
  await page.keyboard.press('Control+KeyR');
  const main = page.getByRole('main', { name: 'Reports' });
  const csat = main
    .getByRole('list', { name: 'Figures of the whole period' })
    .getByRole('button', { name: /^CSAT/u });
  await expect(csat).toContainText('of 30');
  await expect(main.getByText('of 3 only').first()).toBeVisible();
});
