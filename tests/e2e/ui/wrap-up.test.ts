import { expect, test } from './support/gallery.ts';

const drafts = (payloads: readonly unknown[]) =>
  payloads as readonly { readonly code: string | null; readonly notes: string }[];

test('a hang-up takes neither the caret nor a letter from the notes', async ({ gallery }) => {
  const scene = await gallery('in-call');
  const notes = scene.page.getByRole('textbox', { name: 'Notes' });
  await notes.click();
  await scene.page.keyboard.type('They want ');
  await scene.page.keyboard.press('Control+Shift+KeyE');
  await scene.region('Wrap-up').waitFor();
  await scene.page.keyboard.type('a second line');
  await expect(notes).toBeFocused();
  await expect(notes).toHaveValue('They want a second line');
});

test('what is typed is on its way to the disk within 250 ms, and at once when the field is left', async ({
  gallery,
}) => {
  const scene = await gallery('in-call');
  const notes = scene.page.getByRole('textbox', { name: 'Notes' });
  await notes.fill('first');
  await expect
    .poll(async () => drafts(await scene.asked('wrapUp.draft')).at(-1)?.notes, { timeout: 1_000 })
    .toBe('first');
  await notes.fill('second');
  await notes.blur();
  expect(drafts(await scene.asked('wrapUp.draft')).at(-1)?.notes).toBe('second');
});

test('a wrap-up is found by typing and finished by one key', async ({ gallery }) => {
  const scene = await gallery('wrap-up');
  const { keyboard } = scene.page;
  await keyboard.press('Control+Shift+KeyU');
  await keyboard.type('tier');
  await keyboard.press('Enter');
  await expect(scene.page.getByRole('option', { name: 'Passed to tier 2' })).toHaveAttribute(
    'aria-selected',
    'true',
  );
  await keyboard.press('Control+Enter');
  await expect(scene.region('Wrap-up')).toHaveCount(0);
  expect(drafts(await scene.asked('wrapUp.complete'))).toMatchObject([{ code: 'escalated' }]);
});

test('without a code it does not finish, and says so where the code belongs', async ({
  gallery,
}) => {
  const scene = await gallery('in-call');
  await scene.button('Hang up').click();
  await scene.button('Complete wrap-up').click();
  const field = scene.page.getByRole('combobox', { name: 'Code' });
  await expect(field).toBeFocused();
  await expect(field).toHaveAccessibleDescription('Choose a code first.');
  expect(await scene.asked('wrapUp.complete')).toEqual([]);
  await scene.page.keyboard.press('ArrowDown');
  await scene.page.keyboard.press('Enter');
  await scene.page.keyboard.press('Control+Enter');
  await expect(scene.region('Wrap-up')).toHaveCount(0);
});

test('the code chosen during the call is there when it ends', async ({ gallery }) => {
  const scene = await gallery('in-call');
  await scene.page.getByRole('option', { name: 'Billing' }).click();
  await scene.page.keyboard.press('Control+Shift+KeyE');
  await scene.region('Wrap-up').waitFor();
  await expect(scene.page.getByRole('option', { name: 'Billing' })).toHaveAttribute(
    'aria-selected',
    'true',
  );
});

test('a call that rings during a wrap-up can be answered, and the wrap-up waits as it was', async ({
  gallery,
}) => {
  const scene = await gallery('wrap-up-ringing');
  await expect(scene.region('Wrap-up')).toBeVisible();
  await scene.page.getByRole('textbox', { name: 'Notes' }).fill('half a sen');
  await scene.button('Answer').click();
  await expect(scene.page.locator('[data-call-state="connected"]')).toBeVisible();
  await scene.page.getByRole('button', { name: /^Wrap-up Marta/u }).click();
  await expect(scene.page.getByRole('textbox', { name: 'Notes' })).toHaveValue('half a sen');
});
