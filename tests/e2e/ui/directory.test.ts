import { accessibilityFaults } from '../../support/axe.ts';
import { expect, type Scene, small, test } from './support/gallery.ts';

/** The page of the own directory: a file is chosen, tried and taken over, and other systems get tokens. */

const open = async ({ page }: Scene): Promise<void> => {
  await page.getByRole('button', { name: 'Ana Ferreira Extension' }).click();
  await page.getByRole('menuitem', { name: 'Customer directory' }).click();
  await page.getByRole('heading', { name: 'Customer directory' }).waitFor();
};

const choose = async (scene: Scene): Promise<void> => {
  await open(scene);
  await scene.button('Choose a file…').click();
  await scene.page.getByText('clientes-2026.csv').waitFor();
};

test('a file is tried before it is taken over, with the columns that the administrator says', async ({
  gallery,
}) => {
  const scene = await gallery('own-directory');
  await choose(scene);
  const { page } = scene;
  await expect(page.getByText('WINDOWS-1252, separated by semicolons')).toBeVisible();
  await expect(page.getByLabel('What “Sobrenome” holds')).toHaveValue('name');
  await expect(scene.button('Import')).toHaveCount(0);
  await page.getByLabel('What “Vendedor” holds').selectOption('Notes');
  await scene.button('Check').click();
  await expect(page.getByRole('region', { name: /Nothing is changed yet/u })).toBeVisible();
  expect(await scene.asked('directory.import')).toEqual([]);
  const columns = ['externalId', 'name', 'name', 'number', 'number', 'email', 'notes'];
  expect(await scene.asked('directory.check')).toEqual([{ columns }]);
  await expect(page.getByText('Line 208: the same customer as an earlier line')).toBeVisible();
  await scene.button('Save refused lines…').click();
  await expect
    .poll(async () => (await scene.asked('directory.saveRefusals'))[0])
    .toMatchObject({ header: ['Line', 'Reason', 'Cell'], reasons: { no_name: 'no name' } });
  await scene.button('Import').click();
  await expect(page.getByText('The file is imported.').first()).toBeVisible();
  expect(await scene.asked('directory.import')).toEqual([{ columns }]);
  // Done is done.
  await expect(scene.button('Import')).toHaveCount(0);
});

test('columns by which nobody can be found are told, and nothing is sent', async ({ gallery }) => {
  const scene = await gallery('own-directory');
  await choose(scene);
  for (const title of ['Nome', 'Sobrenome']) {
    await scene.page.getByLabel(`What “${title}” holds`).selectOption('Left out');
  }
  await expect(scene.page.getByText('Say which column holds the name.')).toBeVisible();
  await expect(scene.button('Check')).toBeDisabled();
});

test('a token is shown once, and revoked with two presses', async ({ gallery }) => {
  const scene = await gallery('own-directory');
  await open(scene);
  const { page } = scene;
  await page.getByLabel('Name of the system').fill('Shop');
  await page.getByLabel('It may').selectOption('Read and write');
  await page.getByLabel('It may').focus();
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  const made = page.getByRole('region', { name: 'Token for Shop' });
  await expect(made).toContainText('rsd_');
  expect(await scene.asked('directory.makeToken')).toEqual([
    { name: 'Shop', scopes: ['directory:read', 'directory:write'] },
  ]);
  await made.getByRole('button', { name: 'Done' }).click();
  await expect(page.getByText('rsd_')).toHaveCount(0);
  await page.getByRole('button', { name: 'Revoke: Website' }).click();
  expect(await scene.asked('directory.revokeToken')).toEqual([]);
  await page.getByRole('button', { name: 'Press again to revoke: Website' }).click();
  await expect.poll(() => scene.asked('directory.revokeToken')).toHaveLength(1);
});

for (const theme of ['light', 'dark'] as const) {
  test(`the page passes the accessibility checker in the ${theme} theme`, async ({ gallery }) => {
    const scene = await gallery('own-directory', { theme }, small);
    await choose(scene);
    await scene.button('Check').click();
    await scene.page.getByRole('region', { name: /Nothing is changed yet/u }).waitFor();
    expect(await accessibilityFaults(scene.page, 'everything')).toEqual([]);
  });
}
