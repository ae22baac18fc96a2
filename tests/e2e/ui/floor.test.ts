import type { BoardAgent } from '../../../src/shared/api/board.ts';
import { expect, large, test } from './support/gallery.ts';

test('a thousand agents are drawn row by row, reached by keys, and follow every change', async ({
  gallery,
}) => {
  const scene = await gallery('floor-thousand', {}, large);
  const { page } = scene;
  const grid = page.getByRole('grid', { name: 'Agents' });
  await grid.waitFor();
  expect(Number(await grid.getAttribute('aria-rowcount'))).toBeGreaterThan(900);
  const drawn = () => grid.getByRole('row').count();
  expect(await drawn()).toBeLessThan(60);

  await grid.focus();
  await page.keyboard.press('End');
  const active = page.locator('[role="row"][data-active]');
  await expect(active).toContainText('Offline');
  await page.keyboard.press('Enter');
  const pane = page.getByRole('complementary', { name: 'Agent', exact: true });
  await expect(pane.getByRole('heading', { level: 2 })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(grid).toBeFocused();

  // Fifty changes a second for a while, told as they come.
  const name = String(
    await scene.act(async (bridge, rounds) => {
      const board = await new Promise<readonly BoardAgent[]>((done) => {
        const stop = bridge.on('floor.changed', (event) => {
          if (event.kind !== 'board') return;
          stop();
          done(event.agents);
        });
        void bridge.request('floor.open', null);
      });
      let changed: BoardAgent | undefined;
      for (let revision = 1; revision <= rounds; revision += 1) {
        const agent = board[(revision * 37) % board.length];
        if (agent === undefined) continue;
        changed = { ...agent, name: `Changed ${revision}`, revision };
        bridge.emit('floor.changed', {
          ...{ kind: 'board_changed', revision, agents: [changed], gone: [], queues: [] },
        });
        if (revision % 50 === 0) await new Promise((done) => setTimeout(done, 20));
      }
      return changed?.name ?? '';
    }, 500),
  );
  await page.getByRole('textbox', { name: 'Search agents' }).fill(name);
  await expect(grid.getByText(name, { exact: true })).toBeVisible();
  expect(await drawn()).toBeLessThan(60);

  // A line that is lost is told, and what was known stays.
  await scene.act((bridge) => {
    bridge.emit('floor.changed', { kind: 'away', since: Date.now() });
  }, null);
  await expect(
    page.getByRole('status').filter({ hasText: 'The line to the server is lost' }),
  ).toBeVisible();
  await expect(grid.getByText(name, { exact: true })).toBeVisible();
});

test('figures say what they mean, and filters leave what they say', async ({ gallery }) => {
  const { page } = await gallery('floor', {}, large);
  const meaning = page.getByRole('button', { name: 'Level now' });
  await expect(async () => {
    // A page that was drawn a moment ago may hear nothing of a focus yet.
    await meaning.blur();
    await meaning.focus();
    await expect(page.getByRole('tooltip')).toContainText('entered in the last 30 minutes', {
      timeout: 1_000,
    });
  }).toPass();
  const grid = page.getByRole('grid', { name: 'Agents' });
  const all = Number(await grid.getAttribute('aria-rowcount'));
  await page
    .getByRole('button', { name: /Needs attention/u })
    .first()
    .click();
  await expect.poll(async () => Number(await grid.getAttribute('aria-rowcount'))).toBeLessThan(all);
  await page.keyboard.press('F11');
  await expect(page.getByRole('main', { name: 'Wall display' })).toBeVisible();
  await page.keyboard.press('F11');
  await expect(grid).toBeVisible();
});
