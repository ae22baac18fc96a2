import { expect, test } from './support/gallery.ts';

/** The page of reports: figures beside the week before and their target, what they are made of, and views of one's own. */

test('by keyboard alone: a figure is drawn, leads to its contacts and back, and the page is kept under a name', async ({
  gallery,
}) => {
  const scene = await gallery('reports');
  const { page } = scene;
  await page.keyboard.press('Control+KeyR');
  const main = page.getByRole('main', { name: 'Reports' });
  await expect(main.getByLabel('Period', { exact: true })).toBeFocused();
  const tiles = main.getByRole('list', { name: 'Figures of the whole period' });
  await expect(tiles.getByRole('button', { name: /^Service level/u })).toContainText('Target 80%');

  // What a figure means is told to whoever comes to it by keyboard.
  const abandoned = tiles.getByRole('button', { name: /^Abandon rate/u });
  await abandoned.focus();
  await expect(page.getByRole('tooltip')).toHaveText(/^\(abandoned − short abandons\) ÷/u);
  await page.keyboard.press('Enter');
  const drawn = main.getByRole('table', { name: 'Abandon rate over time' });
  await expect(drawn.getByRole('row', { name: /^9:00/u })).toContainText('%');
  await expect(drawn.getByRole('columnheader')).toHaveText([
    'Hour',
    'Abandon rate',
    'A week before',
  ]);

  await main.getByRole('button', { name: /Service level, Support: show the contacts$/u }).focus();
  await page.keyboard.press('Enter');
  const contacts = scene.region('Support: Not answered in time');
  await expect(contacts.getByRole('status')).toHaveText('The first 6 contacts; there are more');
  await contacts.getByRole('button', { name: 'Show more' }).press('Enter');
  await expect(contacts.getByRole('listitem')).toHaveCount(12);
  await contacts
    .getByRole('button', { name: /^José Núñez/u })
    .first()
    .press('Enter');
  await expect(page.getByRole('main', { name: 'Contact' })).toBeVisible();
  await page.getByRole('button', { name: 'Back to reports' }).press('Enter');
  await expect(contacts.getByRole('button', { name: /^José Núñez/u }).first()).toBeFocused();
  await contacts.getByRole('button', { name: 'Back to the figures' }).press('Enter');

  // One line alone, and all of them again.
  await main.getByRole('button', { name: 'Sales', exact: true }).press('Enter');
  await expect(main.getByRole('heading', { name: 'Sales' })).toBeVisible();
  expect(await scene.asked('reports.sheet')).toContainEqual(
    expect.objectContaining({ by: 'queue', key: 'sales' }),
  );
  await scene.button('All queues').press('Enter');

  await scene.button('Saved views').press('Enter');
  await page.getByRole('menuitem', { name: 'Save this view…' }).press('Enter');
  await page.getByLabel('Name of the view').fill('Abandons today');
  await page.getByLabel('Share with the team').press('Space');
  await page.getByLabel('Name of the view').press('Enter');
  await expect(scene.button('Abandons today')).toBeVisible();
  expect(await scene.asked('reports.saveView')).toEqual([
    expect.objectContaining({
      ...{ name: 'Abandons today', shared: true },
      choice: expect.objectContaining({ figure: 'abandonRate', by: 'queue' }),
    }),
  ]);
  await scene.button('CSV').press('Enter');
  await expect(page.getByText(/^Written to .*\.csv$/u)).toBeVisible();
});

test('without a server the figures that were read stay, and say of when they are', async ({
  gallery,
}) => {
  const scene = await gallery('reports');
  await scene.page.keyboard.press('Control+KeyR');
  const main = scene.page.getByRole('main', { name: 'Reports' });
  await expect(main.getByRole('table').first()).toBeAttached();
  await scene.act((bridge) => {
    bridge.changeDesk({ backend: { state: 'away', why: '', since: Date.now() } });
  }, null);
  await expect(main.getByRole('status').filter({ hasText: 'Not connected.' })).toBeVisible();
  await expect(main.getByRole('button', { name: 'Sales', exact: true })).toBeVisible();
});
