import { expect, test } from './support/gallery.ts';

/** Whose fault a bad call was, and what is the matter while it is. */

test('what is the matter with the line is said with what to do, and stands behind its word', async ({
  gallery,
}) => {
  const scene = await gallery('in-call-line-bad');
  const { page } = scene;
  const sentence = /^The other side hears you with gaps\./u;
  const call = page.getByRole('article', { name: /^Call with/u });
  await expect(call.getByRole('button', { name: sentence })).toBeVisible();
  await expect(page.getByRole('status').getByText(sentence)).toHaveCount(1);
  await scene.act((bridge) => {
    const line = bridge.desk().line ?? null;
    if (line !== null) bridge.changeDesk({ line: { callId: line.callId, word: 'good' } });
  }, null);
  await expect(call.getByRole('button', { name: sentence })).toHaveCount(0);
  await scene.act((bridge) => {
    const call = bridge.phone().calls[0];
    const figures = {
      ...{ roundTripMs: 60, jitterMs: 4, lossPercent: 6, concealedPercent: 6 },
      ...{ sentLossPercent: 0, delayMs: 90, mos: 2.9 },
    };
    const now = performance.now.bind(performance);
    // Three stretches of five seconds in one moment.
    for (const later of [0, 6_000, 12_000]) {
      performance.now = () => now() + later;
      const line = { callId: call?.callId ?? '', word: 'bad' as const, figures };
      bridge.emit('phone.levels', { microphone: 0.2, speaker: 0.1, line });
    }
    performance.now = now;
  }, null);
  await page.getByRole('contentinfo').getByRole('button', { name: /^Line/u }).press('Enter');
  const course = page.getByRole('table', { name: 'Lost or made up, %' });
  await expect(course.getByRole('row')).toHaveCount(4);
});

test('by keyboard: a contact says whose fault it was and is saved, and the weeks are added up', async ({
  gallery,
}) => {
  const scene = await gallery('reports');
  const { page } = scene;
  await page.keyboard.press('Control+KeyR');
  const main = page.getByRole('main', { name: 'Reports' });
  await main.getByRole('radio', { name: 'Sound' }).press('Space');
  const agents = main.getByRole('table', { name: 'Sound' });
  await expect(agents.getByRole('row', { name: /^Tom Okafor/u })).toContainText('7.2%');
  await expect(main.getByRole('table', { name: 'Bad calls by week' }).getByRole('row')).toHaveCount(
    9,
  );

  await page.keyboard.press('Control+KeyD');
  await expect(page.getByText(/^1030 calls in the last eight weeks/u)).toBeVisible();

  await page.keyboard.press('Control+Shift+KeyF');
  await page.locator('[data-contact-id]').first().waitFor();
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(page.locator('dl > div', { hasText: 'Tested near' }).locator('dd')).toHaveText(
    '0:04 after: 6.3 % lost on the way in, delay 58.4 ms, unevenness 11.2 ms',
  );
  await expect(page.locator('dl > div', { hasText: 'Whose fault' }).locator('dd')).toHaveText(
    'Home network · 0 of 5 other desks had trouble at that time',
  );
  await page.getByRole('button', { name: 'Save sound figures' }).press('Enter');
  await expect(page.getByText('Saved as /home/ana/ringside-line.json.')).toBeVisible();
});
