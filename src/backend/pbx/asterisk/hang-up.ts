import { failure, success } from '../../../shared/result.ts';
import type { Result } from '../../../shared/result.ts';
import type { AmiClient } from '../ami/ami-client.ts';
import type { CallKey, FailedLeg, PbxFailure } from '../pbx.ts';
import { pbxFailure } from './ami-failure.ts';
import type { CallChannel } from './call-tracker.ts';

/** Q.850: destination out of order. */
const OUT_OF_ORDER = '27';
/** What Asterisk says (main/manager.c) of a channel that is gone. */
const ENDED_MEANWHILE = 'No such channel';
/** On the caller's channel, for the dialplan to read when the agent's leg is gone (extensions.conf). */
const PHONE_FAILED_VARIABLE = 'RINGSIDE_PHONE_FAILED';
/** Beside it: the extension that is rung first, where its phone comes back within seconds. */
const RESCUE_BY_VARIABLE = 'RINGSIDE_RESCUE_BY';

/** Ends the leg of a phone that died, so that the customer need not wait in silence for the RTP timeout. */
export const createHangUp =
  (
    ami: Pick<AmiClient, 'send'>,
    channelsOf: (callKey: CallKey) => readonly CallChannel[],
  ): ((leg: FailedLeg) => Promise<Result<{ readonly hadCustomer: boolean }, PbxFailure>>) =>
  async ({ callKey, extension, failedAt, returns = false }) => {
    const channels = channelsOf(callKey);
    const lines = channels.filter(
      (channel) =>
        channel.extension === extension && channel.begunAt !== null && channel.begunAt <= failedAt,
    );
    // who only heard it ring waits in the queue still, and who was asked by a colleague never had the customer
    const hadCustomer = lines.some((line) => line.isUp && !line.isConsult);
    const callers = hadCustomer
      ? channels.filter((channel) => channel.extension === null && !channel.isConsult)
      : [];
    // a caller who is gone meanwhile refuses it, and needs it no more
    const marks = [
      ...(returns ? [[RESCUE_BY_VARIABLE, extension] as const] : []),
      [PHONE_FAILED_VARIABLE, '1'] as const,
    ];
    await Promise.all(
      callers.flatMap(({ name }) =>
        marks.map(([variable, value]) =>
          ami.send('Setvar', [
            ['Channel', name],
            ['Variable', variable],
            ['Value', value],
          ]),
        ),
      ),
    );
    for (const line of lines) {
      const ended = await ami.send('Hangup', [
        ['Channel', line.name],
        ['Cause', OUT_OF_ORDER],
      ]);
      if (!ended.ok && !ended.why.message.includes(ENDED_MEANWHILE))
        return failure(pbxFailure(ended.why));
    }
    return success({ hadCustomer });
  };
