import type { Database } from '../../../src/backend/database/database.ts';
import { zendeskFake } from '../../../src/backend/connectors/zendesk/zendesk.fake.ts';
import {
  startFakeVendor,
  type Asked,
  type Fault,
  type VendorModel,
} from '../connectors/fake-vendor.ts';
import { seededRandom } from '../seeded-random.ts';
import {
  addCalls,
  connect,
  createHandClock,
  deedLines,
  startOutboxBackend,
  untilSettled,
  wrapUp,
  type OutboxBackend,
} from './outbox-bed.ts';

/** Calls that are logged at a vendor that fails at random, by backends that are killed on the way. */

export type LoggedCalls = {
  readonly calls: number;
  /** Calls, or news of them, that stand there more than once. */
  readonly twice: readonly string[];
  /** That stand there nowhere, and are not dead either. */
  readonly missing: readonly string[];
  /** Dead before somebody asked for another try. */
  readonly dead: number;
  /** Still not there, or there twice, after everything that was dead was tried again. */
  readonly afterRetry: readonly string[];
  readonly requests: number;
  readonly faults: number;
  readonly kills: number;
};

const faults: readonly { readonly fault: Fault; readonly share: number }[] = [
  { fault: 429, share: 0.05 },
  { fault: 503, share: 0.04 },
  { fault: 500, share: 0.03 },
  { fault: 'cut_off_after', share: 0.06 },
  { fault: 'cut_off_before', share: 0.03 },
  { fault: 'other_shape', share: 0.02 },
  { fault: 'not_json', share: 0.01 },
  // The vendor will not have it, whatever was done before: dead.
  { fault: 422, share: 0.003 },
];

/**
 * As Zendesk, without what would hide a second writing: it knows no idempotency key, so that whoever repeats has to look first.
 * What it asks to be left alone for is short, since nothing here waits for the clock on the wall.
 */
const strictModel = (): VendorModel => {
  const model = zendeskFake();
  const create = model.routes['POST /api/v2/tickets'];
  if (create === undefined) throw new Error('the fake makes no tickets');
  return {
    ...model,
    routes: {
      ...model.routes,
      'POST /api/v2/tickets': (asked, params) => {
        const { 'idempotency-key': _, ...headers } = asked.headers;
        return create({ ...asked, headers }, params);
      },
    },
    refusal: (status) => {
      const told = model.refusal(status);
      return status === 429 ? { ...told, headers: { 'retry-after': '0' } } : told;
    },
  };
};

const mark = /^Ringside (?<key>[0-9a-f-]{36})(?:\/(?<revision>\d+))?$/u;

/** How often each revision of each call stands there. */
const standing = (model: VendorModel): ReadonlyMap<string, number> => {
  const counts = new Map<string, number>();
  for (const text of model.texts()) {
    for (const line of text.split('\n')) {
      const found = mark.exec(line.trim())?.groups;
      if (found === undefined) continue;
      const name = `${found['key'] ?? ''}/${found['revision'] ?? '0'}`;
      counts.set(name, (counts.get(name) ?? 0) + 1);
    }
  }
  return counts;
};

export const logCalls = async (
  database: Database,
  {
    calls,
    seed,
    progress = () => undefined,
  }: { readonly calls: number; readonly seed: number; readonly progress?: (text: string) => void },
): Promise<LoggedCalls> => {
  const random = seededRandom(seed);
  const model = strictModel();
  const vendor = await startFakeVendor(model);
  const clock = createHandClock();
  const backends: OutboxBackend[] = [];
  const start = (): void => {
    backends.push(startOutboxBackend(database, vendor.origins, clock, { random }));
  };
  let faultCount = 0;
  let kills = 0;
  const killEvery = Math.max(60, Math.floor(calls / 25));
  let requests = 0;

  const choose = (_: Asked): Fault | undefined => {
    requests += 1;
    // One of the two goes without a word, in the midst of whatever it does, and another comes.
    if (requests % killEvery === 0) {
      backends.shift()?.kill();
      start();
      kills += 1;
    }
    let left = random();
    for (const { fault, share } of faults) {
      left -= share;
      if (left < 0) {
        faultCount += 1;
        return fault;
      }
    }
    return undefined;
  };

  try {
    start();
    start();
    const [first] = backends;
    if (first === undefined) throw new Error('no backend was started');
    await connect(first, model.settings);
    vendor.spoilBy(choose);
    const batch = 500;
    const made: string[] = [];
    for (let count = 0; count < calls; count += batch) {
      const some = await addCalls(database, Math.min(batch, calls - count), clock.now());
      made.push(...some.map(({ contactId }) => contactId));
      await Promise.all(backends.map(({ outbox }) => outbox.work()));
      clock.forward(10_000);
      // Every tenth agent has more to say of it, at any moment of its way.
      const corrected = some.filter((_call, index) => index % 10 === 0).map(({ callId }) => callId);
      await wrapUp(database, corrected, clock.now(), 'And one thing more.');
      await Promise.all(backends.map(({ outbox }) => outbox.work()));
      progress(`${String(count + some.length)} of ${String(calls)} calls`);
    }
    await untilSettled(database, () => backends, clock, { stepMs: 60_000 });
    const lines = await deedLines(database);
    const found = standing(model);
    const known = new Set(lines.map(({ contactId }) => contactId));
    const twice = [...found].filter(([, count]) => count > 1).map(([name]) => name);
    const missing = [
      ...made.filter((contactId) => !known.has(contactId)),
      ...lines
        .filter(({ id, state }) => state !== 'dead' && found.get(`${id}/0`) !== 1)
        .map(({ id }) => id),
    ];
    const dead = lines.filter(({ state }) => state === 'dead').map(({ id }) => id);

    vendor.spoilBy(null);
    await database.query(
      `UPDATE deeds SET state = 'waiting', attempts = 0, failing_since = NULL, next_at = $1 WHERE state = 'dead'`,
      [clock.now()],
    );
    await untilSettled(database, () => backends, clock, { stepMs: 60_000 });
    const then = standing(model);
    const afterRetry = (await deedLines(database))
      .filter(({ id, state }) => state !== 'done' || then.get(`${id}/0`) !== 1)
      .map(({ id }) => id);
    const again = [...then].filter(([, count]) => count > 1).map(([name]) => name);
    return {
      ...{ calls: made.length, twice, missing, dead: dead.length },
      afterRetry: [...afterRetry, ...again],
      ...{ requests: vendor.asked.length, faults: faultCount, kills },
    };
  } finally {
    await Promise.all(backends.map(({ outbox }) => outbox.stop()));
    await vendor.stop();
  }
};
