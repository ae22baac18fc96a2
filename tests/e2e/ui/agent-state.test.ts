import { expect, test } from './support/gallery.ts';

/** What the desk says of the agent's state beyond its name. */

test('a wish during a call is shown as what comes next, and can be taken back', async ({
  gallery,
}) => {
  const { page } = await gallery('in-call');
  const state = page.getByRole('region', { name: 'Agent state' });
  await state.getByRole('button', { name: 'Not ready' }).click();
  await page.getByRole('menuitem', { name: /^Lunch/u }).click();
  await expect(state).toContainText('Then: not ready (Lunch)');
  await state.getByRole('button', { name: 'Ready', exact: true }).click();
  await expect(state).toContainText('Then: ready');
});

test('a reason that lasts longer than it is meant to says so, and nothing is forced', async ({
  gallery,
}) => {
  const within = await gallery('not-ready');
  await expect(within.page.getByText('of 45 min')).toBeVisible();
  const over = await gallery('reason-used-up');
  await expect(over.page.getByText('7 min over')).toBeVisible();
  await expect(over.page.getByRole('region', { name: 'Agent state' })).toContainText('Break');
  await over.page.getByRole('button', { name: 'Not ready' }).click();
  await expect(over.page.getByRole('menuitem', { name: /^Break/u })).toContainText('15 min');
});

test('who wishes to be ready and cannot be reached reads why and what to do, and is told once', async ({
  gallery,
}) => {
  const scene = await gallery('idle');
  const { page } = scene;
  const state = page.getByRole('region', { name: 'Agent state' });
  await expect(state).toContainText('Ready');
  await scene.act((shown) => {
    // The desk knows before the server does.
    shown.changeDesk({ hindrance: 'ringer_silent' });
  }, null);
  await expect(state).toContainText('Not reachable');
  await expect(state).toContainText('The ring does not play.');
  await expect(page.getByRole('status').filter({ hasText: 'The ring does not play.' })).toHaveCount(
    1,
  );
  // The wish stays, and the same press proves everything anew.
  await expect(state.getByRole('button', { name: 'Ready', exact: true })).toHaveAttribute(
    'aria-pressed',
    'true',
  );
  await scene.act((shown) => {
    const { agent } = shown.desk();
    if (agent === null) return;
    const hindered = { state: 'not_ready', reason: 'hindered_proving' } as const;
    const next = { ...agent, state: hindered, revision: agent.revision + 1 };
    shown.changeDesk({ agent: next, hindrance: 'proving' });
  }, null);
  await expect(state).toContainText('Checking');
  await scene.act((shown) => {
    const { agent } = shown.desk();
    if (agent === null) return;
    const next = { ...agent, state: { state: 'ready' } as const, revision: agent.revision + 1 };
    shown.changeDesk({ agent: next, hindrance: null });
  }, null);
  await expect(state).toContainText('Calls can reach you.');
});

test('whoever else changed the state is named, on the desk and to screen readers', async ({
  gallery,
}) => {
  const scene = await gallery('idle');
  const { page } = scene;
  const told = page.getByRole('status').filter({ hasText: 'Set to not ready by Sam Lee.' });
  await scene.act((shown) => {
    const { agent } = shown.desk();
    if (agent === null) return;
    const state = { state: 'not_ready', reason: 'set_by_supervisor' } as const;
    const origin = { by: 'supervisor', name: 'Sam Lee' } as const;
    shown.changeDesk({ agent: { ...agent, state, origin, revision: agent.revision + 1 } });
  }, null);
  await expect(told).toHaveCount(1);
  await expect(page.getByRole('region', { name: 'Agent state' })).toContainText('Set by Sam Lee');
  await scene.act((shown) => {
    const { agent } = shown.desk();
    if (agent === null) return;
    const origin = { by: 'return', lostAt: 1_000, backAt: 241_000 } as const;
    const state = { state: 'ready' } as const;
    shown.changeDesk({ agent: { ...agent, state, origin, revision: agent.revision + 1 } });
  }, null);
  await expect(
    page.getByText('Your desk was not connected for 4 mins. You are ready again.'),
  ).toBeVisible();
  const out = await gallery('sign-in-by-supervisor');
  await expect(out.page.getByRole('alert')).toContainText(['Lucía Prado signed you out.']);
});
