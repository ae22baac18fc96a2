import { expect, test } from './support/gallery.ts';

/** Help beside a call, and what supervisors do to agents' work: by keyboard alone. */

test('an agent asks for help by a key, writes what it is about, and takes the hand down', async ({
  gallery,
}) => {
  const scene = await gallery('in-call');
  const { page } = scene;
  await page.keyboard.press('F1');
  const strip = scene.region('Help');
  await expect(strip).toContainText('Your hand is up');
  // The key goes to where one writes from then on.
  await page.keyboard.press('F1');
  await page.keyboard.type('May I refund 200?');
  await page.keyboard.press('Enter');
  await expect(strip.getByRole('list')).toContainText('May I refund 200?');
  await expect(strip.getByRole('textbox')).toBeEmpty();
  await scene.act((bridge) => {
    const [hand] = bridge.desk().hands ?? [];
    if (hand === undefined) return;
    const taken = { by: { id: hand.id, name: 'Rosa Duarte' }, at: hand.raisedAt };
    bridge.changeDesk({ hands: [{ ...hand, taken, revision: hand.revision + 1 }] });
  }, null);
  await expect(strip).toContainText('Rosa Duarte is helping you');
  await expect(page.getByRole('status').first()).toContainText('Rosa Duarte is helping you');
  await strip.getByRole('button', { name: 'Done' }).press('Enter');
  await expect(strip).toHaveCount(0);
  expect(await scene.asked('help.raise')).toHaveLength(1);
});

test('a supervisor helps whoever asked first by a key, and leaves the rest to others', async ({
  gallery,
}) => {
  const scene = await gallery('help-asked');
  const { page } = scene;
  const dock = page.getByRole('complementary', { name: 'Who asks for help' });
  await expect(dock).toContainText('1 agent asks for help');
  await page.keyboard.press('Control+F1');
  await expect(dock).toContainText('3 hands are taken');
  await expect(page.getByRole('textbox', { name: 'Write to Tom Okafor' })).toBeFocused();
  await page.keyboard.type('What is it?');
  await page.keyboard.press('Enter');
  const asked = dock.getByRole('listitem').filter({ hasText: 'Tom Okafor' }).first();
  await expect(asked).toContainText('What is it?');
  await asked.getByRole('button', { name: 'Leave to others' }).press('Enter');
  await expect(dock).toContainText('1 agent asks for help');
  await dock.getByRole('button', { name: 'Fold' }).press('Enter');
  await expect(asked).toHaveCount(0);
});

test('a supervisor completes a wrap-up that was left behind, and writes to the team', async ({
  gallery,
}) => {
  const scene = await gallery('help-asked');
  const { page } = scene;
  const open = async (words: string) => {
    await page.keyboard.press('Control+KeyK');
    await page.getByPlaceholder('What do you want to do?').fill(words);
    await page.keyboard.press('Enter');
  };
  await open('Wrap-ups left behind');
  const owed = page.getByRole('dialog', { name: 'Wrap-ups left behind' });
  await owed.getByRole('button', { name: 'Complete', exact: true }).last().press('Enter');
  const form = scene.region('Complete the wrap-up of Ana Ferreira');
  await form.getByRole('button', { name: 'Complete wrap-up' }).press('Enter');
  await expect(form.getByRole('combobox')).toBeFocused();
  await page.keyboard.type('resol');
  await page.keyboard.press('Enter');
  await form.getByRole('button', { name: 'Complete wrap-up' }).press('Enter');
  await expect(owed.getByText('Ana Ferreira')).toHaveCount(0);
  expect(await scene.asked('acting.completeWrapUp')).toMatchObject([{ code: 'resolved' }]);
  await page.keyboard.press('Escape');

  await open('Message a team');
  const message = page.getByRole('dialog', { name: 'Message a team' });
  await expect(message.getByText('read by 9 of 12')).toBeVisible();
  await expect(message.getByRole('textbox', { name: 'Message' })).toBeFocused();
  await page.keyboard.type('Offer a call back.');
  await page.keyboard.press('Control+Enter');
  await expect(message).toHaveCount(0);
  expect(await scene.asked('acting.message')).toMatchObject([
    { team: 'north', text: 'Offer a call back.' },
  ]);
});
