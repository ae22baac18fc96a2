import { runProgram } from '../../../scripts/platform/run-program.ts';
import { expect, test } from '../../support/end-to-end.ts';
import { expectAgentState } from '../../support/far-end.ts';

test.afterEach(({ stack }) => stack.rows(`DELETE FROM centre_settings WHERE name = 'shiftCheck'`));

test('a centre that asks for the shift-start check gets it: by keyboard, over the real line, and Ready follows', async ({
  stack,
  deskApp,
}) => {
  await stack.rows(
    `INSERT INTO centre_settings (name, value) VALUES ('shiftCheck', '{"condition": "done"}')`,
  );
  const alice = await deskApp({ username: 'alice' });
  await expect(alice.desk.statusLine).toContainText('Registered');
  await alice.desk.ready();
  await expectAgentState(alice, { state: 'not_ready', reason: 'hindered_check_due' });
  const { page } = alice.desk;
  const { keyboard } = page;
  const mute = (value: '0' | '1') =>
    runProgram('pactl', ['set-source-mute', 'headset_mic', value], { env: stack.screen.sound.env });
  const asked = (words: string) =>
    expect(page.getByRole('heading', { name: words })).toBeVisible({ timeout: 20_000 });

  await mute('1');
  await keyboard.press('Control+KeyK');
  await expect(page.getByPlaceholder('What do you want to do?')).toBeFocused();
  await keyboard.type('Shift-start check');
  await keyboard.press('Enter');
  await expect(page.getByRole('button', { name: 'Start the check' })).toBeFocused();
  await keyboard.press('Enter');
  await asked('Be quiet for a moment');
  await asked('Say a sentence');
  await mute('0');
  await asked('Listen: three notes are played');
  // The voice goes on, and is not taken for the notes.
  for (const question of ['Did you hear three notes?', 'Did you hear it ring?']) {
    await asked(question);
    await expect(page.getByRole('button', { name: 'Yes' })).toBeFocused();
    await keyboard.press('Enter');
  }
  const verdict = page.locator('[data-verdict]');
  await expect(verdict).toBeVisible({ timeout: 30_000 });
  await expect(verdict.getByRole('heading', { level: 2 })).toBeFocused();
  for (const step of ['machine', 'line', 'microphone', 'speaker', 'ringer']) {
    await expect(page.locator(`[data-step="${step}"]`)).toHaveAttribute('data-state', 'done');
  }

  const kept = async () =>
    (
      await stack.rows(
        `SELECT c.word, c.skipped, c.fact::json->'measured' AS measured FROM shift_checks c
           JOIN users u ON u.id = c.agent_id WHERE u.username = 'alice' ORDER BY c.at DESC LIMIT 1`,
        [],
      )
    )[0];
  // How good it is depends on how busy this machine is.
  await expect.poll(kept).toMatchObject({
    word: await verdict.getAttribute('data-verdict'),
    skipped: [],
    measured: {
      line: { state: 'measured', seconds: 10, lossPercent: expect.any(Number) },
      microphone: { state: 'heard', speechDbfs: expect.any(Number) },
      speaker: { played: true, heardBy: 'agent' },
      ringer: { played: true, heard: true },
      machine: { writable: true, busyPercent: expect.any(Number) },
    },
  });
  await expectAgentState(alice, { state: 'ready' });
});
