import { becomeReady, beInCall, hangUp } from '../../support/agent-at-work.ts';
import { expect, test } from '../../support/end-to-end.ts';
import { isOfferedCalls } from '../../support/far-end.ts';

test('how well a call is heard is a word on the desk, and is kept with the contact', async ({
  stack,
  deskApp,
}) => {
  const alice = await deskApp({ username: 'alice' });
  const { page, statusLine } = alice.desk;
  await becomeReady(alice);
  await expect.poll(() => isOfferedCalls(stack, alice.user.extension)).toBe(true);
  const call = await beInCall(alice);

  const word = async () => (await alice.deskSnapshot()).line?.word;
  await expect.poll(word, { timeout: 15_000 }).toMatch(/good|fair|bad/u);
  await statusLine.getByRole('button', { name: /^Line/u }).click();
  await expect(page.getByText('Sound, 1 to 4.4')).toBeVisible();
  const score = page.locator('dl > div', { hasText: 'Sound, 1 to 4.4' }).locator('dd');
  await expect(score).toHaveText(/^[1-4]\.\d$/u, { timeout: 15_000 });
  await page.keyboard.press('Escape');

  await hangUp(alice, call);
  const kept = `SELECT fact::json->>'mosMean' AS mos, fact::json->>'seconds' AS seconds
    FROM line_summaries WHERE call_id = $1`;
  await expect.poll(async () => (await stack.rows(kept, [call.callId])).length).toBe(1);
  const [summary] = await stack.rows(kept, [call.callId]);
  expect(Number(summary?.['seconds'])).toBeGreaterThanOrEqual(3);
  // How good it is depends on how busy this machine is.
  expect(Number(summary?.['mos'])).toBeGreaterThanOrEqual(1);
  expect(Number(summary?.['mos'])).toBeLessThan(4.5);
  expect(await word()).toBeUndefined();

  // Whose fault it was is judged by what the desk and the exchange counted.
  const judged = async () =>
    (
      await stack.rows(
        `SELECT v.verdict, s.fact::json->'desk' AS desk, l.counts::json AS counts,
           v.proofs::json->0 AS proof
         FROM line_verdicts v JOIN line_summaries s ON s.call_id = v.call_id
           JOIN leg_counts l ON l.call_key = v.call_key AND l.extension = $2
         WHERE v.call_id = $1`,
        [call.callId, alice.user.extension],
      )
    )[0];
  await expect.poll(judged).toMatchObject({
    desk: { path: { local: expect.any(String), remote: 'host' } },
    counts: { received: expect.any(Number), sentLost: expect.any(Number) },
    // What made the agent ready.
    proof: {
      ...{ what: 'media_path', when: 'before', cause: null },
      path: { packetsReceived: expect.any(Number), packetsSent: expect.any(Number) },
    },
  });
});
