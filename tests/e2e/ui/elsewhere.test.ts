import { accessibilityFaults } from '../../support/axe.ts';
import { expect, type Scene, test } from './support/gallery.ts';

/** Other systems on the desk: who the caller is there, by hand and by keyboard, and how they are connected. */

const elsewhere = (scene: Scene) => scene.region('In other systems');

const openConnections = async ({ page }: Scene): Promise<void> => {
  await page.getByRole('button', { name: 'Ana Ferreira Extension' }).click();
  await page.getByRole('menuitem', { name: 'Connections' }).click();
  await page.getByRole('heading', { name: 'Connections', exact: true }).waitFor();
};

test('what another system knows stands under the record, with its open tickets first', async ({
  gallery,
}) => {
  const scene = await gallery('elsewhere-found');
  const items = elsewhere(scene).getByRole('listitem').filter({ hasText: '#' });
  await expect(items).toHaveCount(3);
  await expect(items.first()).toContainText('#4711');
  await expect(items.last()).toContainText('Closed');
  await scene.page.keyboard.press('Control+g');
  await expect
    .poll(() => scene.asked('elsewhere.open'))
    .toEqual([{ url: 'https://acme.zendesk.com/agent/tickets/4711' }]);
});

test('of several people one is confirmed with its key', async ({ gallery }) => {
  const scene = await gallery('elsewhere-found');
  const second = elsewhere(scene).getByRole('button', { name: /Comércio/u });
  await expect(second).toHaveAttribute('aria-keyshortcuts', 'Control+2');
  await scene.page.keyboard.press('Control+2');
  await expect.poll(() => scene.asked('elsewhere.confirm')).toHaveLength(1);
  expect((await scene.asked('elsewhere.confirm'))[0]).toMatchObject({ type: 'Lead', id: '00QB' });
  await expect(elsewhere(scene)).toContainText('Confirmed by you');
});

test('where nobody has the number a record is made by name, and failures are said in words', async ({
  gallery,
}) => {
  const scene = await gallery('elsewhere-nobody');
  await expect(elsewhere(scene)).toContainText('did not answer in time');
  await scene.button('Make a record in Help desk').click();
  await scene.page.keyboard.type('Nova Pessoa');
  await scene.page.keyboard.press('Enter');
  await expect
    .poll(async () => (await scene.asked('elsewhere.create'))[0])
    .toMatchObject({ name: 'Nova Pessoa' });
});

test('nothing of other systems is shown where none is connected', async ({ gallery }) => {
  const scene = await gallery('in-call');
  await scene.region('Customer').waitFor();
  await expect(elsewhere(scene)).toHaveCount(0);
});

test('an administrator sees how each connection goes, tests one, and removes one with two presses', async ({
  gallery,
}) => {
  const scene = await gallery('connections');
  await openConnections(scene);
  const { page } = scene;
  const desk = page.getByRole('article', { name: 'Help desk' });
  await expect(desk).toContainText('Works');
  await expect(page.getByRole('article', { name: 'Old desk' })).toContainText(
    'has to sign in again',
  );
  await desk.getByRole('button', { name: 'Test' }).click();
  await expect(desk).toContainText('It works: acme.zendesk.com');
  await desk.getByRole('button', { name: 'Remove' }).click();
  expect(await scene.asked('connections.remove')).toEqual([]);
  await desk.getByRole('button', { name: 'Press again to remove' }).click();
  await expect.poll(() => scene.asked('connections.remove')).toHaveLength(1);
  expect(await accessibilityFaults(page, 'everything')).toEqual([]);
});

test('a connection is written as its system describes it, and a secret stays when it is left alone', async ({
  gallery,
}) => {
  const scene = await gallery('connections');
  await openConnections(scene);
  const { page } = scene;
  await page
    .getByRole('article', { name: 'Help desk' })
    .getByRole('button', { name: 'Change' })
    .click();
  await expect(page.getByLabel('OAuth client: secret')).toHaveAttribute('placeholder', /Kept/u);
  await page.getByLabel('Subdomain').fill('acme2');
  expect(await accessibilityFaults(page, 'everything')).toEqual([]);
  await scene.button('Save').click();
  await expect
    .poll(async () => (await scene.asked('connections.save'))[0])
    .toMatchObject({ connection: { settings: { subdomain: 'acme2' }, revision: 1 } });
  const [saved] = await scene.asked('connections.save');
  expect(JSON.stringify(saved)).not.toContain('clientSecret');
});
