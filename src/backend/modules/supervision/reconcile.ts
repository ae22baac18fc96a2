import type { Now } from '../../clock.ts';
import type { Database } from '../../database/database.ts';
import type { Log } from '../../log.ts';
import type { Pbx } from '../../pbx/pbx.ts';
import { findUser } from '../accounts/accounts-repository.ts';
import { appendToChain } from '../chain/chain.ts';
import type { Contacts } from '../contacts/contact-service.ts';
import { endJoin, listOpenJoins, type OpenJoin } from './join-repository.ts';
import { customerOf, type Joins } from './joins.ts';
import type { LiveJoins } from './live-joins.ts';

type Needs = {
  readonly database: Database;
  readonly pbx: Pbx;
  readonly contacts: Pick<Contacts, 'card'>;
  readonly live: LiveJoins;
  readonly joins: Pick<Joins, 'end'>;
  readonly now: Now;
  readonly log: Log;
};

/** One that was asked for so recently may be on its way at another backend. */
const onItsWayMs = 10_000;

/**
 * Compares joins with what the PBX has, after either of them was away: a line that is not in the ledger is ended, a
 * join without a line is over, and one that both have goes on.
 */
export const createReconcile =
  ({ database, pbx, contacts, live, joins, now, log }: Needs) =>
  async (): Promise<void> => {
    if (!pbx.capabilities.supervision) return;
    const answer = await pbx.runningSupervisions();
    if (!answer.ok) return;
    const running = new Map(answer.value.map((line) => [line.joinId, line]));
    const open = await listOpenJoins(database);

    for (const it of live.all()) {
      const isBegun = it.join.state !== 'asked';
      if (isBegun && !running.has(it.row.id)) await joins.end(it, 'pbx_away', 'known');
    }

    const adopt = async (row: OpenJoin): Promise<void> => {
      const line = running.get(row.id);
      const agentId = row.agentIds.at(-1);
      const [supervisor, agent] = await Promise.all([
        findUser(database, row.supervisorId),
        agentId === undefined ? null : findUser(database, agentId),
      ]);
      if (line === undefined || supervisor === null || agent === null) return;
      const card = await contacts.card(row.callKey);
      const it = live.add({ row, supervisor, agent, customer: customerOf(card), mode: line.mode });
      live.change(it, { kind: 'joined', mode: line.mode });
      if (line.isWaiting) live.change(it, { kind: 'agent_left' });
      log.info({ joinId: row.id }, 'a join goes on');
    };

    for (const row of open) {
      if (live.find(row.id) !== undefined) continue;
      if (running.has(row.id)) {
        await adopt(row);
      } else if (now() - row.startedAt > onItsWayMs) {
        await database.transaction(async (transaction) => {
          if (!(await endJoin(transaction, row.id, 'lost', now()))) return;
          const body = {
            what: 'left',
            joinId: row.id,
            supervisorId: row.supervisorId,
            why: 'lost',
          };
          await appendToChain(transaction, {
            ...{ topic: 'supervision', contactId: row.contactId, body },
          });
        });
      }
    }

    const known = new Set(open.map(({ id }) => id));
    for (const joinId of running.keys()) {
      if (known.has(joinId)) continue;
      log.warn({ joinId }, 'a line to a call that nobody asked for is ended');
      await pbx.endSupervision(joinId);
    }
  };
