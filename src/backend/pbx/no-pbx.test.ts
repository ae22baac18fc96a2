import { expect, test } from 'vitest';
import { failure, success } from '../../shared/result.ts';
import { createNoPbx } from './no-pbx.ts';

const now = () => 1_000;
const account = {
  extension: '1001',
  username: 'front-desk',
  password: 'canary',
  uri: 'sip:4711@sip.example',
};

test('without a PBX every command says that it is not supported', async () => {
  const pbx = createNoPbx({ readAccounts: null, now });
  pbx.start();
  expect(pbx.status()).toEqual({ state: 'absent' });
  const answers = await Promise.all([
    pbx.setMember({ queue: 'support', extension: '1001', paused: false, pauseReason: '' }),
    pbx.members(),
    pbx.mintCredentials('1001', 1),
    pbx.hangUp({ callKey: 'a', extension: '1001', failedAt: 1 }),
    pbx.startRecording({ callKey: 'a', extension: '1001', recordingId: 'b' }),
    pbx.runningRecordings(),
    pbx.supervise({
      ...{ joinId: 'c', supervisorExtension: '1002', agentExtension: '1001', callKey: 'a' },
      mode: 'listen',
    }),
    pbx.superviseMode('c', 'barge'),
    pbx.endSupervision('c'),
    pbx.takeOver({ callKey: 'a', agentExtension: '1001', supervisorExtension: '1002' }),
  ]);
  expect(answers.map((answer) => (answer.ok ? 'ok' : answer.why.code))).toEqual(
    Array(10).fill('not_supported'),
  );
  await pbx.stop();
});

test('an agent is given the account that the list has now', async () => {
  let list = [account];
  const pbx = createNoPbx({ readAccounts: () => Promise.resolve(success(list)), now });
  expect(await pbx.mintCredentials('1001', 500)).toEqual({
    ok: true,
    value: {
      username: 'front-desk',
      password: 'canary',
      uri: 'sip:4711@sip.example',
      expiresAt: 1_500,
    },
  });
  list = [];
  expect(await pbx.mintCredentials('1001', 500)).toMatchObject({
    ok: false,
    why: { code: 'no_account' },
  });
});

test('a list that cannot be used gives nobody an account, and says why', async () => {
  const pbx = createNoPbx({ readAccounts: () => Promise.resolve(failure('is not JSON')), now });
  expect(await pbx.mintCredentials('1001', 500)).toEqual({
    ok: false,
    why: { code: 'accounts_unusable', message: 'is not JSON' },
  });
});
