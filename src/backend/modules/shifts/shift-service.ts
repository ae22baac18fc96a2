import type { User } from '../../../shared/api/records.ts';
import type { ImportAnswer, Imported, ImportShifts } from '../../../shared/api/shifts.ts';
import type { Now } from '../../clock.ts';
import type { Database } from '../../database/database.ts';
import type { MintId } from '../../identifiers.ts';
import type { Log } from '../../log.ts';
import { maySupervise, teamOf } from '../accounts/accounts-repository.ts';
import { appendAudit } from '../audit/audit-log.ts';
import type { PushHub } from '../push/push-hub.ts';
import type { Plans } from './plans.ts';
import type { Target } from './schedule-entry.ts';
import { agentsOfImport, deleteImport, listImports } from './shift-repository.ts';

/** Schedules: taken over from elsewhere, and told to the desks whom they concern. */
export type Shifts = Pick<Plans, 'viewBetween'> & {
  readonly take: (given: ImportShifts, by: User) => Promise<ImportAnswer>;
  readonly imports: () => Promise<readonly Imported[]>;
  /** False: there is no such import. */
  readonly remove: (importId: string, by: User) => Promise<boolean>;
};

type Needs = {
  readonly database: Database;
  readonly plans: Plans;
  readonly push: PushHub;
  readonly now: Now;
  readonly mintId: MintId;
  readonly timeZone: string;
  readonly log: Log;
};

export const createShifts = (needs: Needs): Shifts => {
  const { database, plans, push, now, mintId, timeZone, log } = needs;

  /** The desk of this agent has another plan from now on. */
  const tell = (agentId: string): void => {
    if (!push.isConnected(agentId)) return;
    plans
      .view(agentId)
      .then((shift) => push.toUser(agentId, { kind: 'shift', shift }))
      .catch((error: unknown) => log.warn({ error, agentId }, 'a plan was not told'));
  };

  const mayPlan =
    (by: User) =>
    async (target: Target): Promise<boolean> => {
      if (target.kind === 'agent') return maySupervise(database, by, target.agentId);
      const team = by.role === 'administrator' ? null : await teamOf(database, by.id);
      return team === null || team === target.team;
    };

  return {
    viewBetween: plans.viewBetween,
    imports: () => listImports(database),
    take: async (given, by) => {
      // The readers are needed now and then: they do not hold up the start.
      const { importSchedule } = await import('./import/import-schedule.ts');
      const answer = await importSchedule(given, {
        ...{ database, mintId, timeZone, now: now(), importedBy: by.id },
        mayPlan: mayPlan(by),
        onApplied: (transaction, details) =>
          appendAudit(transaction, {
            at: now(),
            actor: by.id,
            action: 'shifts_imported',
            subject: null,
            details,
          }),
      });
      if (answer.import !== null && !answer.already) {
        const { id, entries } = answer.import;
        log.info({ importId: id, entries }, 'a schedule was imported');
        for (const agentId of await agentsOfImport(database, id)) tell(agentId);
      }
      return answer;
    },
    remove: async (importId, by) => {
      const agents = await agentsOfImport(database, importId);
      const removed = await database.transaction(async (transaction) => {
        if (!(await deleteImport(transaction, importId))) return false;
        await appendAudit(transaction, {
          at: now(),
          actor: by.id,
          action: 'shifts_removed',
          subject: null,
          details: { importId },
        });
        return true;
      });
      if (!removed) return false;
      for (const agentId of agents) tell(agentId);
      return true;
    },
  };
};
