import {
  answer,
  beInCall,
  becomeReady,
  beRung,
  completeWrapUp,
  dial,
  hangUp,
} from '../../support/agent-at-work.ts';
import { callShownAt, noteWhenShown } from '../../support/call-shown.ts';
import { expect, test } from '../../support/end-to-end.ts';
import {
  agentChannels,
  audibleDb,
  channels,
  expectAgentState,
  expectHeardAtPbx,
  expectSameHandleTime,
  expectStillHeardAtPbx,
  heardInHeadset,
  legOf,
} from '../../support/far-end.ts';
import { killPage } from '../../support/kill-page.ts';
import { text } from '../../support/texts.ts';

const windowBackMs = 2_000;
/** From the engine's death until its leg is ended at the PBX, which by itself would wait 40 s for sound. */
const legGoneMs = 10_000;

test('the window dies three times in a call: it is back within 2 s with the call, which goes on', async ({
  stack,
  deskApp,
}) => {
  const alice = await deskApp({ username: 'alice' });
  // An echo: the agent hears what the agent says, as long as sound goes both ways.
  const call = await dial(alice, '+12025550143');
  await stack.pbx.reportTalking(call.channel, 600);
  await alice.desk.call('connected').waitFor();
  await expectHeardAtPbx(stack, call.channel, 0);
  await alice.desk.page.getByRole('textbox', { name: 'Notes' }).fill('Written before the crash');
  await alice.desk.page.getByRole('textbox', { name: 'Notes' }).blur();
  await noteWhenShown(alice);
  for (let count = 1; count <= 3; count += 1) {
    const dead = alice.desk.page;
    const killedAt = Date.now();
    await killPage(alice.app, 'ui');
    await alice.windowIsBack(dead);
    await expect(alice.desk.call('connected')).toHaveAttribute('data-call-id', call.callId);
    const backMs = (await callShownAt(alice)) - killedAt;
    test.info().annotations.push({ type: 'window back', description: `${backMs.toFixed(0)} ms` });
    expect(backMs).toBeLessThanOrEqual(windowBackMs);
    expect(await agentChannels(stack, alice.user.extension)).toEqual([call.channel]);
  }
  await expectStillHeardAtPbx(stack, call.channel);
  expect(await heardInHeadset(stack, 2)).toBeGreaterThan(audibleDb);
  await expect(alice.desk.page.getByRole('textbox', { name: 'Notes' })).toHaveValue(
    'Written before the crash',
  );
  await hangUp(alice, call);
  await completeWrapUp(alice);
  await expectAgentState(alice, { state: 'not_ready' });
  expect(await legOf(stack, call.callId)).toMatchObject({
    outcome: 'completed',
    notes: 'Written before the crash',
  });
  await expectSameHandleTime(alice, call.callId);
});

test('the phone engine dies in a call: said on screen, reported as ended, and the customer, taken from the dead phone within 10 s, rings here again', async ({
  stack,
  deskApp,
}) => {
  test.setTimeout(90_000);
  const alice = await deskApp({ username: 'alice' });
  const { desk } = alice;
  await becomeReady(alice);
  const call = await beInCall(alice);
  const said = desk.page.getByText(text('app.engineRestarting')).waitFor();
  const killedAt = Date.now();
  await killPage(alice.app, 'phone');
  await expect
    .poll(() => agentChannels(stack, alice.user.extension), {
      message: 'the leg is ended at the PBX',
      timeout: legGoneMs,
    })
    .toEqual([]);
  const goneMs = Date.now() - killedAt;
  test.info().annotations.push({ type: 'leg gone', description: `${goneMs} ms` });
  await said;
  await expect(desk.call('ended')).toHaveAttribute('data-call-id', call.callId);
  await expect(desk.call('ended')).toContainText(text('end.phone_failed.system'));
  await desk.wrapUp.waitFor();
  await expect(desk.statusLine).toContainText('Registered');
  // Her desk is there, so her phone is rung first, with the wrap-up of the call that broke off still open.
  const again = await beRung(alice, killedAt);
  await answer(alice, again);
  await expect(desk.page.locator('[data-rescue="back"]')).toBeVisible();
  await hangUp(alice, again);
  const open = desk.page.locator('article[data-call-id]', { has: desk.wrapUp });
  // Rescued once, the customer is not taken back from an agent who hangs up.
  await expect.poll(() => channels(stack)).toEqual([]);
  const owed: string[] = [];
  for (const left of [1, 0]) {
    const callId = (await open.getAttribute('data-call-id')) ?? '';
    await completeWrapUp(alice);
    await expectSameHandleTime(alice, callId);
    owed.push(callId);
    await expect(open).toHaveCount(left);
  }
  expect(owed.toSorted()).toEqual([call.callId, again.callId].toSorted());
  await expectAgentState(alice, { state: 'ready' });
  const failedLeg = await legOf(stack, call.callId);
  expect(failedLeg).toMatchObject({ outcome: 'phone_failed' });
  expect(await legOf(stack, again.callId)).toMatchObject({
    outcome: 'completed',
    contact_id: failedLeg['contact_id'],
  });
});
