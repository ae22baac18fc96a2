import type { PostCallBack } from '../../../shared/api/call-backs.ts';
import type { User } from '../../../shared/api/records.ts';
import { success } from '../../../shared/result.ts';
import type { Queryable } from '../../database/database.ts';
import { refused, type Answer } from '../../problem.ts';
import { listQueuesOf } from '../accounts/accounts-repository.ts';
import { maySee } from '../contacts/contact-access.ts';
import { findContact } from '../contacts/contact-repository.ts';

/** What a call-back belongs to. */
export type PlaceOfCallBack = {
  readonly queue: string | null;
  readonly contactId: string | null;
  readonly customerId: string | null;
};

const exists = async (database: Queryable, table: 'customers' | 'queues', key: string) =>
  (
    await database.query<object>(
      table === 'customers'
        ? 'SELECT 1 FROM customers WHERE id = $1'
        : 'SELECT 1 FROM queues WHERE name = $1',
      [key],
    )
  ).length > 0;

/** The contact, customer and queue that were named, as far as this user may name them. */
export const findPlaceOfCallBack = async (
  database: Queryable,
  user: User,
  { kind, forQueue, queue: named, contactId, customerId }: PostCallBack,
): Promise<Answer<PlaceOfCallBack>> => {
  const contact = contactId === null ? null : await findContact(database, contactId);
  if (contactId !== null && (contact === null || !(await maySee(database, user, contactId)))) {
    return refused('not_found', 'there is no such contact among those you may see');
  }
  if (customerId !== null && !(await exists(database, 'customers', customerId))) {
    return refused('not_found', 'there is no such customer');
  }
  const queue = named ?? contact?.queue ?? null;
  if (queue !== null && !(await exists(database, 'queues', queue))) {
    return refused('invalid', `body/queue "${queue}" is no queue`);
  }
  const isForeign =
    user.role === 'agent' &&
    queue !== null &&
    queue !== contact?.queue &&
    !(await listQueuesOf(database, user.id)).includes(queue);
  if (isForeign) return refused('not_allowed', `body/queue "${queue}" is none that you serve`);
  if (forQueue && kind === 'follow_up') {
    return refused('invalid', 'body/forQueue: a queue is offered calls alone');
  }
  if (forQueue && queue === null) return refused('invalid', 'body/queue is missing');
  return success({ queue, contactId, customerId: customerId ?? contact?.customerId ?? null });
};
