import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Value } from 'typebox/value';
import { headsetLogSchema, type HeadsetLog } from '../../../src/shared/ipc/headset.ts';
import { becomeReady, offerCall } from '../../support/agent-at-work.ts';
import { expect, test } from '../../support/end-to-end.ts';
import { agentChannels, expectHeardAtPbx, expectSilentAtPbx } from '../../support/far-end.ts';
import { bringToLife } from '../../support/headset/firmware.ts';
import { headsetBed } from '../../support/headset/headset-bed.ts';
import { generic, jabra } from '../../support/headset/models.ts';
import { replayHeadset } from '../../support/headset/replay-log.ts';
import { killPage } from '../../support/kill-page.ts';

/** Of programs that start and die on a busy machine. */
const lightMs = 15_000;

test('a headset answers and mutes in the whole program; a phone that dies leaves no light on; its log can be saved', async ({
  stack,
  deskApp,
}) => {
  test.setTimeout(90_000);
  const bed = await headsetBed(jabra, generic);
  try {
    const [headset, second] = bed.headsets.map(bringToLife);
    if (headset === undefined || second === undefined) throw new Error('no headsets');
    await headset.plug();
    await second.plug();
    const alice = await deskApp({ username: 'alice', env: bed.env });
    const { desk } = alice;
    await becomeReady(alice);
    await desk.page.keyboard.press('Control+KeyK');
    await desk.page.getByPlaceholder('What do you want to do?').fill('Headset diagnostics');
    await desk.page.keyboard.press('Enter');
    await desk.page.getByRole('article', { name: jabra.product }).waitFor();

    const call = await offerCall(alice);
    await headset.lightsBecome({ ring: true }, lightMs);
    const answeredAt = Date.now();
    await headset.press('hook');
    await headset.lightsBecome({ ring: false, offHook: true }, lightMs);
    await expectHeardAtPbx(stack, call.channel, answeredAt);

    const mutedAt = Date.now();
    await headset.press('mute');
    await headset.lightsBecome({ mute: true });
    await expectSilentAtPbx(stack, call.channel, mutedAt);
    expect((await alice.phoneSnapshot()).calls).toMatchObject([{ muted: true }]);
    const unmutedAt = Date.now();
    await headset.press('mute');
    await headset.lightsBecome({ mute: false });
    await expectHeardAtPbx(stack, call.channel, unmutedAt);

    await second.lightsBecome({ offHook: true }, lightMs);
    await second.unplug();
    await killPage(alice.app, 'phone');
    await headset.lightsBecome({ offHook: false, mute: false, ring: false }, lightMs);
    // This one the phone that died left lit as well, and it was not there when the next one began.
    await second.plug();
    await second.lightsBecome({ offHook: false, mute: false, ring: false }, lightMs);
    await expect.poll(() => agentChannels(stack, alice.user.extension)).toEqual([]);

    await desk.page.getByLabel('What you pressed, and what happened').fill('Mute, twice.');
    const path = join(stack.scratch, 'headset-log.json');
    await alice.app.evaluate(({ dialog }, filePath) => {
      // Nobody is there to choose a place.
      dialog.showSaveDialog = () => Promise.resolve({ canceled: false, filePath });
    }, path);
    await desk.button('Save as a file').click();
    await desk.page.getByText(`Saved: ${path}`).waitFor();
    const log = JSON.parse(readFileSync(path, 'utf8')) as HeadsetLog;
    expect(Value.Check(headsetLogSchema, log)).toBe(true);
    expect(log).toMatchObject({ note: 'Mute, twice.' });
    const told = log.headsets.findLast(({ productName }) => productName === jabra.product);
    expect(replayHeadset(log, told?.headset ?? 0).unexplained).toEqual([]);
    expect(told).toMatchObject({ present: true });
  } finally {
    await bed.stop();
  }
});
