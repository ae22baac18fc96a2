import type { Database } from '../../../src/backend/database/database.ts';
import type { LedgerFact } from '../../../src/shared/domain/handle-time/fact.ts';
import type { Segment } from '../../../src/shared/domain/handle-time/segments.ts';
import type { Scene } from './call-scene.ts';
import { naiveSegments, naiveSum } from './naive-fold.ts';

type StoredLeg = {
  readonly callId: string;
  readonly callKey: string;
  readonly agentId: string;
  readonly handleMs: number;
  readonly ringMs: number;
  readonly holdMs: number;
  readonly consultMs: number;
  readonly wrapUpMs: number;
  readonly code: string | null;
  readonly segments: readonly Segment[] | null;
  readonly facts: readonly string[];
};

const byId = (a: { readonly id: string }, b: { readonly id: string }): number =>
  a.id < b.id ? -1 : 1;

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

const sorted = (values: Iterable<string>): readonly string[] => [...values].sort();

const readLegs = (database: Database, callIds: readonly string[]) =>
  database.query<StoredLeg>(
    `SELECT g.call_id AS "callId", k.call_key AS "callKey", g.agent_id AS "agentId",
       g.handle_ms AS "handleMs", g.ring_ms AS "ringMs", g.hold_ms AS "holdMs",
       g.consult_ms AS "consultMs", g.wrap_up_ms AS "wrapUpMs", g.code,
       (SELECT json_agg(json_build_object('kind', s.kind, 'startedAt', s.started_at,
          'endedAt', s.ended_at) ORDER BY s.position) FROM segments s WHERE s.call_id = g.call_id) AS segments,
       (SELECT coalesce(array_agg(e.fact), '{}') FROM events e WHERE e.call_id = g.call_id) AS facts
     FROM legs g JOIN contacts k ON k.id = g.contact_id WHERE g.call_id = ANY($1::uuid[])`,
    [callIds],
  );

/** What of a leg is not what its facts say. */
const flawsOfLeg = (
  leg: StoredLeg,
  told: readonly { readonly id: string }[],
): readonly string[] => {
  const flaws: string[] = [];
  const stored = leg.facts.map((fact) => JSON.parse(fact) as LedgerFact);
  if (!same(sorted(stored.map(({ id }) => id)), sorted(told.map(({ id }) => id)))) {
    flaws.push(`${String(stored.length)} events are stored of ${String(told.length)}`);
  }
  const facts = stored.filter(({ kind }) => !['asked', 'granted'].includes(kind)).sort(byId);
  const segments = naiveSegments(facts);
  if (!same(leg.segments ?? [], segments)) flaws.push('its segments are not those of its facts');
  const sums = [
    [leg.handleMs, naiveSum(segments, 'talk', 'hold', 'consult', 'wrap_up')],
    [leg.ringMs, naiveSum(segments, 'ring')],
    [leg.holdMs, naiveSum(segments, 'hold')],
    [leg.consultMs, naiveSum(segments, 'consult')],
    [leg.wrapUpMs, naiveSum(segments, 'wrap_up')],
  ];
  if (sums.some(([kept, expected]) => kept !== expected)) flaws.push('its sums are wrong');
  const wrapUp = facts.find((fact) => fact.kind === 'wrap_up_completed');
  if (leg.code !== (wrapUp?.code ?? null)) flaws.push('its code is wrong');
  return flaws.map((flaw) => `leg ${leg.callId}: ${flaw}`);
};

type Kept = { readonly callKey: string; readonly parts: number; readonly lines: number };

/** What the database holds of one agent's scene that is not what the scene says, each thing exactly once. */
export const flawsOfScene = async (
  database: Database,
  agentId: string,
  { facts, owed }: Scene,
): Promise<readonly string[]> => {
  const flaws: string[] = [];
  const callIds = sorted(new Set(facts.map(({ fact }) => fact.callId)));
  const callKeys = sorted(new Set(facts.map(({ fact }) => fact.callKey)));
  const legs = await readLegs(database, callIds);
  if (!same(sorted(legs.map(({ callId }) => callId)), callIds)) flaws.push('legs are missing');
  for (const leg of legs) {
    const told = facts.map(({ fact }) => fact).filter(({ callId }) => callId === leg.callId);
    if (leg.callKey !== told[0]?.callKey) flaws.push(`leg ${leg.callId} is with another call`);
    flaws.push(...flawsOfLeg(leg, told));
  }
  const kept = await database.query<Kept>(
    `SELECT k.call_key AS "callKey",
       (SELECT count(*) FROM contact_agents a WHERE a.contact_id = k.id AND a.agent_id = $1) AS parts,
       (SELECT count(*) FROM history h WHERE h.contact_id = k.id AND h.agent_id = $1) AS lines
     FROM contacts k WHERE k.call_key = ANY($2)`,
    [agentId, callKeys],
  );
  if (!same(sorted(kept.map(({ callKey }) => callKey)), callKeys))
    flaws.push('contacts are missing');
  for (const { callKey, parts, lines } of kept) {
    if (parts !== 1 || lines !== 1) {
      flaws.push(
        `call ${callKey} has ${String(parts)} parts and ${String(lines)} lines of history`,
      );
    }
  }
  return [...flaws, ...(await flawsOfState(database, agentId, callKeys, owed))];
};

type State = {
  readonly held: readonly string[] | null;
  readonly owed: readonly string[] | null;
  readonly revision: number;
  readonly lines: number;
  readonly latest: number;
};

/** The agent is in none of these calls any more, owes what is owed, and each change of its state is logged once. */
const flawsOfState = async (
  database: Database,
  agentId: string,
  callKeys: readonly string[],
  owed: readonly string[],
): Promise<readonly string[]> => {
  const [state] = await database.query<State>(
    `SELECT s.revision,
       (SELECT array_agg(key) FROM jsonb_array_elements_text(
          (s.standing->'offers') || (s.standing->'calls')) AS key WHERE key = ANY($2)) AS held,
       (SELECT array_agg(key ORDER BY key) FROM jsonb_array_elements_text(s.standing->'wrapUps') AS key
        WHERE key = ANY($2)) AS owed,
       (SELECT count(*) FROM agent_state_log l WHERE l.agent_id = $1) AS lines,
       (SELECT max(revision) FROM agent_state_log l WHERE l.agent_id = $1) AS latest
     FROM agent_standings s WHERE s.agent_id = $1`,
    [agentId, callKeys],
  );
  if (state === undefined) return ['the agent has no state'];
  const flaws: string[] = [];
  if (state.held !== null) flaws.push(`the agent is still in ${state.held.join(', ')}`);
  if (!same(sorted(state.owed ?? []), owed)) {
    flaws.push(`the agent owes ${(state.owed ?? []).join(', ')} and should owe ${owed.join(', ')}`);
  }
  if (state.lines !== state.latest || state.latest !== state.revision) {
    flaws.push(
      `the state's log has ${String(state.lines)} lines, revision ${String(state.revision)}`,
    );
  }
  return flaws;
};
