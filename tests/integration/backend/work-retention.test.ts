import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { zendeskFake } from '../../../src/backend/connectors/zendesk/zendesk.fake.ts';
import { applyCentre } from '../../../src/backend/modules/centre/apply-centre.ts';
import { backendForEachTest } from '../../support/backend-bed.ts';
import { startFakeVendor, type FakeVendor } from '../../support/connectors/fake-vendor.ts';
import { customers, people } from '../../support/centre.ts';
import {
  addCalls,
  connect,
  createHandClock,
  deedLines,
  startOutboxBackend,
  wrapUp,
} from '../../support/deeds/outbox-bed.ts';

let vendor: FakeVendor;
beforeEach(async () => {
  vendor = await startFakeVendor(zendeskFake());
});
afterEach(() => vendor.stop());
const bed = backendForEachTest(() => ({ config: { vendorOrigins: vendor.origins } }));

const dayMs = 86_400_000;
const daysAgo = (days: number): number => Date.now() - days * dayMs;

const hold = (of: { readonly contactId?: string; readonly customerId?: string }) =>
  bed.database.query(
    `INSERT INTO legal_holds (id, contact_id, customer_id, reason, since)
     VALUES (gen_random_uuid(), $1, $2, 'a claim', 1)`,
    [of.contactId ?? null, of.customerId ?? null],
  );

/** `overDays` null: it is open. Answers its id. */
const callBack = async (
  overDays: number | null,
  of: { readonly contactId?: string; readonly customerId?: string } = {},
): Promise<string> => {
  const id = randomUUID();
  await bed.database.query(
    `INSERT INTO call_backs (id, kind, state, number, note, due_at, created_by, created_at, owner_id, contact_id,
       customer_id, over_at)
     VALUES ($1, 'call_back', $2, '+13035550123', '', $3, $4, $3, $4, $5, $6, $7)`,
    [
      ...[id, overDays === null ? 'scheduled' : 'done', daysAgo(500), people.alice.id],
      ...[of.contactId ?? null, of.customerId ?? null],
      overDays === null ? null : daysAgo(overDays),
    ],
  );
  return id;
};

test('call-backs that are over longer than the centre keeps them are destroyed, but for what must not be', async () => {
  await applyCentre(bed.database, { callBacks: { keepDays: 30 } }, randomUUID);
  const [heldCall] = await addCalls(bed.database, 1, daysAgo(50));
  const contactId = heldCall?.contactId ?? '';
  await hold({ contactId });
  await hold({ customerId: customers.nora.id });
  const gone = await callBack(31);
  const kept = [
    await callBack(29),
    await callBack(null),
    await callBack(40, { contactId }),
    await callBack(40, { customerId: customers.nora.id }),
  ];
  await bed.database.query(
    `INSERT INTO call_back_attempts (call_id, call_back_id, call_key, agent_id, at, outcome)
     VALUES (gen_random_uuid(), $1, 'a', $2, 1, 'answered')`,
    [gone, people.alice.id],
  );
  await bed.backend.sweep();
  const left = await bed.database.query<{ readonly id: string }>('SELECT id FROM call_backs');
  expect(left.map(({ id }) => id).sort()).toEqual(kept.toSorted());
  expect(await bed.database.query('SELECT 1 FROM call_back_attempts')).toEqual([]);
});

test('what was written elsewhere or let go is kept for so long, and what is dead until somebody acts', async () => {
  await applyCentre(bed.database, { outbox: { keepDays: 30 } }, randomUUID);
  const outbox = startOutboxBackend(bed.database, vendor.origins, createHandClock());
  const { id: connectionId } = await connect(outbox, vendor.model.settings, { logsCalls: false });
  const [call, heldCall] = await addCalls(bed.database, 2, daysAgo(50));
  await hold({ contactId: heldCall?.contactId ?? '' });
  const insert = async (
    state: string,
    times: { readonly made: number; readonly done?: number; readonly failed?: number },
    contactId = call?.contactId,
  ): Promise<string> => {
    const id = randomUUID();
    const { made, done, failed } = times;
    await bed.database.query(
      `INSERT INTO deeds (id, kind, contact_id, connection_id, made_at, body, wanted, state, next_at, done_at, failed_at)
       VALUES ($1, 'ticket', $2, $3, $4, '{}', 1, $5, $6, $7, $8)`,
      [
        ...[id, contactId, connectionId, daysAgo(made), state, Date.now() + dayMs],
        ...[
          done === undefined ? null : daysAgo(done),
          failed === undefined ? null : daysAgo(failed),
        ],
      ],
    );
    return id;
  };
  await insert('done', { made: 40, done: 31 });
  await insert('cancelled', { made: 40, failed: 31 });
  const kept = [
    await insert('done', { made: 40, done: 29 }),
    await insert('cancelled', { made: 40, failed: 29 }),
    await insert('dead', { made: 40, failed: 40 }),
    await insert('waiting', { made: 40 }),
    await insert('done', { made: 40, done: 40 }, heldCall?.contactId),
  ];
  await bed.backend.sweep();
  expect((await deedLines(bed.database)).map(({ id }) => id).sort()).toEqual(kept.toSorted());
});

test('a call of which nobody knows any more whether it was written elsewhere is not written anew', async () => {
  const clock = createHandClock();
  const outbox = startOutboxBackend(bed.database, vendor.origins, clock);
  await connect(outbox, vendor.model.settings);
  const [old] = await addCalls(bed.database, 1, clock.now() - 366 * dayMs);
  const [late] = await addCalls(bed.database, 1, clock.now() - 364 * dayMs);
  await wrapUp(bed.database, [old?.callId ?? '', late?.callId ?? ''], clock.now(), 'Later words.');
  await outbox.outbox.work();
  expect(await deedLines(bed.database)).toMatchObject([{ contactId: late?.contactId }]);
});
