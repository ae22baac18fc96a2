import { expect } from 'playwright/test';
import { forget, waitFor, type AppUnderTest } from './support/app-under-test.ts';
import { launchSignedIn, report, talkingCall, test } from './support/desk-under-test.ts';

let app: AppUnderTest;

test.beforeEach(async ({ desks }) => {
  app = await launchSignedIn(desks);
});
test.afterEach(async () => {
  await app.close();
  forget(app.profileDir);
});

test('a desk that is killed during a call is back within two seconds, showing the same call', async () => {
  const call = talkingCall();
  await report(app, [call]);
  const shownIn = async () => {
    const page = await app.page('ui');
    const shown = page.locator(`[data-call-id="${call.callId}"]`).first();
    await shown.waitFor();
    return shown.getAttribute('data-call-state');
  };
  expect(await shownIn()).toBe('connected');
  const phoneBefore = await app.phone();
  const deskBefore = await app.desk();

  for (let round = 0; round < 5; round += 1) {
    const killedAt = performance.now();
    const reborn = app.electron.waitForEvent('window');
    await app.kill('ui');
    const page = await reborn;
    await page.locator(`[data-call-id="${call.callId}"]`).first().waitFor();
    const backAfterMs = performance.now() - killedAt;
    test.info().annotations.push({ type: 'back after ms', description: backAfterMs.toFixed(0) });
    expect(backAfterMs).toBeLessThan(2_000);
    expect(await shownIn()).toBe('connected');
    expect(await app.phone()).toEqual(phoneBefore);
    expect(await app.desk()).toEqual(deskBefore);
  }
  const windows = await app.electron.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows().map((window) => window.isVisible()),
  );
  expect(windows.sort()).toEqual([false, true]);
});

test('an engine that dies is born again, and its call is reported as lost with everything it had', async () => {
  const call = talkingCall();
  await report(app, [call]);
  const before = await app.phone();
  await app.kill('phone');
  const { calls } = await waitFor('the lost call', async () => {
    const phone = await app.phone();
    return phone.calls[0]?.state === 'ended' ? phone : null;
  });
  expect(calls[0]).toMatchObject({
    callId: call.callId,
    state: 'ended',
    end: { side: 'system', outcome: 'phone_failed' },
  });
  const after = await waitFor('the next engine', async () => {
    const phone = await app.phone();
    return phone.engineId === before.engineId ? null : phone;
  });
  expect(after.revision).toBeGreaterThan(before.revision);
  const desk = await waitFor('its wrap-up, and the backend to have it all', async () => {
    const snapshot = await app.desk();
    const done = snapshot.wrapUps[0]?.ended === true && snapshot.journal.waiting === 0;
    return done && snapshot.engine === 'running' ? snapshot : null;
  });
  expect(desk.wrapUps[0]?.facts.map(({ kind }) => kind)).toEqual(['offered', 'answered', 'ended']);
});
