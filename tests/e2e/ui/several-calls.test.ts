import { text, type Language } from '../../support/texts.ts';
import { expect, large, type Scene, small, test } from './support/gallery.ts';

/** Several calls at once: handing over, asking first, talking together, and what of it the agent is told. */

const customer = '00000000-0000-7000-8000-000000000301';
const consult = '00000000-0000-7000-8000-000000000350';

const commands = async (scene: Scene): Promise<readonly unknown[]> => scene.asked('phone.command');

const line = ({ page }: Scene, callId: string) => page.locator(`[data-call-id="${callId}"]`);

test('whom a call goes to is found by typing, and asked first by one key', async ({ gallery }) => {
  const scene = await gallery('in-call');
  await scene.page.keyboard.press('Control+Shift+KeyT');
  const panel = scene.region('Transfer');
  await expect(panel.getByRole('combobox')).toBeFocused();
  await expect(panel.getByRole('option', { name: /Tom Okafor.*Ready/u })).toBeVisible();
  await expect(panel.getByRole('option', { name: /Mei Tanaka.*Not reachable/u })).toBeVisible();

  await scene.page.keyboard.type('mei');
  await expect(panel.getByText('Mei Tanaka cannot be reached now.')).toBeVisible();
  await expect(scene.button('Transfer now')).toHaveCount(0);
  await panel.getByRole('combobox').fill('sal');
  await expect(panel.getByRole('option', { selected: true })).toContainText('4 waiting');
  await expect(scene.button('Transfer now')).toBeVisible();
  await expect(scene.button('Ask first')).toHaveCount(0);

  await panel.getByRole('combobox').fill('oka');
  await scene.page.keyboard.press('Enter');
  await expect(line(scene, consult)).toContainText('Tom Okafor');
  await expect(line(scene, customer)).toContainText('On hold');
  await expect(panel).toHaveCount(0);
  expect(await commands(scene)).toEqual([
    { kind: 'consult', callId: customer, to: { kind: 'agent', extension: '1002' } },
  ]);
});

test('a number typed is handed the call at once, and a refusal brings it back in words', async ({
  gallery,
}) => {
  const scene = await gallery('in-call');
  const place = await scene.button('Hang up').boundingBox();
  await scene.button('Transfer').click();
  await scene.page.keyboard.type('220145903');
  await scene.page.keyboard.press('Shift+Enter');
  await expect(scene.region('Call')).toContainText('Handing over to 220145903…');
  for (const name of ['Mute', 'Resume', 'Transfer', 'Add call']) {
    await expect(scene.button(name)).toHaveCount(0);
  }
  expect(await scene.button('Hang up').boundingBox()).toEqual(place);
  await scene.act((bridge) => {
    bridge.changePhone({
      calls: bridge
        .phone()
        .calls.map((call) =>
          call.state === 'connected'
            ? { ...call, hold: 'none', transfer: { state: 'failed', to: '1002', sipCode: 486 } }
            : call,
        ),
    });
  }, null);
  await expect(
    scene.page.getByText('Tom Okafor is busy. Marta Villanueva Ruiz is with you again.'),
  ).toBeVisible();
  await expect(scene.page.getByRole('status').first()).toHaveText('Tom Okafor is busy.');
  await expect(scene.button('Transfer')).toBeVisible();
  expect(await commands(scene)).toEqual([
    { kind: 'transfer', callId: customer, to: { kind: 'number', number: '220145903' } },
  ]);
});

test('keys swap, join, part and hand over two calls, and hang up the colleague alone', async ({
  gallery,
}) => {
  const scene = await gallery('consult');
  const { keyboard } = scene.page;
  await expect(line(scene, customer)).toContainText(/On hold 0:3\d/u);
  await expect(scene.button('Hang up')).toHaveCount(1);
  await keyboard.press('Control+Shift+KeyL');
  await expect(line(scene, consult)).toContainText('On hold');
  await keyboard.press('Control+Shift+KeyL');
  await expect(line(scene, customer)).toContainText('On hold');
  await keyboard.press('Control+Shift+KeyJ');
  await expect(scene.button('Leave them talking')).toBeVisible();
  await expect(scene.button('Hold')).toHaveCount(0);
  await keyboard.press('Control+Shift+KeyE');
  await keyboard.press('Control+Shift+KeyJ');
  await expect(scene.button('Complete transfer')).toBeVisible();
  await keyboard.press('Control+Shift+KeyL');
  await expect(line(scene, customer)).toContainText('On hold');
  await keyboard.press('Control+Shift+KeyE');
  await expect(scene.button('Complete transfer')).toHaveCount(0);
  await expect(scene.region('Wrap-up')).toHaveCount(0);
  const both = { callId: customer, withCallId: consult };
  expect(await commands(scene)).toEqual([
    { kind: 'resume', callId: customer },
    { kind: 'resume', callId: consult },
    { kind: 'merge', ...both },
    { kind: 'split', callId: customer },
    { kind: 'resume', callId: consult },
    { kind: 'end', callId: consult },
  ]);
  const done = await gallery('consult');
  await done.page.keyboard.press('Control+Shift+KeyO');
  await expect(done.region('Wrap-up')).toBeVisible();
  await expect(done.page.getByText('You handed the call over')).toBeVisible();
  expect(await commands(done)).toEqual([{ kind: 'complete_transfer', ...both }]);
});

test('a second call is dialled while the first waits; each is named once, the microphone truly', async ({
  gallery,
}) => {
  const scene = await gallery('in-call');
  await scene.button('Add call').click();
  const field = scene.page.getByRole('textbox', { name: 'Number', exact: true });
  await expect(field).toBeFocused();
  await scene.page.keyboard.type('00351220145903');
  await expect(scene.region('Add call')).toContainText('International: Portugal');
  await scene.page.keyboard.press('Enter');
  await expect(line(scene, customer)).toContainText('On hold');
  await expect(scene.page.locator('[data-call-id]')).toHaveCount(2);
  const talking = await gallery('second-call');
  await expect(talking.page.getByRole('button', { name: /^Microphone/u })).toContainText('Live');
});

test('a colleague who calls is said to ask about the customer, until the customer is handed over', async ({
  gallery,
}) => {
  const asks = 'Tom Okafor asks about Marta Villanueva Ruiz';
  const banner = await gallery('asked-wrap-up');
  await expect(
    banner.page.getByRole('article', { name: `Incoming call from ${asks}` }),
  ).toBeVisible();
  const scene = await gallery('asked-ringing');
  const { page } = scene;
  await expect(page.getByRole('alert').last()).toHaveText(
    new RegExp(`^${asks}.*Card terminal`, 'u'),
  );
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(asks);
  await scene.button('Answer').click();
  const call = scene.region('Call');
  await expect(call.getByRole('heading', { level: 1 })).toHaveText('Tom Okafor');
  await expect(call).toContainText('about Marta Villanueva Ruiz');
  await scene.act((bridge) => {
    bridge.changePhone({
      calls: bridge.phone().calls.map((known) => ({
        ...known,
        remote: { number: '+34963152208', name: 'PUERTO AZUL' },
      })),
    });
  }, null);
  await expect(call.getByRole('heading', { level: 1 })).toHaveText('Marta Villanueva Ruiz');
  await expect(page.getByRole('status').first()).toHaveText('You speak with PUERTO AZUL now');
});

test('a hang-up that the line holds back is told without moving anything', async ({ gallery }) => {
  for (const language of ['en', 'es', 'pt'] satisfies readonly Language[]) {
    const scene = await gallery('line-down', { language }, small);
    const words = scene.page.getByText(text('end.unreleased', language));
    await expect(words).toBeVisible();
    const editor = scene.page.getByRole('region', { name: text('wrapUp.region', language) });
    const place = await editor.boundingBox();
    await scene.act((bridge) => {
      bridge.changePhone({
        calls: bridge
          .phone()
          .calls.map((call) => (call.state === 'ended' ? { ...call, released: true } : call)),
      });
    }, null);
    await expect(words).toHaveCount(0);
    expect(await editor.boundingBox(), language).toEqual(place);
  }
});

test('the dial field has a quiet word about a strange or far number, never about help, and stops nobody', async ({
  gallery,
}) => {
  const scene = await gallery('idle');
  const field = scene.page.getByRole('textbox', { name: 'Number', exact: true });
  const caution = scene.page.locator('[data-caution]');
  await field.fill('+12025550123');
  await expect(caution).toHaveText('International: United States');
  await field.fill('6123456789012');
  await expect(caution).toHaveText('Unlikely number: look again');
  await field.fill('61234567');
  await expect(caution).toHaveText('Perhaps too short');
  for (const help of ['112', '1 1 2', '9-1-1', '0 9 1', '612345678', '1002']) {
    await field.fill(help);
    await expect(caution).toHaveCount(0);
  }
  // Also once nobody types any more.
  await field.fill('0 9 1');
  await scene.page.waitForTimeout(1_000);
  await expect(caution).toHaveCount(0);
  await field.fill('61234567');
  await scene.page.keyboard.press('Enter');
  await expect(scene.page.locator('[data-call-state="alerting"]')).toBeVisible();
  expect(await commands(scene)).toEqual([{ kind: 'dial', number: '61234567' }]);
});

test('the last number comes back by an arrow, and whoever called is called back by one press or key', async ({
  gallery,
}) => {
  const scene = await gallery('missed');
  await scene.page.keyboard.press('Control+Shift+KeyD');
  await scene.page.keyboard.press('ArrowUp');
  const field = scene.page.getByRole('textbox', { name: 'Number', exact: true });
  await expect(field).toHaveValue('+4930901820');
  await scene.page.keyboard.press('Control+Shift+KeyR');
  await expect(scene.page.locator('[data-call-state="alerting"]')).toBeVisible();
  expect(await commands(scene)).toEqual([{ kind: 'dial', number: '+34963152208' }]);
  const idle = await gallery('idle');
  await idle.button('Call back Kwame Mensah').click();
  await expect(idle.page.locator('[data-call-state="alerting"]')).toBeVisible();
  expect(await commands(idle)).toEqual([{ kind: 'dial', number: '+233302123456' }]);
});

for (const size of [large, small]) {
  test(`the way back to the desk is whole at ${size.width}×${size.height}`, async ({ gallery }) => {
    const scene = await gallery('consult', { language: 'pt' }, size);
    await scene.page.keyboard.press('Control+Comma');
    const back = await scene.button(text('app.desk', 'pt')).boundingBox();
    const bar = await scene.region(text('call.region', 'pt')).boundingBox();
    expect(back?.width).toBeGreaterThan(100);
    expect((back?.x ?? 0) + (back?.width ?? 0)).toBeLessThanOrEqual(
      (bar?.x ?? 0) + (bar?.width ?? 0),
    );
    await expect(scene.button(text('call.end', 'pt'))).toBeInViewport({ ratio: 1 });
  });
}
