import { expect, test } from 'vitest';
import { createNoPbx } from './no-pbx.ts';

test('without a PBX every command says that it is not supported', async () => {
  const pbx = createNoPbx();
  pbx.start();
  expect(pbx.status()).toEqual({ state: 'absent' });
  const answers = await Promise.all([
    pbx.setMember({ queue: 'support', extension: '1001', paused: false, pauseReason: '' }),
    pbx.members(),
    pbx.mintCredentials('1001', 1),
    pbx.hangUp({ callKey: 'a', extension: '1001', failedAt: 1 }),
    pbx.startRecording({ callKey: 'a', extension: '1001', recordingId: 'b' }),
    pbx.runningRecordings(),
  ]);
  expect(answers.map((answer) => (answer.ok ? 'ok' : answer.why.code))).toEqual(
    Array(6).fill('not_supported'),
  );
  await pbx.stop();
});
