import { expect, test } from './support/gallery.ts';

test('a link is asked about with the caret on Cancel: Enter and Escape dial nothing', async ({
  gallery,
}) => {
  for (const key of ['Enter', 'Escape']) {
    const scene = await gallery('link-asks');
    const dialog = scene.page.getByRole('dialog', { name: 'A link asks for a call' });
    await expect(dialog.getByRole('button', { name: 'Cancel' })).toBeFocused();
    // As people of this country write it, and what is worth a word.
    await expect(dialog.getByText('+44 20 7946 0958')).toBeVisible();
    await expect(dialog.getByText('International: United Kingdom')).toBeVisible();
    await scene.page.keyboard.press(key);
    await expect(dialog).toBeHidden();
    expect(await scene.asked('phone.command')).toEqual([]);
    expect(await scene.asked('dialRequest.settle')).toHaveLength(1);
  }
});

test('a clear key dials, and says before what becomes of the call that goes on', async ({
  gallery,
}) => {
  const scene = await gallery('link-asks-in-call');
  await expect(
    scene.page.getByText('Marta Villanueva Ruiz goes on hold while you call.'),
  ).toBeVisible();
  await scene.page.keyboard.press('Control+Enter');
  await expect(scene.page.getByRole('dialog')).toBeHidden();
  expect(await scene.asked('phone.command')).toEqual([{ kind: 'dial', number: '+34612884017' }]);
  expect(await scene.asked('wrapUp.complete')).toEqual([]);
});

test('a call that rings is never covered by the question, which comes back after it', async ({
  gallery,
}) => {
  const scene = await gallery('link-asks');
  const dialog = scene.page.getByRole('dialog');
  await dialog.waitFor();
  await scene.act((gallery) => gallery.request('demo.customerCall', {}), null);
  await expect(scene.button('Answer')).toBeVisible();
  await expect(dialog).toBeHidden();
  await scene.act((gallery) => {
    gallery.changePhone({ calls: [] });
  }, null);
  await expect(dialog).toBeVisible();
});

test('a contact that a link leads to waits while a call rings, and opens after it', async ({
  gallery,
}) => {
  const scene = await gallery('idle');
  const answer = scene.button('Answer');
  await scene.act((gallery) => gallery.request('demo.customerCall', {}), null);
  await expect(answer).toBeVisible();
  await scene.act((gallery) => {
    const id = '0197f0aa-0000-7000-8000-00000000abcd';
    gallery.changeDesk({ linkedContact: { id, state: 'here', contactId: id } });
  }, null);
  const contact = scene.page.getByRole('main', { name: 'Contact' });
  await expect(contact).toBeHidden();
  expect(await scene.asked('linkedContact.settle')).toEqual([]);
  await scene.act((gallery) => {
    gallery.changePhone({ calls: [] });
  }, null);
  await expect(contact).toBeVisible();
  expect(await scene.asked('linkedContact.settle')).toHaveLength(1);
});

test('a refused link says what was wrong, as text', async ({ gallery }) => {
  const scene = await gallery('link-refused');
  await expect(scene.page.getByText('* and # are codes of a phone system')).toBeVisible();
  await expect(scene.page.getByText('tel:*21*600000000#')).toBeVisible();
  expect(await scene.asked('dialRequest.settle')).toHaveLength(1);
});

test('a global key is recorded, cleared and restored, and a conflict is told with its reason', async ({
  gallery,
}) => {
  const scene = await gallery('idle');
  const { page } = scene;
  await page.keyboard.press('Control+Comma');
  const row = page.locator('[data-key-name="mute"]');
  const record = async (keys: string): Promise<void> => {
    await row.getByRole('button', { name: 'Change the key: Mute and unmute' }).click();
    await page.keyboard.press(keys);
  };
  await record('Shift+KeyM');
  await expect(row.getByRole('status')).toContainText('that key is for typing');
  await record('Control+Alt+F9');
  await expect(row.getByRole('status')).toContainText('is set for “Answer”');
  await record('Control+Shift+KeyE');
  await expect(row.getByRole('status')).toContainText('on the desk that key means “Hang up”');
  expect(await scene.asked('settings.change')).toEqual([]);

  await record('Control+Alt+F8');
  await expect(row.getByRole('status')).toBeEmpty();
  await expect(row.getByText('Ctrl+Alt+F8')).toBeVisible();
  // While one is recorded none acts.
  expect((await scene.asked('globalKeys.pause')).slice(-2)).toEqual([
    { paused: true },
    { paused: false },
  ]);
  await row.getByRole('button', { name: 'Clear: Mute and unmute' }).click();
  await expect(row.getByText('None')).toBeVisible();
  await row.getByRole('button', { name: 'Restore the default: Mute and unmute' }).click();
  await expect(row.getByText('Ctrl+Alt+M')).toBeVisible();
  await scene.act((gallery) => {
    gallery.changeDesk({ keyConflicts: [{ name: 'mute', why: 'taken' }] });
  }, null);
  await expect(row.getByRole('status')).toContainText('Another program or the system holds');
  // The desk's own keys stand beside them.
  await expect(page.getByText('Ctrl+Shift+A').first()).toBeVisible();
});

test('the strip shows the ledger’s own figures and what can be done', async ({ gallery }) => {
  const size = { width: 440, height: 72 };
  const scene = await gallery('strip-talking', {}, size);
  await expect(scene.page.getByText(/^3:3\d$/u)).toBeVisible();
  await scene.button('Hold').click();
  await expect(scene.page.getByText('Support · On hold')).toBeVisible();
  await scene.button('Resume').click();
  await scene.button('Mute').click();
  await expect(scene.page.getByText('Support · Talking · Muted')).toBeVisible();
  await scene.button('Hang up').click();
  await expect(scene.page.getByText('Wrap-up is owed')).toBeVisible();
  await scene.button('Wrap-up').click();
  expect(await scene.asked('settings.change')).toEqual([{ compact: false }]);
});
