import { randomUUID } from 'node:crypto';
import { figureOf, progress, type Measure } from '../../../scripts/platform/figures.ts';
import { zendeskFake } from '../../../src/backend/connectors/zendesk/zendesk.fake.ts';
import { startBackend } from '../../support/backend.ts';
import { makeCentre, people } from '../../support/centre.ts';
import { connectVendor } from '../../support/connectors/connected.ts';
import { startFakeVendor } from '../../support/connectors/fake-vendor.ts';
import { startDatabaseServer } from '../../support/database.ts';
import { largest, quantile } from '../support/statistics.ts';

const vendorMs = 200;
const hanging = 'hangs';
const plans = { full: 200, quick: 15 } as const;
/** Calls that come in the meantime are looked up as well; so far apart the vendors' own rates hold. */
const betweenMs = 1_700;

/**
 * Three systems that take 200 ms for each request, and one that never answers: how long it takes from the PBX's word of a
 * call to the first that is known of the caller at the desk, and until everything is told.
 */
export const measurePop: Measure = async ({ quick }) => {
  const calls = plans[quick ? 'quick' : 'full'];
  progress(
    `${String(calls)} calls with three systems at ${String(vendorMs)} ms and one that hangs`,
  );
  const names = ['one', 'two', 'three', hanging];
  const vendors = await Promise.all(names.map((name) => startFakeVendor(zendeskFake(name))));
  const server = await startDatabaseServer(makeCentre);
  const { database } = await server.fresh();
  const vendorOrigins = new Map(vendors.flatMap(({ origins }) => [...origins]));
  const backend = await startBackend(database, { config: { vendorOrigins } });
  try {
    const [admin, alice] = [await backend.signIn('admin'), await backend.signIn('alice')];
    for (const [index, vendor] of vendors.entries()) {
      await connectVendor(admin, vendor, { name: names[index] });
      vendor.delayMs = vendorMs;
    }
    vendors.at(-1)?.spoilBy(() => 'slow');
    const firsts: number[] = [];
    const settles: number[] = [];
    for (let call = 0; call < calls; call += 1) {
      const remoteNumber = `+1303555${String(1_000 + call)}`;
      for (const vendor of vendors) vendor.model.addPerson({ name: 'Ana', phones: [remoteNumber] });
      alice.forgetPushes();
      const callKey = randomUUID();
      const leg = { callKey, extension: people.alice.extension, at: Date.now() };
      const startedAt = performance.now();
      const about = { queue: 'support', remoteNumber, remoteName: '' };
      backend.pbx.report({ kind: 'leg_offered', ...leg, ...about });
      await alice.next(
        'elsewhere',
        ({ elsewhere }) =>
          elsewhere.callKey === callKey && elsewhere.sources.some(({ state }) => state === 'found'),
      );
      firsts.push(performance.now() - startedAt);
      await alice.next(
        'elsewhere',
        ({ elsewhere }) =>
          elsewhere.callKey === callKey && elsewhere.sources.every(({ isComplete }) => isComplete),
      );
      settles.push(performance.now() - startedAt);
      const over = { ...leg, at: Date.now(), answered: false, cause: 16 };
      backend.pbx.report({ kind: 'leg_ended', ...over });
      await new Promise((done) => setTimeout(done, betweenMs));
    }
    const n = firsts.length;
    return [
      figureOf(
        'call to the first that is known of the caller, p95',
        quantile(firsts, 0.95),
        'ms',
        n,
        {
          atMost: 300,
        },
      ),
      figureOf('the slowest of those', largest(firsts), 'ms', n),
      figureOf('call to everything told, one system hanging, slowest', largest(settles), 'ms', n, {
        atMost: 1_500,
      }),
    ];
  } finally {
    await backend.stop();
    await server.stop();
    for (const vendor of vendors) await vendor.stop();
  }
};
