import { expect, test } from './support/gallery.ts';

/** The agent's shift: what is next, a reminder, the day with its figure, and time that is to be excused. */

test('a reminder says what is next, takes the agent there, and the menu suggests the same reason first', async ({
  gallery,
}) => {
  const scene = await gallery('shift-reminder');
  const { page } = scene;
  const reminder = scene.region('Reminder');
  await expect(reminder).toContainText('Break at');
  await scene.button('Not ready').click();
  await expect(page.getByRole('menuitem').first()).toContainText('Break');
  await page.keyboard.press('Escape');
  await reminder.getByRole('button', { name: 'Not ready: Break' }).click();
  expect(await scene.asked('agent.wish')).toEqual([{ kind: 'not_ready', reason: 'break' }]);
  await reminder.getByRole('button', { name: 'Dismiss' }).click();
  await expect(reminder).toHaveCount(0);
  await expect(page.getByRole('button', { name: /^Break at/u })).toBeVisible();

  await scene.act((gallery) => {
    const { shift } = gallery.desk();
    if (shift !== null) gallery.changeDesk({ shift: { ...shift, plan: [] } });
  }, null);
  await expect(page.getByText('Nothing more planned')).toBeVisible();
});

test('a supervisor decides by keyboard what is excused, one after the other', async ({
  gallery,
}) => {
  const scene = await gallery('shift-asked');
  const { page } = scene;
  await page.keyboard.press('Control+Period');
  const waiting = scene.region('Waiting for your decision');
  await waiting.getByRole('button', { name: /^Do not excuse \(Tom Okafor/u }).focus();
  await page.keyboard.press('Enter');
  await page.keyboard.type('The drill was over by ten.');
  await page.keyboard.press('Enter');
  await expect(waiting.getByText('Tom Okafor')).toHaveCount(0);
  await expect(waiting.getByRole('button', { name: /^Excuse \(Ana Ribeiro/u })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(waiting).toHaveCount(0);
  expect(await scene.asked('shift.decide')).toMatchObject([
    { state: 'declined', note: 'The drill was over by ten.' },
    { state: 'approved', note: '' },
  ]);
});

test('by keyboard alone: the day, its formula, what is to be excused; the last sign-out leaves its summary', async ({
  gallery,
}) => {
  const scene = await gallery('shift');
  const { page } = scene;
  await page.keyboard.press('Control+Period');
  await expect(scene.region('Adherence')).toContainText('Adherence = (as planned + grace) ÷');
  const out = scene.region('Not as planned');
  await expect(out.getByText('Excused')).toBeVisible();
  await out.getByRole('button', { name: /^It was a technical fault/u }).focus();
  await page.keyboard.press('Enter');
  await expect(out.getByText('With your supervisor')).toHaveCount(1);
  await out
    .getByRole('button', { name: /^Explain/u })
    .last()
    .focus();
  await page.keyboard.press('Enter');
  await page.keyboard.type('Tools were down');
  await page.keyboard.press('Enter');
  await expect(out.getByText('Tools were down')).toBeVisible();
  await expect(out.getByText('With your supervisor')).toHaveCount(2);
  expect(await scene.asked('shift.askException')).toMatchObject([
    { cause: 'technical', note: '' },
    { cause: 'note', note: 'Tools were down' },
  ]);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('heading', { name: 'Dial a number' })).toBeVisible();

  await scene.act((gallery) => {
    const { shift } = gallery.desk();
    if (shift === null) return;
    const endsAt = Date.now() - 60_000;
    const plan = shift.plan
      .filter(({ startsAt }) => startsAt < endsAt)
      .map((stretch) => ({ ...stretch, endsAt: Math.min(stretch.endsAt, endsAt) }));
    gallery.changeDesk({ shift: { ...shift, plan } });
  }, null);
  await page.keyboard.press('Control+KeyK');
  await page.getByPlaceholder('What do you want to do?').fill('Sign out');
  await page.keyboard.press('Enter');
  await expect.poll(() => scene.asked('session.signOut')).toEqual([null]);
  await scene.act((gallery) => {
    gallery.changeDesk({ session: { state: 'signed_out', why: 'signed_out', demoUsers: null } });
  }, null);
  const summary = scene.region('The shift so far');
  await expect(summary).toContainText('Calls handled');
  await scene.button('Dismiss').click();
  await expect(summary).toHaveCount(0);
});
