import { expect, test } from 'vitest';
import { failure, success } from '../../../shared/result.ts';
import type { AmiAnswer } from '../ami/ami-connection.ts';
import type { AmiFields } from '../ami/ami-encoder.ts';
import { amiMessage } from '../ami/ami-message.ts';
import type { FailedLeg } from '../pbx.ts';
import type { CallChannel } from './call-tracker.ts';
import { createHangUp } from './hang-up.ts';

const customer: CallChannel = {
  name: 'PJSIP/trunk-00000001',
  uniqueId: 'u1',
  extension: null,
  isUp: true,
  begunAt: 1_000,
  isConsult: false,
};
const agent: CallChannel = {
  name: 'PJSIP/1001-00000002',
  uniqueId: 'u2',
  extension: '1001',
  isUp: true,
  begunAt: 2_000,
  isConsult: false,
};
const leg = { callKey: 'key', extension: '1001', failedAt: 5_000 };

const done: AmiAnswer = success(amiMessage([['Response', 'Success']]));

/** Asks for the end of the leg; gives the answer and what went to the PBX. */
const hangUp = async (
  channels: readonly CallChannel[],
  hangupAnswer: AmiAnswer = done,
  asked: FailedLeg = leg,
) => {
  const sent: string[] = [];
  const send = (action: string, headers: AmiFields = []) => {
    sent.push([action, ...headers.map(([, text]) => text)].join(' '));
    return Promise.resolve(action === 'Hangup' ? hangupAnswer : done);
  };
  const answer = await createHangUp({ send }, () => channels)(asked);
  return { answer: answer.ok ? 'ended' : answer.why.code, sent };
};

test('the caller is marked for the dialplan before the agent’s leg is ended', async () => {
  expect(await hangUp([customer, agent])).toEqual({
    answer: 'ended',
    sent: ['Setvar PJSIP/trunk-00000001 RINGSIDE_PHONE_FAILED 1', 'Hangup PJSIP/1001-00000002 27'],
  });
});

test('where its phone comes back within seconds, the dialplan is told whom to ring first', async () => {
  const { answer, sent } = await hangUp([customer, agent], done, { ...leg, returns: true });
  expect(answer).toBe('ended');
  expect(sent).toEqual([
    'Setvar PJSIP/trunk-00000001 RINGSIDE_RESCUE_BY 1001',
    'Setvar PJSIP/trunk-00000001 RINGSIDE_PHONE_FAILED 1',
    'Hangup PJSIP/1001-00000002 27',
  ]);
});

test('a leg that only rang is ended, and its caller, who waits still, is not marked', async () => {
  const { sent } = await hangUp([customer, { ...agent, isUp: false }]);
  expect(sent).toEqual(['Hangup PJSIP/1001-00000002 27']);
});

test('with the line to the customer the one that asked a colleague ends as well', async () => {
  const asking = { ...agent, name: 'PJSIP/1001-00000003', begunAt: 3_000, isConsult: true };
  const { sent } = await hangUp([customer, agent, asking]);
  expect(sent).toEqual([
    'Setvar PJSIP/trunk-00000001 RINGSIDE_PHONE_FAILED 1',
    'Hangup PJSIP/1001-00000002 27',
    'Hangup PJSIP/1001-00000003 27',
  ]);
});

test('when the phone of a colleague who was only asked dies, the customer stays where it is', async () => {
  const { sent } = await hangUp([customer, { ...agent, isConsult: true }]);
  expect(sent).toEqual(['Hangup PJSIP/1001-00000002 27']);
});

test.each([
  ['that is over', []],
  ['that began after the phone died', [{ ...agent, begunAt: 5_001 }]],
  ['of another agent', [{ ...agent, extension: '1002' }]],
])('nothing is asked of the PBX for a leg %s', async (_which, legs) => {
  expect(await hangUp([customer, ...legs])).toEqual({ answer: 'ended', sent: [] });
});

test('a leg that ended meanwhile is as good as ended; any other refusal is told', async () => {
  const refused = (message: string) => failure({ code: 'refused', message } as const);
  expect(await hangUp([agent], refused('No such channel'))).toMatchObject({ answer: 'ended' });
  expect(await hangUp([agent], refused('Permission denied'))).toMatchObject({
    answer: 'pbx_refused',
  });
});
