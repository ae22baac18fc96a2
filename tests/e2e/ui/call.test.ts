import { expect, large, type Scene, small, test } from './support/gallery.ts';

const activeLabel = ({ page }: Scene): Promise<string> =>
  page.evaluate(() => document.activeElement?.id ?? '');

test('a call that rings takes no focus, and nothing that is typed answers or rejects it', async ({
  gallery,
}) => {
  const scene = await gallery('idle');
  const number = scene.page.getByRole('textbox', { name: 'Number', exact: true });
  await number.fill('+34 ');
  await scene.act((bridge) => bridge.request('demo.customerCall', {}), null);
  await expect(scene.page.locator('[data-call-state="offered"]')).toBeVisible();
  await scene.page.keyboard.type(' y n a r 1');
  await scene.page.keyboard.press('Escape');
  await expect(number).toHaveValue('+34  y n a r 1');
  await expect(number).toBeFocused();
  expect(await scene.asked('phone.command')).toEqual([]);
});

test('the record is in the page within the frame that the snapshots arrive in', async ({
  gallery,
}) => {
  const scene = await gallery('idle');
  const frames = await scene.page.evaluate(async () => {
    const { gallery: bridge } = window as unknown as {
      gallery: { request: (name: string, payload: object) => Promise<unknown> };
    };
    const asked = bridge.request('demo.customerCall', {});
    let passed = 0;
    while (document.querySelector('[data-match="exact"]') === null) {
      await new Promise(requestAnimationFrame);
      passed += 1;
    }
    await asked;
    return passed;
  });
  expect(frames).toBeLessThanOrEqual(1);
});

test('who rings is spoken with queue, wait, match and ticket', async ({ gallery }) => {
  const { page } = await gallery('ringing');
  await expect(page.getByRole('alert').last()).toHaveText(
    /Incoming call from Marta Villanueva Ruiz.*Queue Support.*waiting 0:4\d.*Exact match.*Card terminal/u,
  );
});

test('a call is answered, held, muted and ended by keys', async ({ gallery }) => {
  const scene = await gallery('ringing');
  const { keyboard } = scene.page;
  await keyboard.press('Control+Shift+KeyA');
  await expect(scene.page.locator('[data-call-state="connected"]')).toBeVisible();
  await keyboard.press('Control+Shift+KeyH');
  await expect(scene.button('Resume')).toBeVisible();
  await keyboard.press('Control+Shift+KeyM');
  await expect(scene.button('Unmute')).toBeVisible();
  await keyboard.press('Control+Shift+KeyE');
  await expect(scene.region('Wrap-up')).toBeVisible();
  const kinds = (await scene.asked('phone.command')) as readonly { kind: string }[];
  expect(kinds.map(({ kind }) => kind)).toEqual(['answer', 'hold', 'mute', 'end']);
});

test('a key that is held down acts once', async ({ gallery }) => {
  const scene = await gallery('in-call');
  const { keyboard } = scene.page;
  await keyboard.down('Control');
  await keyboard.down('Shift');
  for (let repeat = 0; repeat < 4; repeat += 1) await keyboard.down('KeyM');
  for (const key of ['KeyM', 'Shift', 'Control']) await keyboard.up(key);
  expect(await scene.asked('phone.command')).toHaveLength(1);
});

test('a key mutes while it is held, or speaks out of a mute, and lets go with the window', async ({
  gallery,
}) => {
  const scene = await gallery('in-call');
  const { keyboard } = scene.page;
  const kinds = async () =>
    ((await scene.asked('phone.command')) as readonly { kind: string }[]).map(({ kind }) => kind);
  for (let repeat = 0; repeat < 4; repeat += 1) await keyboard.down('F4');
  await expect(scene.button('Unmute')).toBeVisible();
  await keyboard.up('F4');
  await expect(scene.button('Mute')).toBeVisible();
  expect(await kinds()).toEqual(['mute', 'unmute']);
  await scene.button('Mute').click();
  await keyboard.down('F4');
  await expect(scene.button('Mute')).toBeVisible();
  await scene.page.evaluate(() => window.dispatchEvent(new Event('blur')));
  await expect(scene.button('Unmute')).toBeVisible();
  await keyboard.up('F4');
  expect(await kinds()).toEqual(['mute', 'unmute', 'mute', 'unmute', 'mute']);
});

test('what is wrong with the voice is said once, with the one thing to do about it', async ({
  gallery,
}) => {
  const scene = await gallery('in-call-silent');
  const trouble = scene.button('You are sending silence');
  await expect(trouble).toBeVisible();
  const said = scene.page.getByRole('status').filter({ hasText: 'Nothing comes from your' });
  await expect(said).toHaveText(/^You are sending silence\./u);
  await expect(scene.region('Status line')).toContainText('Silent');
  await trouble.click();
  await scene.button('Choose another microphone').click();
  await expect(scene.page.getByRole('heading', { name: 'Settings' })).toBeVisible();
});

test('a call that lost its way says so once, and that it found another', async ({ gallery }) => {
  const scene = await gallery('in-call-reconnecting');
  await expect(scene.button('Reconnecting… No sound gets through.')).toBeVisible();
  const said = (text: string) => scene.page.getByRole('status').filter({ hasText: text });
  await expect(said('Reconnecting… No sound gets through.')).toHaveCount(1);
  await scene.act((gallery) => {
    gallery.changePhone({ lostPaths: [] });
  }, null);
  await expect(said('Connected again')).toHaveCount(1);
  await expect(scene.button('The phone system is out of reach; the sound goes on.')).toBeVisible();
});

test('only what is possible is there', async ({ gallery }) => {
  const ringing = await gallery('ringing');
  await expect(ringing.button('Hang up')).toHaveCount(0);
  const outgoing = await gallery('outgoing');
  await expect(outgoing.button('Hang up')).toBeVisible();
  for (const name of ['Hold', 'Mute', 'Keypad', 'Answer', 'Ask consent']) {
    await expect(outgoing.button(name)).toHaveCount(0);
  }
});

test('digits go into the call as they are typed and pasted', async ({ gallery }) => {
  const scene = await gallery('in-call');
  await scene.button('Keypad').click();
  const field = scene.page.getByLabel('Digits to send');
  await expect(field).toBeFocused();
  await scene.page.keyboard.type('4x2');
  await field.fill('42 18#');
  await scene.page.keyboard.press('Escape');
  await expect(field).toHaveCount(0);
  const sent = (await scene.asked('phone.command')) as readonly { digits: string }[];
  expect(sent.map(({ digits }) => digits)).toEqual(['4', '2', '18#']);
});

test('one of several customers is chosen with one key', async ({ gallery }) => {
  const scene = await gallery('ringing-several');
  await expect(scene.region('Customer')).toHaveAttribute('data-match', 'several');
  await scene.page.keyboard.press('Control+Digit2');
  await expect(scene.region('Customer')).toHaveAttribute('data-match', 'confirmed');
  expect(await scene.asked('customers.link')).toEqual([
    {
      contactId: '00000000-0000-7000-8000-000000000500',
      customerId: '00000000-0000-7000-8000-000000000112',
    },
  ]);
});

for (const size of [large, small]) {
  test(`the consent strip never moves at ${size.width}×${size.height}`, async ({ gallery }) => {
    const scene = await gallery('ringing', { language: 'en' }, size);
    const strip = scene.region('Consent');
    const place = await strip.boundingBox();
    const stays = async (): Promise<void> => {
      expect(await strip.boundingBox()).toEqual(place);
    };
    await scene.button('Answer').click();
    await scene.button('Ask consent').waitFor();
    await stays();
    await scene.button('Ask consent').click();
    await scene.button('Consent granted').waitFor();
    await stays();
    await scene.button('Consent granted').click();
    await expect(strip).toHaveAttribute('data-recording', 'recording');
    await stays();
    await scene.button('Hang up').click();
    await scene.region('Wrap-up').waitFor();
    await stays();
  });
}

test('an idle desk stands still', async ({ gallery }) => {
  const { page } = await gallery('idle');
  await page.waitForTimeout(500);
  const changes = await page.evaluate(async () => {
    let seen = 0;
    const observer = new MutationObserver((records) => (seen += records.length));
    observer.observe(document.body, {
      subtree: true,
      childList: true,
      attributes: true,
      characterData: true,
    });
    await new Promise((resolve) => setTimeout(resolve, 3_000));
    observer.disconnect();
    return { seen, animations: document.getAnimations().length };
  });
  expect(changes).toEqual({ seen: 0, animations: 0 });
});

test('the page of a contact gives way to nothing, and a call that rings is shown above it', async ({
  gallery,
}) => {
  const scene = await gallery('idle');
  await scene.page.keyboard.press('Control+Comma');
  const field = scene.page.getByLabel('Remind me before breaks, meetings and the end of my shift');
  await field.focus();
  await scene.act((bridge) => bridge.request('demo.customerCall', {}), null);
  await expect(scene.button('Answer')).toBeVisible();
  await expect(field).toBeFocused();
  await scene.button('Answer').click();
  await expect(scene.region('Customer')).toHaveAttribute('data-match', 'exact');
  expect(await activeLabel(scene)).not.toBe('answer');
});
