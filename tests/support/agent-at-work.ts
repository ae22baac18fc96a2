import { expect } from 'playwright/test';
import { field } from '../../src/backend/pbx/ami/ami-message.ts';
import { isLegOf } from '../../scripts/headless/pbx-observer.ts';
import type { DemoCall, DemoCallAnswer } from '../../src/shared/api/routes.ts';
import type { DeskApp } from './desk-app.ts';
import { channels, expectAgentState, expectSameHandleTime, isOfferedCalls } from './far-end.ts';
import type { Stack } from './stack.ts';

/** The agent's voice has no pause as long as this. */
const silenceMs = 600;

/** Has a customer call; support unless said otherwise. */
export const customerCalls = async (stack: Stack, call: DemoCall = {}): Promise<DemoCallAnswer> => {
  const answer = await stack.administrator.ask('POST', '/demo/customer-call', {
    ...(call.extension === undefined ? { queue: 'support' } : {}),
    ...call,
  });
  expect(answer.status, JSON.stringify(answer.body)).toBe(200);
  // The backend answers by this schema.
  return answer.body as DemoCallAnswer;
};

/** Ready on screen, in the database and at the PBX. */
export const becomeReady = async (deskApp: DeskApp): Promise<void> => {
  await expect(deskApp.desk.statusLine).toContainText('Registered');
  await deskApp.desk.ready();
  await expectAgentState(deskApp, { state: 'ready' });
  await expect.poll(() => isOfferedCalls(deskApp.stack, deskApp.user.extension)).toBe(true);
};

export type OfferedCall = {
  readonly callId: string;
  /** The agent's channel at the PBX. */
  readonly channel: string;
};

/** Waits until it rings here, at the PBX and on screen; the PBX reports from then on what it hears of the agent. */
export const beRung = async (
  deskApp: DeskApp,
  since: number,
  timeoutMs = 10_000,
): Promise<OfferedCall> => {
  const { stack, user, desk } = deskApp;
  const leg = await stack.pbx.event(`a leg to ${user.extension}`, isLegOf(user.extension), {
    since,
    timeoutMs,
  });
  const channel = field(leg.message, 'channel');
  await stack.pbx.reportTalking(channel, silenceMs);
  const offered = desk.call('offered').first();
  await offered.waitFor();
  const callId = await offered.getAttribute('data-call-id');
  if (callId === null) throw new Error('the offered call has no id');
  return { callId, channel };
};

/** A customer calls, and it rings. */
export const offerCall = async (
  deskApp: DeskApp,
  call: DemoCall = {},
): Promise<OfferedCall & { readonly customer: DemoCallAnswer }> => {
  const since = Date.now();
  const customer = await customerCalls(deskApp.stack, call);
  return { ...(await beRung(deskApp, since)), customer };
};

/** Answers, and waits until the PBX hears the agent. */
export const answer = async (
  { stack, desk }: DeskApp,
  { callId, channel }: OfferedCall,
): Promise<void> => {
  const since = Date.now();
  await desk.page
    .locator(`[data-call-id="${callId}"]`)
    .getByRole('button', { name: 'Answer', exact: true })
    .click();
  await desk.page.locator(`[data-call-id="${callId}"][data-call-state="connected"]`).waitFor();
  await stack.pbx.event(
    'the agent heard at the PBX',
    (name, message) => name === 'ChannelTalkingStart' && field(message, 'channel') === channel,
    { since },
  );
};

/** A customer's call, answered, with sound. */
export const beInCall = async (deskApp: DeskApp, call: DemoCall = {}) => {
  const offered = await offerCall(deskApp, call);
  await answer(deskApp, offered);
  return offered;
};

export const hangUp = async ({ stack, desk }: DeskApp, { channel }: OfferedCall): Promise<void> => {
  const since = Date.now();
  await desk.button('Hang up').click();
  await expectLegGone(stack, channel, since);
  await desk.wrapUp.waitFor();
};

export const expectLegGone = async (
  stack: Stack,
  channel: string,
  since: number,
): Promise<void> => {
  await stack.pbx.event(
    `the end of ${channel}`,
    (name, message) => name === 'Hangup' && field(message, 'channel') === channel,
    { since },
  );
};

/** Chooses a code by searching, writes notes and completes. */
export const completeWrapUp = async (
  { desk }: DeskApp,
  { search = 'Resolved', notes = '' }: { readonly search?: string; readonly notes?: string } = {},
): Promise<void> => {
  await desk.chooseWrapUpCode(search);
  if (notes !== '') await desk.wrapUp.getByRole('textbox', { name: 'Notes' }).fill(notes);
  await desk.button('Complete wrap-up').click();
};

/** Hangs up and wraps up; the call's handle time is then the same wherever it is kept. */
export const finishCall = async (deskApp: DeskApp, call: OfferedCall): Promise<void> => {
  await hangUp(deskApp, call);
  await completeWrapUp(deskApp);
  await expectSameHandleTime(deskApp, call.callId);
};

/** Asks the customer, who consents: the recording runs. */
export const grantConsent = async ({ desk }: DeskApp): Promise<void> => {
  await desk.button('Ask consent').click();
  await desk.button('Consent granted').click();
  await expect(desk.consent).toHaveAttribute('data-recording', 'recording');
};

/** The customer hangs up, wherever the call stands. */
export const customerHangsUp = async (stack: Stack): Promise<void> => {
  const channel = (await channels(stack)).find((name) => name.startsWith('Local/call@demo-'));
  if (channel === undefined) throw new Error('no customer is on the phone');
  await stack.pbx.cli(`channel request hangup ${channel}`);
};

/** Dials on the desk and gives the call's id and this agent's channel. */
export const dial = async (deskApp: DeskApp, typed: string): Promise<OfferedCall> => {
  const { stack, user, desk } = deskApp;
  await expect(desk.statusLine).toContainText('Registered');
  const since = Date.now();
  await desk.page.getByLabel('Number', { exact: true }).fill(typed);
  await desk.button('Call').click();
  const leg = await stack.pbx.event(`a call from ${user.extension}`, isLegOf(user.extension), {
    since,
  });
  const channel = field(leg.message, 'channel');
  const callId = await desk.call().first().getAttribute('data-call-id');
  if (callId === null) throw new Error('the dialled call has no id');
  return { callId, channel };
};
