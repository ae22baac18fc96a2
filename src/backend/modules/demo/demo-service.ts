import type { DemoCall, DemoCallAnswer, DemoUsers } from '../../../shared/api/routes.ts';
import { success } from '../../../shared/result.ts';
import type { Now } from '../../clock.ts';
import type { Database } from '../../database/database.ts';
import type { Log } from '../../log.ts';
import type { Pbx } from '../../pbx/pbx.ts';
import { refused, type Answer } from '../../problem.ts';
import { listQueuesOf } from '../accounts/accounts-repository.ts';
import type { PushHub } from '../push/push-hub.ts';
import { listDemoUsers, pickCaller, readLoad, type Caller } from './demo-repository.ts';

/** The demo's outside world: customers who call when asked, or by themselves. */
export type Demo = {
  readonly users: () => Promise<DemoUsers>;
  readonly call: (userId: string, given: DemoCall) => Promise<Answer<DemoCallAnswer>>;
  /** Customers call by themselves about so often, as long as somebody is ready; null: they do not. */
  readonly setClock: (everySeconds: number | null) => void;
  /** How often they do now; null: only when asked to. */
  readonly everySeconds: () => number | null;
  readonly stop: () => void;
};

type Needs = {
  readonly database: Database;
  readonly pbx: Pbx;
  readonly push: Pick<PushHub, 'toEverybody'>;
  readonly now: Now;
  readonly log: Log;
};

const usualQueue = 'support';
/** Calls older than this wait no more, whatever the table says. */
const waitingWithinMs = 600_000;

const oneOf = <Item>(items: readonly Item[]): Item | undefined =>
  items[Math.floor(Math.random() * items.length)];

export const createDemo = ({ database, pbx, push, now, log }: Needs): Demo => {
  let clock: { readonly everySeconds: number; readonly timer: NodeJS.Timeout } | null = null;

  const callerFor = async (given: DemoCall, mayShareNumber: boolean): Promise<Caller | null> => {
    const { number, name } = given;
    if (number !== undefined) return { number, name: name ?? '', voice: '' };
    const picked = await pickCaller(database, { mayShareNumber });
    return picked === null ? null : { ...picked, name: name ?? picked.name };
  };

  const place = async (
    given: DemoCall,
    queue: string | null,
    // Who asks for a customer meets one that the record knows; those who come by themselves may be anybody.
    mayShareNumber = false,
  ): Promise<Answer<DemoCallAnswer>> => {
    if (!pbx.capabilities.demoCustomers) {
      return refused('not_supported', 'customers of the demo live in the embedded PBX only');
    }
    const caller = await callerFor(given, mayShareNumber);
    if (caller === null)
      return refused('customers_busy', 'every customer of the demo is on the phone');
    const placed = await pbx.callDemoCustomer({
      queue: queue ?? usualQueue,
      number: caller.number,
      name: caller.name,
      voice: caller.voice === '' ? null : caller.voice,
      scenario: given.scenario ?? 'talks',
      extension: given.extension ?? null,
      ...(given.key === undefined ? {} : { key: given.key }),
    });
    if (!placed.ok) {
      const { code, message } = placed.why;
      return refused(code === 'pbx_away' ? 'pbx_away' : 'conflict', message);
    }
    const { number, name } = caller;
    return success({ callKey: placed.value, number, name, queue });
  };

  const tick = async (): Promise<void> => {
    if (pbx.status().state !== 'connected') return;
    const { ready, waiting } = await readLoad(database, now() - waitingWithinMs);
    const queue = oneOf(ready);
    // A gentle clock: nobody is left waiting by the demo itself.
    if (queue === undefined || waiting > 0) return;
    const placed = await place({}, queue, true);
    if (!placed.ok) log.info({ why: placed.why.message }, 'no customer called');
  };

  const stop = (): void => {
    if (clock !== null) clearInterval(clock.timer);
    clock = null;
  };

  const start = (everySeconds: number): void => {
    const timer = setInterval(() => {
      tick().catch((error: unknown) => {
        log.warn({ error }, 'no customer could call');
      });
    }, everySeconds * 1_000);
    timer.unref();
    clock = { everySeconds, timer };
  };

  return {
    users: async () => ({ users: await listDemoUsers(database) }),
    call: async (userId, given) => {
      if (given.extension !== undefined) return place(given, null);
      const served = given.queue ?? oneOf(await listQueuesOf(database, userId));
      return place(given, served ?? usualQueue);
    },
    setClock: (everySeconds) => {
      stop();
      if (everySeconds !== null) start(everySeconds);
      push.toEverybody({ kind: 'demo_clock', everySeconds });
    },
    everySeconds: () => clock?.everySeconds ?? null,
    stop,
  };
};
