import { failure, success } from '../../../shared/result.ts';
import type { Result } from '../../../shared/result.ts';
import type { AmiClient } from '../ami/ami-client.ts';
import type { PbxFailure, QueueMember } from '../pbx.ts';
import { agentInterface, isExtension } from './agent-channel.ts';
import { pbxFailure } from './ami-failure.ts';
import { queueMembers } from './pbx-snapshot.ts';

export type QueueMembership = {
  readonly set: (member: QueueMember) => Promise<Result<null, PbxFailure>>;
  readonly remove: (queue: string, extension: string) => Promise<Result<null, PbxFailure>>;
  readonly all: () => Promise<Result<readonly QueueMember[], PbxFailure>>;
};

const QUEUE_NAME = /^[A-Za-z0-9_-]{1,64}$/;
const MAX_REASON_LENGTH = 64;

export const isQueueName = (text: string): boolean => QUEUE_NAME.test(text);

/** What app_queue says (apps/app_queue.c) when there is nothing to change. */
const NOT_A_MEMBER = 'Interface not found';
const ALREADY_OUT = 'Not there';

const refused = (message: string) => failure({ code: 'pbx_refused', message } as const);

export const createQueueMembership = (ami: Pick<AmiClient, 'send' | 'list'>): QueueMembership => ({
  set: async (member) => {
    if (!isQueueName(member.queue) || !isExtension(member.extension))
      return refused('not a queue and an extension');
    const interfaceName = agentInterface(member.extension);
    const standing = [
      ['Queue', member.queue],
      ['Interface', interfaceName],
      ['Paused', String(member.paused)],
      ['Reason', member.pauseReason.slice(0, MAX_REASON_LENGTH)],
    ] as const;
    const changed = await ami.send('QueuePause', standing);
    if (changed.ok) return success(null);
    if (!changed.why.message.includes(NOT_A_MEMBER)) return failure(pbxFailure(changed.why));
    const added = await ami.send('QueueAdd', [
      ...standing,
      ['StateInterface', interfaceName],
      ['MemberName', member.extension],
    ]);
    return added.ok ? success(null) : failure(pbxFailure(added.why));
  },
  remove: async (queue, extension) => {
    if (!isQueueName(queue) || !isExtension(extension))
      return refused('not a queue and an extension');
    const removed = await ami.send('QueueRemove', [
      ['Queue', queue],
      ['Interface', agentInterface(extension)],
    ]);
    if (removed.ok || removed.why.message.includes(ALREADY_OUT)) return success(null);
    return failure(pbxFailure(removed.why));
  },
  all: async () => {
    const status = await ami.list('QueueStatus');
    return status.ok ? success(queueMembers(status.value)) : failure(pbxFailure(status.why));
  },
});
