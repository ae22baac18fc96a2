import { text } from '../../support/texts.ts';
import { expect, type Scene, test } from './support/gallery.ts';

/** Calls that come in by rules: the switch, the words of a rejection, the guard after an automatic answer. */

const direct = '00000000-0000-7000-8000-000000000320';

const commands = (scene: Scene): Promise<readonly unknown[]> => scene.asked('phone.command');
const polite = ({ page }: Scene) => page.locator('[aria-live="polite"], [role="status"]');

test('do not disturb is switched by mouse and key, moves nothing and is spoken', async ({
  gallery,
}) => {
  const scene = await gallery('idle');
  const toggle = scene.page.getByRole('switch', { name: 'Do not disturb' });
  const today = scene.region('Today');
  await expect(toggle).not.toBeChecked();
  const place = await today.boundingBox();
  await toggle.click();
  await expect(toggle).toBeChecked();
  expect(await today.boundingBox()).toEqual(place);
  await expect(polite(scene).filter({ hasText: 'Do not disturb is on' })).not.toHaveCount(0);
  await scene.page.keyboard.press('Control+Shift+KeyI');
  await expect(toggle).not.toBeChecked();
  expect(await scene.asked('agent.doNotDisturb')).toEqual([{ on: true }, { on: false }]);
});

test('a colleague in peace can be neither asked nor handed a call, and reads so', async ({
  gallery,
}) => {
  const scene = await gallery('in-call');
  await scene.page.keyboard.press('Control+Shift+KeyT');
  const panel = scene.region('Transfer');
  await expect(
    panel.getByRole('option', { name: /Samir Haddad.*Ready · Do not disturb/u }),
  ).toBeVisible();
  await scene.page.keyboard.type('samir');
  await expect(panel.getByText('Samir Haddad does not want to be disturbed now.')).toBeVisible();
  await expect(scene.button('Transfer now')).toHaveCount(0);
  await expect(scene.button('Ask first')).toHaveCount(0);
  await scene.page.keyboard.press('Enter');
  expect(await commands(scene)).toEqual([]);
});

test('a direct call is rejected with one press, or with a word by keyboard alone', async ({
  gallery,
}) => {
  const plain = await gallery('ringing-direct');
  await plain.page.keyboard.press('Control+Shift+KeyX');
  expect(await commands(plain)).toEqual([{ kind: 'reject', callId: direct }]);

  const scene = await gallery('ringing-direct');
  await scene.button('Reject with a reason').focus();
  await scene.page.keyboard.press('Enter');
  await expect(scene.page.getByRole('menuitem', { name: 'Say that I am busy' })).toBeFocused();
  await scene.page.keyboard.press('ArrowDown');
  await scene.page.keyboard.press('ArrowDown');
  await scene.page.keyboard.press('Enter');
  await expect(scene.region('Call').getByText('You will call back')).toBeVisible();
  const notice = scene.page.locator(`[data-call-id="${direct}"]`);
  await notice.getByRole('button', { name: 'Call back' }).click();
  expect(await commands(scene)).toEqual([
    { kind: 'reject', callId: direct, reason: 'call_back' },
    { kind: 'dial', number: '+34963152208' },
  ]);
});

test('the words of a rejection are in the spotlight, and nowhere for a queue’s call', async ({
  gallery,
}) => {
  const queue = await gallery('ringing');
  await expect(queue.button('Reject')).toBeVisible();
  await expect(queue.button('Reject with a reason')).toHaveCount(0);

  const scene = await gallery('ringing-direct-second');
  await scene.page.keyboard.press('Control+KeyK');
  await scene.page.getByPlaceholder('What do you want to do?').fill('busy');
  await scene.page.keyboard.press('Enter');
  expect(await commands(scene)).toEqual([{ kind: 'reject', callId: direct, reason: 'busy' }]);
});

/** The call that rings is answered by the phone itself, now. */
const answerByItself = (scene: Scene) =>
  scene.act((bridge) => {
    const [call] = bridge.phone().calls;
    if (call?.state !== 'offered') throw new Error('nothing rings');
    const at = Date.now();
    const { callId, callKey } = call;
    const id = '00000000-0000-7000-8000-000000000999';
    bridge.changePhone({
      calls: [
        {
          ...{ ...call, state: 'connected', answeredAt: at, hold: 'none', muted: false },
          ...{ transfer: null, conference: false },
          facts: [...call.facts, { kind: 'answered', id, at, callId, callKey, automatic: true }],
        },
      ],
    });
  }, null);

test('hanging up rests after an automatic answer, says why, and works again without moving', async ({
  gallery,
}) => {
  const scene = await gallery('ringing', { language: 'pt' });
  const end = scene.button(text('call.end', 'pt'));
  await answerByItself(scene);
  await expect(end).toHaveAttribute('aria-disabled', 'true');
  const place = await end.boundingBox();
  // By its place: the driver itself waits for what rests.
  await scene.page.mouse.click((place?.x ?? 0) + 10, (place?.y ?? 0) + 10);
  await expect(
    polite(scene).filter({ hasText: text('phone.refusal.just_answered', 'pt') }),
  ).not.toHaveCount(0);
  await expect(scene.page.locator('[data-call-state="connected"]')).toBeVisible();
  await expect(end).not.toHaveAttribute('aria-disabled');
  expect(await end.boundingBox()).toEqual(place);
  await end.click();
  await expect(scene.region(text('wrapUp.region', 'pt'))).toBeVisible();
});

test('an automatic answer is spoken', async ({ gallery }) => {
  const scene = await gallery('ringing');
  await answerByItself(scene);
  await expect(
    polite(scene).filter({ hasText: 'A call was answered by itself. You are connected.' }),
  ).not.toHaveCount(0);
});

test('what direct callers meet is set for calls and for wrap-ups', async ({ gallery }) => {
  const scene = await gallery('idle');
  await scene.page.keyboard.press('Control+Comma');
  const choice = (name: string) =>
    scene.page.getByRole('radiogroup', { name }).getByText('Busy signal');
  await choice('During wrap-up').click();
  await choice('During another call').click();
  expect(await scene.asked('settings.change')).toEqual([
    { incoming: { duringCall: 'ring', duringWrapUp: 'busy' } },
    { incoming: { duringCall: 'busy', duringWrapUp: 'busy' } },
  ]);
});
