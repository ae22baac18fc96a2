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

test('several codes are chosen by keyboard, counted and taken away again', async ({ gallery }) => {
  const scene = await gallery('wrap-up-tree');
  const { page } = scene;
  const chips = page.getByRole('list', { name: 'Chosen codes' }).getByRole('listitem');
  await page.keyboard.press('Control+Shift+KeyU');
  // A group is found by its name, and is itself no answer.
  for (const typed of ['network line', 'accou inv', 'resolv']) {
    await page.keyboard.type(typed);
    await page.keyboard.press('Enter');
  }
  await expect(chips).toHaveText(['Line fault', 'Invoice', 'Resolved']);
  await page.keyboard.type('printer');
  await page.keyboard.press('Enter');
  await expect(chips).toHaveCount(3);
  await page.keyboard.press('Escape');
  await page.keyboard.press('Backspace');
  await page.getByRole('button', { name: 'Remove Line fault' }).click();
  await expect(chips).toHaveText(['Invoice']);
  await expect
    .poll(async () => (await scene.asked('wrapUp.draft')).at(-1))
    .toMatchObject({ code: 'invoice', codes: [] });
});

test('what a queue asks for beside the code is missed where it belongs', async ({ gallery }) => {
  const scene = await gallery('wrap-up-tree');
  const { page } = scene;
  await page.keyboard.press('Control+Shift+KeyU');
  await page.keyboard.type('wifi');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Control+Enter');
  const order = page.getByRole('textbox', { name: 'Order number' });
  await expect(order).toBeFocused();
  await expect(order).toHaveAccessibleDescription('This is needed.');
  await page.keyboard.type('PA-7');
  await page.keyboard.press('Control+Enter');
  await expect(scene.region('Wrap-up')).toHaveCount(0);
  expect(await scene.asked('wrapUp.complete')).toMatchObject([
    { code: 'wifi', fields: { order: 'PA-7' } },
  ]);
});

test('a wrap-up that ends by itself says when, and takes more time as often as it may', async ({
  gallery,
}) => {
  const scene = await gallery('wrap-up-timed');
  // 46 s are left as the scene begins.
  const left = scene.page.getByRole('timer');
  await expect(left).toHaveText(/^0:[0-4]\d$/u);
  await scene.page.keyboard.press('Control+Shift+Enter');
  await scene.button('0:30 more').click();
  await expect(scene.button('0:30 more')).toBeDisabled();
  await expect(left).toHaveText(/^1:[0-4]\d$/u);
  expect(await scene.asked('wrapUp.extend')).toHaveLength(2);
});

test('where nobody gets out early, being done leaves it open to change until its end', async ({
  gallery,
}) => {
  const scene = await gallery('wrap-up-done');
  await expect(scene.page.getByText('Done. Ends in')).toBeVisible();
  await scene.button('Done').click();
  await expect(scene.region('Wrap-up')).toBeVisible();
  expect(await scene.asked('wrapUp.complete')).toHaveLength(1);
});

test('a wrap-up of one’s own is put right later, and what was said before stays in sight', async ({
  gallery,
}) => {
  const scene = await gallery('idle');
  const { page } = scene;
  await page.keyboard.press('Control+Shift+KeyF');
  await page.locator('[data-row]').first().click();
  await scene.button('Correct').click();
  const form = page.getByRole('region', { name: 'Correct the wrap-up' });
  await expect(form.getByRole('combobox', { name: 'Code' })).toBeFocused();
  await page.keyboard.type('billing');
  await page.keyboard.press('Enter');
  await form.getByRole('textbox', { name: 'Notes' }).fill('It was the invoice.');
  await scene.button('Save correction').click();
  await expect(form).toHaveCount(0);
  const versions = page.getByRole('region', { name: 'Corrections' }).getByRole('listitem');
  await expect(versions).toHaveText([
    /Resolved.*Router replaced/su,
    /Billing.*It was the invoice/su,
  ]);
  expect(await scene.asked('wrapUp.correct')).toMatchObject([
    { code: 'billing', notes: 'It was the invoice.' },
  ]);
});
