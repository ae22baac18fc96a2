import { expect, large, test } from './support/gallery.ts';

test('devices are ranked by keyboard, and the microphones are open only while their meters are seen', async ({
  gallery,
}) => {
  const scene = await gallery('idle');
  const { page } = scene;
  await page.keyboard.press('Control+Comma');
  const list = page.getByRole('list', { name: 'Microphone' });
  const rows = list.locator('[data-row]');
  await expect(rows).toHaveText([
    /^Jabra Evolve2 65 \(microphone\)\s*In use$/u,
    /^Built-in microphone\s*Not ordered by you$/u,
  ]);
  await list.scrollIntoViewIfNeeded();
  await expect.poll(() => scene.asked('devices.order')).toEqual([{ kind: 'meter', on: true }]);
  await scene.act((inside) => {
    inside.emit('devices.told', { kind: 'levels', levels: { 'microphone-2': 0.25 } });
  }, null);
  const bar = page.locator('[data-meter="microphone-2"] > span');
  await expect(bar).toHaveCSS('transform', 'matrix(0.5, 0, 0, 1, 0, 0)');

  await rows.nth(1).focus();
  await page.keyboard.press('Alt+ArrowUp');
  await expect(rows.first()).toHaveText(/^Built-in microphone/u);
  await expect(rows.first()).toBeFocused();
  await page.keyboard.press('ArrowDown');
  await expect(rows.nth(1)).toBeFocused();
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Delete');
  await expect(rows.first()).toHaveText(/^Jabra/u);
  const changes = (await scene.asked('settings.change')) as readonly {
    readonly audioDevices: { readonly microphone: readonly { readonly id: string }[] };
  }[];
  expect(changes.map((one) => one.audioDevices.microphone.map(({ id }) => id))).toEqual([
    ['microphone-2'],
    [],
  ]);

  await page.getByRole('button', { name: 'Done' }).click();
  await expect
    .poll(async () => (await scene.asked('devices.order')).at(-1))
    .toEqual({ kind: 'meter', on: false });
});

test('a Bluetooth microphone is opened only by who asks for its level, and none while no meter is seen', async ({
  gallery,
}) => {
  const scene = await gallery('bluetooth-microphone');
  const { page } = scene;
  await page.keyboard.press('Control+Comma');
  const list = page.getByRole('list', { name: 'Microphone' });
  await list.scrollIntoViewIfNeeded();
  const latest = async () => (await scene.asked('devices.order')).at(-1);
  await expect.poll(latest).toEqual({ kind: 'meter', on: true });
  await page.getByRole('button', { name: /^Show level of AirPods/u }).click();
  await expect.poll(latest).toEqual({ kind: 'meter', on: true, asked: ['microphone-3'] });
  await expect(page.locator('[data-meter="microphone-3"]')).toBeVisible();
  await page.setViewportSize({ width: 1_280, height: 320 });
  await page.getByText('A better device appears in a call').scrollIntoViewIfNeeded();
  await expect.poll(latest).toEqual({ kind: 'meter', on: false });
});

test('a speaker is tried by a sound, and one that stays silent is said to', async ({ gallery }) => {
  const scene = await gallery('idle');
  await scene.page.keyboard.press('Control+Comma');
  const button = scene.page.getByRole('button', { name: 'Play a test sound on Built-in speakers' });
  await button.click();
  await expect(button).toBeDisabled();
  const orders = (await scene.asked('devices.order')) as readonly {
    readonly kind: string;
    readonly id: string;
  }[];
  const order = orders.find(({ kind }) => kind === 'test');
  expect(order).toMatchObject({ kind: 'test', sound: 'speaker', deviceId: 'speaker-2' });
  await scene.act((inside, id) => {
    inside.emit('devices.told', { kind: 'tested', id, played: false });
  }, order?.id ?? '');
  await expect(button).toHaveText('No sound. Try again');
});

test('a device that is back in a call is offered, taken by one key, and moves nothing', async ({
  gallery,
}) => {
  const scene = await gallery('device-offered', {}, large);
  const { page } = scene;
  const offer = page.locator('[data-device-offer]');
  await expect(offer).toContainText('Jabra Evolve2 65 (microphone) is plugged in.');
  const end = page.getByRole('button', { name: 'Hang up', exact: true });
  const before = await end.boundingBox();
  await page.keyboard.press('F3');
  expect(await scene.asked('devices.order')).toEqual([{ kind: 'take', yes: true }]);
  await scene.act((inside) => {
    inside.changePhone({ devices: { ...inside.phone().devices, offered: [] } });
  }, null);
  await expect(offer).toHaveCount(0);
  expect(await end.boundingBox()).toEqual(before);
});

test('a device that vanishes in a call is told of once, and stays told until it was read', async ({
  gallery,
}) => {
  const scene = await gallery('in-call');
  await scene.act((inside) => {
    inside.changePhone({
      devices: {
        ...inside.phone().devices,
        replaced: {
          ...{ number: 1, inCall: true, why: 'gone', from: 'Jabra Evolve2 65' },
          roles: [
            { role: 'microphone', to: 'Built-in microphone' },
            { role: 'speaker', to: null },
          ],
        },
      },
    });
  }, null);
  const notice = scene.page.getByRole('status').filter({ hasText: 'Jabra Evolve2 65 is gone.' });
  await expect(notice).toContainText('Microphone: Built-in microphone');
  await expect(notice).toContainText('Speaker: nothing is plugged in');
});

test('at the start of a shift the ring is tried, and the word on it is kept', async ({
  gallery,
}) => {
  const scene = await gallery('ring-unproven');
  const { page } = scene;
  await expect(page.getByText('make sure that you hear it ring')).toBeVisible();
  await page.getByRole('button', { name: 'Test the ring' }).click();
  const [order] = (await scene.asked('devices.order')) as readonly { readonly id: string }[];
  expect(order).toMatchObject({ kind: 'test', sound: 'ring', deviceId: null });
  await scene.act((inside, id) => {
    inside.emit('devices.told', { kind: 'tested', id, played: true });
  }, order?.id ?? '');
  await expect(page.getByText('Did you hear it ring?')).toBeVisible();
  await page.getByRole('button', { name: 'Yes', exact: true }).click();
  expect(await scene.asked('devices.ringHeard')).toEqual([{ heard: true }]);
  await expect(page.locator('[data-ring-test]')).toHaveCount(0);
});
