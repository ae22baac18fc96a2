import { expect, test } from './support/gallery.ts';

test('one key silences the recording before a card and gives it sound after, and the strip says when', async ({
  gallery,
}) => {
  const { page } = await gallery('payment-before');
  const take = page.getByRole('button', { name: 'Take a card' });
  const strip = page.getByRole('region', { name: 'Card payment' });
  await take.waitFor();
  const heightOf = async () =>
    (await page.getByRole('textbox', { name: 'Notes' }).boundingBox())?.height;
  const before = await heightOf();

  await page.keyboard.press('Control+KeyP');
  await expect(strip).toContainText('Recording is silent: you can take the card number');
  expect(await heightOf()).toBe(before);
  await page.keyboard.press('Control+KeyP');
  await expect(strip).toHaveCount(0);

  // By Tab and Enter alone the caret stays where the next step is.
  await take.focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('button', { name: 'Done with the card' })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(take).toBeFocused();
});

test('a payment field silences the recording while the caret is in it, and no card stays in the notes', async ({
  gallery,
}) => {
  const scene = await gallery('payment-before');
  const { page } = scene;
  const opened = async () => (await scene.asked('payment.open')).length;
  const closed = async () => (await scene.asked('payment.close')).length;
  await page.getByLabel('Payment authorisation').focus();
  await expect.poll(opened).toBe(1);
  const notes = page.getByRole('textbox', { name: 'Notes' });
  await notes.fill('VISA 4111 1111 1111 1111, thanks');
  await expect.poll(closed).toBe(1);
  await page.getByLabel('Payment authorisation').focus();
  await expect(notes).toHaveValue('VISA •••• •••• •••• ••••, thanks');
  await expect(page.getByText('A card number was removed').first()).toBeVisible();
});

test('nothing tells the agent to go on before the silence is confirmed', async ({ gallery }) => {
  const scene = await gallery('payment-asking');
  const { page } = scene;
  const strip = page.getByRole('region', { name: 'Card payment' });
  await expect(strip).toContainText('Wait with the card number');
  await scene.act((window) => {
    const steps = window.desk().paymentSteps ?? [];
    window.changeDesk({
      paymentSteps: steps.map((step) => ({ ...step, state: 'failed' as const })),
    });
  }, null);
  await expect(strip.getByRole('alert')).toContainText('Do not take the card number now');
});
