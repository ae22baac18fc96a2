import { beInCall, becomeReady, completeWrapUp, hangUp } from '../../support/agent-at-work.ts';
import type { DeskApp } from '../../support/desk-app.ts';
import { expect, test } from '../../support/end-to-end.ts';
import type { Stack } from '../../support/stack.ts';

/** What is promised in a call, from the promise to what came of it: in the real program, at the real PBX. */

const busy = '+12025550186';

/** The field for a time: this minute, which was promised a moment ago, or the next where this one is nearly over. */
const now = (): string => {
  const at = new Date();
  if (at.getSeconds() > 35) at.setMinutes(at.getMinutes() + 1);
  return `${String(at.getHours()).padStart(2, '0')}:${String(at.getMinutes()).padStart(2, '0')}`;
};

const promise = async ({ desk, press }: DeskApp, number: string, note: string): Promise<void> => {
  await press('Control+KeyH');
  const form = desk.page.getByRole('dialog', { name: 'Call back later' });
  await form.getByLabel('Number', { exact: true }).fill(number);
  await form.getByLabel('Time', { exact: true }).fill(now());
  await form.getByLabel('What about').fill(note);
};

const callBacks = (stack: Stack) =>
  stack.rows(
    `SELECT b.state, b.attempts, b.queue, a.outcome, k.queue AS "queueOfCall" FROM call_backs b
       LEFT JOIN call_back_attempts a ON a.call_back_id = b.id
       LEFT JOIN contacts k ON k.call_key = a.call_key ORDER BY a.at`,
  );

test.beforeEach(async ({ stack }) => {
  await stack.rows('DELETE FROM call_backs');
  // Whenever this runs.
  await stack.rows(
    `INSERT INTO centre_settings (name, value) VALUES ('callBacks', '{"earliestHour": 0, "latestHour": 24}')
     ON CONFLICT (name) DO UPDATE SET value = excluded.value`,
  );
});

test('promised in a call, reminded of after it, called, found busy, and said what is next by one press', async ({
  stack,
  alice,
}) => {
  const { desk } = alice;
  await becomeReady(alice);
  const call = await beInCall(alice);
  await promise(alice, busy, 'The router of October.');
  await alice.press('Enter');
  await expect(desk.page.getByText(/Call-back scheduled: /u).first()).toBeVisible();
  const reminder = desk.page.getByRole('region', { name: /back in a moment|Time to call/u });
  // Nothing is said in the middle of a call.
  await expect(reminder).toHaveCount(0);
  await hangUp(alice, call);
  await completeWrapUp(alice);
  await expect(reminder).toContainText('The router of October.');
  await reminder.getByRole('button', { name: 'Call', exact: true }).press('Enter');
  const next = desk.page.getByRole('region', { name: /busy\. What next\?/u });
  await next.waitFor();
  await expect(next).toContainText('1 try of 3');
  expect(await callBacks(stack)).toEqual([
    { state: 'attempted', attempts: 1, queue: 'support', outcome: 'busy', queueOfCall: 'support' },
  ]);
  await next.getByRole('button', { name: 'In 3 hours' }).press('Enter');
  await expect(next).toHaveCount(0);
  await expect.poll(() => callBacks(stack)).toMatchObject([{ state: 'scheduled' }]);
});

test('promised for the queue, offered when due, taken by a key, and done when the customer answers', async ({
  stack,
  alice,
}) => {
  const { desk } = alice;
  await becomeReady(alice);
  await promise(alice, '+12025550147', 'Ring on the second line.');
  const form = desk.page.getByRole('dialog', { name: 'Call back later' });
  await form.getByRole('button', { name: 'Whoever is ready' }).press('Enter');
  await form.getByLabel('Queue').selectOption('support');
  await form.getByLabel('What about').press('Enter');
  await expect(form).toHaveCount(0);
  const offer = desk.page.getByRole('region', { name: /Call-back for you/u });
  await expect(offer).toContainText('Ring on the second line.', { timeout: 40_000 });
  await alice.press('Control+F2');
  await desk.call('connected').waitFor();
  await desk.button('Hang up').click();
  await desk.wrapUp.waitFor();
  await expect
    .poll(() => callBacks(stack))
    .toEqual([
      { state: 'done', attempts: 1, queue: 'support', outcome: 'answered', queueOfCall: 'support' },
    ]);
  await completeWrapUp(alice);
  expect(
    await stack.rows(
      `SELECT id FROM missed_offers WHERE at > extract(epoch FROM now()) * 1000 - 120000`,
    ),
  ).toEqual([]);
});
