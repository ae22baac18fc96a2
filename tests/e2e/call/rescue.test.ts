import { chmod, mkdtemp, readFile, writeFile } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import {
  answer,
  becomeReady,
  beInCall,
  beRung,
  completeWrapUp,
} from '../../support/agent-at-work.ts';
import { expect, test } from '../../support/end-to-end.ts';
import {
  agentChannels,
  agentState,
  channels,
  isOfferedCalls,
  legOf,
} from '../../support/far-end.ts';
import { pageProcessId } from '../../support/kill-page.ts';
import type { Stack } from '../../support/stack.ts';
import { text } from '../../support/texts.ts';

const hearsMusic = async (stack: Stack): Promise<boolean> =>
  (await channels(stack)).some((name) => name.startsWith('Local/music@ringside-comfort'));

/** In the place of systemd's own tool, as there is no logind here: writes down which locks are held. */
const fakeLocks = async (stack: Stack) => {
  const folder = await mkdtemp(join(stack.scratch, 'locks-'));
  const log = join(folder, 'log');
  const tool = join(folder, 'systemd-inhibit');
  await writeFile(log, '');
  await writeFile(
    tool,
    `#!/bin/sh\necho "+ $1 $2" >> "${log}"\ncat > /dev/null\necho "- $1 $2" >> "${log}"\n`,
  );
  await chmod(tool, 0o755);
  return {
    env: { PATH: `${folder}${delimiter}${process.env['PATH'] ?? ''}` },
    held: async (): Promise<readonly string[]> => {
      const held = new Set<string>();
      for (const line of (await readFile(log, 'utf8')).split('\n')) {
        if (line.startsWith('+')) held.add(line.slice(2));
        else held.delete(line.slice(2));
      }
      return [...held].toSorted();
    },
  };
};

const delayed = '--what=sleep --mode=delay';
const blocked = '--what=sleep:handle-lid-switch --mode=block';

test('the phone stands still for some seconds: music, and talk again; then the whole app is killed: the customer waits in front, and comes back', async ({
  stack,
  deskApp,
}) => {
  test.setTimeout(150_000);
  const killed = await deskApp({ username: 'alice' });
  await becomeReady(killed);
  const call = await beInCall(killed);
  await killed.desk.page.getByRole('textbox', { name: 'Notes' }).fill('Wants a new router');
  await killed.desk.page.getByRole('textbox', { name: 'Notes' }).blur();
  const ahead = killed.desk.page.getByRole('region', { name: text('wrapUp.ahead') });
  await ahead.getByRole('combobox').first().fill('Billing');
  await ahead.getByRole('option').first().click();
  const engine = await pageProcessId(killed.app, 'phone');
  process.kill(engine, 'SIGSTOP');
  const stoppedAt = Date.now();
  try {
    await expect.poll(() => hearsMusic(stack), { timeout: 10_000 }).toBe(true);
  } finally {
    process.kill(engine, 'SIGCONT');
  }
  const musicMs = Date.now() - stoppedAt;
  const wentOnAt = Date.now();
  await expect.poll(() => hearsMusic(stack)).toBe(false);
  test.info().annotations.push({
    type: 'music',
    description: `began within ${musicMs} ms, over ${Date.now() - wentOnAt} ms after the phone went on`,
  });
  expect(await agentChannels(stack, killed.user.extension)).toEqual([call.channel]);

  const killedAt = Date.now();
  await killed.kill();
  await expect
    .poll(() => agentChannels(stack, killed.user.extension), { timeout: 20_000 })
    .toEqual([]);
  test.info().annotations.push({
    type: 'taken back',
    description: `${Date.now() - killedAt} ms after the app was killed`,
  });
  expect(await agentState(stack, 'alice')).toMatchObject({ state: 'wrap_up' });

  const { env, held } = await fakeLocks(stack);
  const alice = await deskApp({ username: 'alice', profile: killed.profile, signIn: false, env });
  await alice.desk.signIn(alice.user.username, alice.user.password);
  const { desk } = alice;
  await expect(desk.wrapUp.getByRole('textbox', { name: 'Notes' })).toHaveValue(
    'Wants a new router',
  );
  await expect(desk.call('ended')).toHaveAttribute('data-call-id', call.callId);
  await expect(desk.wrapUp.getByRole('option', { selected: true })).toContainText('Billing');
  await expect(desk.page.locator('[data-rescue="waits"]')).toBeVisible();
  const wrappedUpAt = Date.now();
  await desk.button('Complete wrap-up').click();
  await desk.ready();
  const again = await beRung(alice, wrappedUpAt);
  await expect(desk.page.locator('[data-rescue="back"]')).toBeVisible();
  await answer(alice, again);
  const before = await legOf(stack, call.callId);
  expect(before).toMatchObject({
    ...{ outcome: 'phone_failed', code: 'billing', notes: 'Wants a new router' },
  });
  expect(await legOf(stack, again.callId)).toMatchObject({ contact_id: before['contact_id'] });
  expect(
    await stack.rows('SELECT why, taken_by FROM rescues WHERE contact_id = $1', [
      before['contact_id'],
    ]),
  ).toMatchObject([{ why: 'desk_gone' }]);
  await expect.poll(held).toEqual([delayed, blocked].toSorted());
  await desk.button('Hang up').click();
  await completeWrapUp(alice);
  await expect.poll(() => isOfferedCalls(stack, alice.user.extension)).toBe(true);

  // The lid is closed: the queue knows before the machine is let go.
  await expect.poll(held).toEqual([delayed]);
  const closedAt = Date.now();
  await alice.app.evaluate(({ powerMonitor }) => powerMonitor.emit('suspend'));
  await expect.poll(held, { intervals: [20] }).toEqual([]);
  expect(await isOfferedCalls(stack, alice.user.extension)).toBe(false);
  test.info().annotations.push({
    type: 'told before sleep',
    description: `${Date.now() - closedAt} ms`,
  });
  await alice.app.evaluate(({ powerMonitor }) => powerMonitor.emit('resume'));
  await expect
    .poll(() => isOfferedCalls(stack, alice.user.extension), { timeout: 20_000 })
    .toBe(true);
  await expect.poll(held).toEqual([delayed]);
});
