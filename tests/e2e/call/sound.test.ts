import { loudestDb, wavOf } from '../../../scripts/display/read-wav.ts';
import { rmsDb } from '../../../scripts/display/levels.ts';
import { runProgram } from '../../../scripts/platform/run-program.ts';
import { fetchRecording } from '../../../scripts/headless/fetch-recording.ts';
import { field } from '../../../src/backend/pbx/ami/ami-message.ts';
import {
  becomeReady,
  beInCall,
  completeWrapUp,
  dial,
  expectLegGone,
  finishCall,
  grantConsent,
  hangUp,
} from '../../support/agent-at-work.ts';
import { expect, test } from '../../support/end-to-end.ts';
import {
  audibleDb,
  expectAgentState,
  expectHeardAtPbx,
  expectSameHandleTime,
  expectSilentAtPbx,
  heardInHeadset,
  recordingsOf,
  silentDb,
} from '../../support/far-end.ts';

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** The quietest stretch of so many seconds. */
const quietestDb = (samples: Int16Array, sampleRate: number, seconds: number): number => {
  const size = Math.round(seconds * sampleRate);
  const step = Math.round(sampleRate / 10);
  let quietest = 0;
  for (let at = 0; at + size <= samples.length; at += step) {
    quietest = Math.min(quietest, rmsDb(samples.subarray(at, at + size)));
  }
  return quietest;
};

test('mute is silence at the PBX and in the recording, and unmute is the agent’s voice again', async ({
  stack,
  alice,
}) => {
  const { desk } = alice;
  await becomeReady(alice);
  const call = await beInCall(alice);
  await grantConsent(alice);
  await pause(1_500);

  const mutedAt = Date.now();
  await desk.button('Mute').click();
  await desk.button('Unmute').waitFor();
  await expectSilentAtPbx(stack, call.channel, mutedAt);
  await expect(desk.statusLine).toContainText('Muted');
  await desk.button('You are talking while muted').waitFor();
  await pause(1_000);
  const unmutedAt = Date.now();
  await desk.button('Unmute').click();
  await expectHeardAtPbx(stack, call.channel, unmutedAt);
  await expect(desk.statusLine).toContainText('Live');
  await pause(1_500);
  const muteSource = (value: '0' | '1') =>
    runProgram('pactl', ['set-source-mute', 'headset_mic', value], { env: stack.screen.sound.env });
  await muteSource('1');
  await expect(desk.statusLine).toContainText('Muted in the system');
  await muteSource('0');
  await expect(desk.statusLine).toContainText('Live');

  await hangUp(alice, call);
  await completeWrapUp(alice);
  await expectAgentState(alice, { state: 'ready' });
  const recording = () => recordingsOf(stack, call.customer.callKey);
  await expect.poll(async () => (await recording())[0]?.['state']).toBe('stopped');
  const id = String((await recording())[0]?.['id']);
  // It is kept encrypted: only the desk hears it.
  await expect.poll(() => stack.recordings().filter((file) => file.includes(id))).toEqual([]);
  const contactId = String((await recording())[0]?.['contact_id']);
  const { channels, sampleRate } = wavOf(await fetchRecording(desk.page, contactId, id), id);
  const [agent = new Int16Array(), customer = new Int16Array()] = channels;
  expect(loudestDb(agent, sampleRate)).toBeGreaterThan(audibleDb);
  expect(loudestDb(customer, sampleRate)).toBeGreaterThan(audibleDb);
  expect(quietestDb(agent, sampleRate, 1)).toBeLessThan(silentDb);
  await expectSameHandleTime(alice, call.callId);
});

test('on hold neither side hears the other, and both do again afterwards', async ({
  stack,
  alice,
}) => {
  const { desk } = alice;
  // An echo: what the agent hears is what the agent says.
  const call = await dial(alice, '+12025550143');
  await stack.pbx.reportTalking(call.channel, 600);
  await desk.call('connected').waitFor();
  await expectHeardAtPbx(stack, call.channel, 0);
  expect(await heardInHeadset(stack, 2)).toBeGreaterThan(audibleDb);

  const heldAt = Date.now();
  await desk.button('Hold').click();
  await stack.pbx.event('music', (name) => name === 'MusicOnHoldStart', { since: heldAt });
  await expectSilentAtPbx(stack, call.channel, heldAt);
  expect(await heardInHeadset(stack, 1.5)).toBeLessThan(silentDb);

  const resumedAt = Date.now();
  await desk.button('Resume').click();
  await expectHeardAtPbx(stack, call.channel, resumedAt);
  expect(await heardInHeadset(stack, 2)).toBeGreaterThan(audibleDb);

  await finishCall(alice, call);
  const kinds = await stack.rows('SELECT kind FROM segments WHERE call_id = $1 ORDER BY position', [
    call.callId,
  ]);
  expect(kinds.map((row) => row['kind'])).toEqual(['dial', 'talk', 'hold', 'talk', 'wrap_up']);
});

test('microphones show their level in the settings, and the word on a test ring is kept', async ({
  stack,
  alice,
}) => {
  const { desk } = alice;
  const { page } = desk;
  await page.keyboard.press('Control+Comma');
  const row = page.getByRole('listitem').filter({ hasText: 'Ringside_Headset_Microphone' });
  const level = row.locator('[data-meter] > span');
  const width = () => level.evaluate((bar) => bar.getBoundingClientRect().width);
  await expect.poll(width, { message: 'the agent speaks' }).toBeGreaterThan(10);
  const kept = async () =>
    (
      await stack.rows(
        `SELECT e.id FROM desk_evidence e JOIN users u ON u.id = e.agent_id
         WHERE u.username = 'alice' AND e.fact LIKE '%"ring_heard"%'`,
      )
    ).length;
  const before = await kept();
  const heard = heardInHeadset(stack, 3);
  await desk.button('Test the ring').click();
  await desk.button('Yes').click();
  expect(await heard).toBeGreaterThan(audibleDb);
  await expect.poll(kept).toBe(before + 1);
  const { settings } = await alice.deskSnapshot();
  expect(settings.ringProof).toMatchObject({ heard: true, ringer: 'Ringside_Headset' });
});

test('digits typed and pressed on the keypad reach the PBX once each, in order', async ({
  stack,
  alice,
}) => {
  const { desk } = alice;
  const call = await dial(alice, '+12025550144');
  await desk.call('connected').waitFor();
  const since = Date.now();
  await desk.button('Keypad').click();
  const typed = desk.page.getByLabel('Digits to send');
  await typed.pressSequentially('1984#');
  await desk.page.getByRole('button', { name: 'Digit 5' }).click();
  await typed.press('*');
  const digits = () =>
    stack.pbx
      .seen()
      .filter(
        ({ at, name, message }) =>
          at >= since &&
          name === 'DTMFEnd' &&
          field(message, 'channel') === call.channel &&
          field(message, 'direction') === 'Received',
      )
      .map(({ message }) => field(message, 'digit'))
      .join('');
  await expect.poll(digits).toBe('1984#5*');
  await pause(500);
  expect(digits()).toBe('1984#5*');
  await desk.page.keyboard.press('Escape');
  const endedAt = Date.now();
  await desk.button('Hang up').click();
  await expectLegGone(stack, call.channel, endedAt);
  await completeWrapUp(alice);
  await expectSameHandleTime(alice, call.callId);
});
