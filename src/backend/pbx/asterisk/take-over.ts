import { failure, success } from '../../../shared/result.ts';
import type { Result } from '../../../shared/result.ts';
import type { AmiClient } from '../ami/ami-client.ts';
import type { CallKey, PbxFailure } from '../pbx.ts';
import type { TakeOver } from '../supervision.ts';
import { isExtension } from './agent-channel.ts';
import { pbxFailure } from './ami-failure.ts';
import type { CallChannel } from './call-tracker.ts';

/** resources/pbx/etc/extensions.conf: no phone can dial or transfer there. */
const TAKE_OVER_CONTEXT = 'ringside-take-over';

/** A blind transfer in the agent's name, to a phone that asked for it. */
export const takeOver = async (
  ami: Pick<AmiClient, 'send'>,
  agentChannel: (callKey: CallKey, extension: string) => CallChannel | undefined,
  { callKey, agentExtension, supervisorExtension }: TakeOver,
): Promise<Result<null, PbxFailure>> => {
  if (!isExtension(supervisorExtension) || supervisorExtension === agentExtension)
    return failure({ code: 'pbx_refused', message: 'not the extension of another phone' });
  const channel = agentChannel(callKey, agentExtension);
  if (channel === undefined) {
    return failure({
      code: 'no_such_call',
      message: 'the agent is not with the customer of this call',
    });
  }
  const handed = await ami.send('BlindTransfer', [
    ['Channel', channel.name],
    ['Context', TAKE_OVER_CONTEXT],
    ['Exten', supervisorExtension],
  ]);
  return handed.ok ? success(null) : failure(pbxFailure(handed.why));
};
