import { expect, type Scene, test } from './support/gallery.ts';

/** Favourites and colleagues: seen, called, starred and put in order, by hand and by keyboard. */

const commands = async (scene: Scene): Promise<readonly unknown[]> => scene.asked('phone.command');
const put = async (scene: Scene): Promise<unknown> => (await scene.asked('favourites.put')).at(-1);

const favourite = ({ page }: Scene, name: string) =>
  page
    .getByRole('list', { name: 'Favourites' })
    .getByRole('button', { name: new RegExp(`^${name}`, 'u') });

test('favourites stand first with how they are; one press calls, and nobody is disturbed by mistake', async ({
  gallery,
}) => {
  const scene = await gallery('favourites');
  await expect(favourite(scene, 'Lucía Prado')).toContainText('On a call');
  await expect(favourite(scene, 'Samir Haddad')).toContainText('Do not disturb');
  await expect(favourite(scene, 'Ingrid Solberg')).toContainText('No longer there');
  for (const name of ['Samir Haddad', 'Ingrid Solberg']) {
    await favourite(scene, name).click({ force: true });
  }
  expect(await commands(scene)).toEqual([]);
  await favourite(scene, 'Lucía Prado').focus();
  await scene.page.keyboard.press('ArrowDown');
  await expect(favourite(scene, 'Marta Villanueva Ruiz')).toBeFocused();
  await scene.page.keyboard.press('Enter');
  await expect.poll(() => commands(scene)).toEqual([{ kind: 'dial', number: '+34963152208' }]);
});

test('their order changes by Alt and arrows, Delete takes one out, and the focus stays with the line', async ({
  gallery,
}) => {
  const scene = await gallery('favourites');
  const { keyboard } = scene.page;
  await favourite(scene, 'Lucía Prado').focus();
  await keyboard.press('Alt+ArrowDown');
  await expect(scene.page.getByRole('status').first()).toHaveText('Lucía Prado is now number 2');
  await expect(favourite(scene, 'Lucía Prado')).toBeFocused();
  expect(await put(scene)).toMatchObject({
    favourites: [{ target: '+34963152208' }, { target: '1003' }, {}, {}, { target: '1050' }],
  });
  await keyboard.press('Delete');
  await expect(favourite(scene, 'Lucía Prado')).toHaveCount(0);
  await expect(favourite(scene, 'Samir Haddad')).toBeFocused();
  await scene.button('Order of Marta Villanueva Ruiz').click();
  await expect(scene.page.getByRole('menuitem', { name: 'Move up' })).toBeDisabled();
  await scene.page.getByRole('menuitem', { name: 'Remove' }).click();
  await expect.poll(() => put(scene)).toMatchObject({ favourites: [{}, {}, {}] });
});

test('colleagues are asked for only while they are looked at; a star makes a favourite of one', async ({
  gallery,
}) => {
  const scene = await gallery('idle');
  const { page } = scene;
  const asked = async (): Promise<number> => (await scene.asked('targets.list')).length;
  await page
    .getByText('Your recent contacts')
    .or(scene.button('All calls').first())
    .first()
    .waitFor();
  const before = await asked();
  await page.keyboard.press('Control+Shift+KeyC');
  await expect(page.getByRole('searchbox', { name: 'Find a colleague or queue' })).toBeFocused();
  await expect.poll(asked).toBe(before + 1);
  await page.keyboard.type('oka');
  const tom = page.getByRole('button', { name: /^Tom Okafor/u });
  await expect(tom).toContainText('Ready');
  await scene.button('Add Tom Okafor to favourites').click();
  await expect(page.getByRole('status').first()).toHaveText('Tom Okafor is a favourite now');
  expect(await put(scene)).toEqual({
    favourites: [{ kind: 'agent', target: '1002', label: 'Tom Okafor' }],
  });
  await page.getByRole('searchbox', { name: 'Find a colleague or queue' }).press('ArrowDown');
  await expect(tom).toBeFocused();
  await page.keyboard.press('Enter');
  await expect.poll(() => commands(scene)).toEqual([{ kind: 'dial', number: '1002' }]);
});

test('in a hidden window nobody asks how colleagues are; once it is seen again, at once', async ({
  gallery,
}) => {
  const scene = await gallery('idle');
  const asked = async (): Promise<number> => (await scene.asked('targets.list')).length;
  const turn = (state: 'hidden' | 'visible'): Promise<void> =>
    scene.page.evaluate((wanted) => {
      Object.defineProperty(document, 'visibilityState', { value: wanted, configurable: true });
      document.dispatchEvent(new Event('visibilitychange'));
    }, state);
  await turn('hidden');
  const before = await asked();
  await scene.page.keyboard.press('Control+Shift+KeyC');
  await expect(
    scene.page.getByRole('searchbox', { name: 'Find a colleague or queue' }),
  ).toBeFocused();
  expect(await asked()).toBe(before);
  await turn('visible');
  await expect.poll(asked).toBe(before + 1);
  await turn('hidden');
});

test('where the server has no line to the phone system, colleagues are as this phone is told', async ({
  gallery,
}) => {
  const scene = await gallery('idle');
  await scene.act((bridge) => {
    bridge.changeDesk({ pbx: { state: 'absent' } });
    bridge.changePhone({ presence: { '1002': 'busy', '1007': 'idle' } });
  }, null);
  await scene.page.keyboard.press('Control+Shift+KeyC');
  await expect(scene.page.getByRole('button', { name: /^Tom Okafor/u })).toContainText('On a call');
  const viktor = scene.page.getByRole('button', { name: /^Viktor Hajdu/u });
  await expect(viktor).not.toHaveAttribute('aria-disabled');
});

test('in a call favourites come first where it is handed over, and where another is added', async ({
  gallery,
}) => {
  const scene = await gallery('in-call-favourites');
  const { page } = scene;
  await page.keyboard.press('Control+Shift+KeyT');
  const options = scene.region('Transfer').getByRole('option');
  await expect(options.nth(0)).toContainText('Lucía Prado');
  await expect(options.nth(1)).toContainText('963 15 22 08');
  await expect(scene.region('Transfer').getByRole('option', { name: /Lucía/u })).toHaveCount(1);
  await page.keyboard.type('sam');
  await expect(scene.button('Transfer now')).toHaveCount(0);
  await scene.region('Transfer').getByRole('combobox').fill('marta');
  await page.keyboard.press('Shift+Enter');
  await expect
    .poll(() => commands(scene))
    .toMatchObject([{ kind: 'transfer', to: { kind: 'number', number: '+34963152208' } }]);

  const other = await gallery('in-call-favourites');
  await other.page.keyboard.press('Control+Shift+KeyP');
  await favourite(other, 'Samir Haddad').click({ force: true });
  await favourite(other, 'Lucía Prado').click();
  await expect.poll(() => commands(other)).toEqual([{ kind: 'dial', number: '1003' }]);
});
