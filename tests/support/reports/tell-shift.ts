import type { Database } from '../../../src/backend/database/database.ts';
import { projectLeg } from '../../../src/backend/modules/ledger/leg-projection.ts';
import { saveLegs } from '../../../src/backend/modules/ledger/leg-writes.ts';
import {
  beginWait,
  correctAnswer,
  endWait,
} from '../../../src/backend/modules/reports/queue-wait-repository.ts';
import type { LedgerFact } from '../../../src/shared/domain/handle-time/fact.ts';
import type { PlannedCall, PlannedLeg, PlannedState, ShiftPlan } from './shift-plan.ts';

type Telling = () => Promise<void>;

const insertContact = async (database: Database, call: PlannedCall): Promise<void> => {
  await database.query(
    `INSERT INTO contacts (id, call_key, origin, direction, remote_number, remote_name, started_at,
       match) VALUES ($1, $2, 'pbx', $3, '', '', $4, 'unknown')`,
    [call.contactId, call.callKey, call.direction, call.startedAt],
  );
};

const insertState = async (database: Database, state: PlannedState, revision: number) => {
  await database.query(
    `INSERT INTO agent_state_log (agent_id, at, revision, source, event, state)
     VALUES ($1, $2, $3, 'agent', '{}', $4)`,
    [state.agentId, state.at, revision, JSON.stringify({ state: state.state })],
  );
  await database.query(
    `INSERT INTO agent_standings (agent_id, standing, since, revision) VALUES ($1, $2, $3, $4)
     ON CONFLICT (agent_id) DO UPDATE SET standing = $2, since = $3, revision = $4`,
    [state.agentId, { signedIn: state.state !== 'offline' }, state.at, revision],
  );
};

/**
 * Tells the plan piece by piece: pieces of one row in their order, rows in any order, facts of a leg in any order and
 * some of them twice.
 */
export const tellShift = async (
  database: Database,
  plan: ShiftPlan,
  random: () => number,
  between: () => Promise<void>,
): Promise<void> => {
  for (const call of plan.calls) await insertContact(database, call);
  const known = new Map<string, LedgerFact[]>();

  const tellFacts =
    (contactId: string, leg: PlannedLeg, facts: readonly LedgerFact[]): Telling =>
    () =>
      database.transaction(async (transaction) => {
        const all = [...(known.get(leg.callId) ?? []), ...facts];
        known.set(leg.callId, all);
        const { callId, agentId } = leg;
        const isKnown = facts.length < all.length;
        const projection = projectLeg(all);
        await saveLegs(transaction, [
          { callId, agentId, contactId, isKnown, projection, wrapUpFlaws: [] },
        ]);
      });

  const legLines = plan.calls.flatMap(({ contactId, legs }) =>
    legs.map((leg): Telling[] => {
      const again = leg.facts.filter(() => random() < 0.2);
      const facts = [...leg.facts, ...again].sort(() => random() - 0.5);
      const batches: Telling[] = [];
      while (facts.length > 0) {
        const size = 1 + Math.floor(random() * 4);
        batches.push(tellFacts(contactId, leg, facts.splice(0, size)));
      }
      return batches;
    }),
  );
  const waitLines = plan.calls.map(({ callKey, waits }): Telling[] =>
    waits.flatMap(({ queue, enteredAt, leftAt, how, agentId }): Telling[] => {
      const begin = { callKey, queue, at: enteredAt };
      const isKnownLater = agentId !== null && random() < 0.3;
      return [
        () => beginWait(database, begin),
        ...(random() < 0.2 ? [() => beginWait(database, { ...begin, at: enteredAt + 1 })] : []),
        () => endWait(database, { callKey, queue, at: leftAt, how }, isKnownLater ? null : agentId),
        ...(isKnownLater ? [() => correctAnswer(database, callKey, agentId)] : []),
      ];
    }),
  );
  const customerLines = plan.calls.map(({ contactId, customers }): Telling[] =>
    customers.map((customer) => async () => {
      await database.query('UPDATE contacts SET customer_id = $2 WHERE id = $1', [
        contactId,
        customer,
      ]);
    }),
  );
  const missLines = plan.calls.flatMap(({ contactId, callKey, misses }) =>
    misses.map(({ id, agentId, queue, at, causes }): Telling[] =>
      causes.map(({ cause, counted }) => async () => {
        await database.query(
          `INSERT INTO missed_offers (id, agent_id, contact_id, call_key, queue, offered_at, at,
             cause, counted, evidence, judged_at, revision)
           VALUES ($1, $2, $3, $4, $5, $6, $6, $7, $8, '{}', $6, 0)
           ON CONFLICT (id) DO UPDATE SET cause = $7, counted = $8`,
          [id, agentId, contactId, callKey, queue, at, cause, counted],
        );
      }),
    ),
  );
  const agents = [...new Set(plan.states.map(({ agentId }) => agentId))];
  const stateLines = agents.map((agentId): Telling[] =>
    plan.states
      .filter((state) => state.agentId === agentId)
      .map((state, index) => () => insertState(database, state, index + 1)),
  );

  const lines = [legLines, waitLines, customerLines, missLines, stateLines].flat();
  for (let open = lines; open.length > 0; open = open.filter((line) => line.length > 0)) {
    await open[Math.floor(random() * open.length)]?.shift()?.();
    await between();
  }
};
