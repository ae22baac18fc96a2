import type { ShiftCheckEvent } from '../../../shared/api/evidence.ts';
import type { User } from '../../../shared/api/records.ts';
import type { CheckShown, OwnShiftChecks, ShiftCheck } from '../../../shared/api/shift-checks.ts';
import { judgeCheck } from '../../../shared/domain/shift-check/verdict.ts';
import { success } from '../../../shared/result.ts';
import { canonicalJson } from '../../canonical-json.ts';
import type { Now } from '../../clock.ts';
import type { Database } from '../../database/database.ts';
import { refused, type Answer } from '../../problem.ts';
import { findUser, maySupervise } from '../accounts/accounts-repository.ts';
import { readCheckCondition, readCheckKeeping } from './shift-check-centre.ts';
import {
  deleteChecksBefore,
  insertCheck,
  listChecksOf,
  listLatestChecks,
} from './shift-check-repository.ts';

/** The checks that agents make before their shifts. */
export type ShiftChecks = {
  /** Each is stored once; answers those that say something else under an id that is known. */
  readonly take: (
    agentId: string,
    events: readonly ShiftCheckEvent[],
  ) => Promise<readonly { readonly id: string; readonly why: string }[]>;
  readonly mine: (user: Pick<User, 'id'>) => Promise<OwnShiftChecks>;
  readonly ofAgent: (
    user: User,
    agentId: string,
  ) => Promise<Answer<{ readonly checks: readonly ShiftCheck[] }>>;
  /** The latest of each, where it is of this or the last day. */
  readonly latest: (agentIds: readonly string[]) => Promise<ReadonlyMap<string, CheckShown>>;
  /** Forgets what is older than the centre keeps; done at most once an hour. */
  readonly sweep: () => Promise<void>;
};

type Needs = {
  readonly database: Database;
  readonly now: Now;
  /** What the board shows of this agent is another now. */
  readonly onChanged: (agentId: string) => void;
};

const shownChecks = 30;
/** On the board an older one says nothing of today. */
const shownForMs = 24 * 3_600_000;
const sweepEveryMs = 3_600_000;

const noAgent = refused('not_found', 'there is no such agent among yours');

export const createShiftChecks = ({ database, now, onChanged }: Needs): ShiftChecks => {
  let sweptAt = -Infinity;
  return {
    take: async (agentId, events) => {
      const refusals: { readonly id: string; readonly why: string }[] = [];
      for (const event of events) {
        const { fact } = event.body;
        const isKept = await insertCheck(database, {
          ...{ agentId, event, receivedAt: now(), text: canonicalJson(fact) },
          // By this backend's bounds, whatever the desk showed.
          verdict: judgeCheck(fact.measured),
        });
        if (isKept) onChanged(agentId);
        else {
          const why = 'this id was stored before with other content';
          refusals.push({ id: event.id, why });
        }
      }
      return refusals;
    },
    mine: async ({ id }) => {
      const [condition, checks] = await Promise.all([
        readCheckCondition(database, id),
        listChecksOf(database, id, shownChecks),
      ]);
      return { condition, checks };
    },
    ofAgent: async (user, agentId) => {
      const agent = await findUser(database, agentId);
      if (agent === null || !(await maySupervise(database, user, agentId))) return noAgent;
      return success({ checks: await listChecksOf(database, agentId, shownChecks) });
    },
    latest: (agentIds) => listLatestChecks(database, agentIds, now() - shownForMs),
    sweep: async () => {
      if (now() - sweptAt < sweepEveryMs) return;
      sweptAt = now();
      await deleteChecksBefore(database, now() - (await readCheckKeeping(database)));
    },
  };
};
