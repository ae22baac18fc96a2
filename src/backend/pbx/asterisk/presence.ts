import { failure, success } from '../../../shared/result.ts';
import type { Result } from '../../../shared/result.ts';
import type { AmiClient } from '../ami/ami-client.ts';
import { field } from '../ami/ami-message.ts';
import type { PbxFailure, PbxPresence } from '../pbx.ts';
import { isExtension } from './agent-channel.ts';
import { pbxFailure } from './ami-failure.ts';
import { queueEntries } from './pbx-snapshot.ts';

/** What Asterisk answers to `PJSIPShowContacts` while no phone is registered. */
const NO_CONTACTS = 'No Contacts found';

/** Asterisk's words for a contact that did not answer OPTIONS, or is being taken out. */
const GONE = new Set(['Unreachable', 'Removed']);

/** Which phones answer, and who waits. Without `qualify_frequency` every registered phone counts as answering. */
export const readPresence = async (
  ami: Pick<AmiClient, 'list'>,
): Promise<Result<PbxPresence, PbxFailure>> => {
  const [contacts, queues] = await Promise.all([
    ami.list('PJSIPShowContacts'),
    ami.list('QueueStatus'),
  ]);
  if (!contacts.ok && !contacts.why.message.includes(NO_CONTACTS))
    return failure(pbxFailure(contacts.why));
  if (!queues.ok) return failure(pbxFailure(queues.why));
  const reachable = (contacts.ok ? contacts.value : [])
    .filter((message) => !GONE.has(field(message, 'Status')))
    // `ObjectName` is `1001;@hash`, named by the address of record
    .map((message) => field(message, 'Aor') || (field(message, 'ObjectName').split(';')[0] ?? ''))
    .filter(isExtension);
  const waiting: Record<string, number> = {};
  for (const { queue } of queueEntries(queues.value)) waiting[queue] = (waiting[queue] ?? 0) + 1;
  return success({ reachable: [...new Set(reachable)], waiting });
};
