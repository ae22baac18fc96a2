import { answer, becomeReady, offerCall } from '../../support/agent-at-work.ts';
import { field } from '../../../src/backend/pbx/ami/ami-message.ts';
import { expect, test } from '../../support/end-to-end.ts';
import { expectAgentState, expectSameHandleTime, legOf } from '../../support/far-end.ts';

const calls = 5;
const gapMs = 300;
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

test('five calls, each 300 ms after the one before, are answered and ended with all wrap-ups open', async ({
  stack,
  alice,
}) => {
  const { desk } = alice;
  await becomeReady(alice);
  const callIds: string[] = [];
  for (let count = 1; count <= calls; count += 1) {
    // Past the queue: an open wrap-up keeps its calls away.
    const call = await offerCall(alice, { extension: alice.user.extension });
    expect(callIds).not.toContain(call.callId);
    await answer(alice, call);
    callIds.push(call.callId);
    const since = Date.now();
    await desk.button('Hang up').click();
    const gone = await stack.pbx.event(
      `the end of call ${count}`,
      (name, message) => name === 'Hangup' && field(message, 'channel') === call.channel,
      { since },
    );
    await pause(Math.max(0, gone.at + gapMs - Date.now()));
  }
  expect(new Set(callIds).size).toBe(calls);
  await expectAgentState(alice, { state: 'wrap_up' });
  await expect
    .poll(async () => (await alice.deskSnapshot()).wrapUps.map(({ callId }) => callId).toSorted())
    .toEqual(callIds.toSorted());

  const done: string[] = [];
  while (done.length < calls) {
    const article = desk.page.locator('article[data-call-id]', { has: desk.wrapUp });
    const callId = (await article.getAttribute('data-call-id')) ?? '';
    expect(done).not.toContain(callId);
    await desk.chooseWrapUpCode('Resolved');
    await desk.wrapUp.getByRole('textbox', { name: 'Notes' }).fill(`About call ${callId}`);
    await desk.button('Complete wrap-up').click();
    await expect
      .poll(async () => (await legOf(stack, callId))['notes'])
      .toBe(`About call ${callId}`);
    expect(await expectSameHandleTime(alice, callId)).toBeGreaterThan(0);
    done.push(callId);
  }
  expect(done.toSorted()).toEqual(callIds.toSorted());
  await expectAgentState(alice, { state: 'ready' });
});
