import type { AgentView } from '../../../shared/api/records.ts';
import { agentState } from '../../../shared/domain/agent/agent.ts';
import type { StandingRow } from './agent-repository.ts';

/** An agent as the desk shows it. */
export const agentViewOf = (row: StandingRow): AgentView => ({
  state: agentState(row.standing),
  since: row.since,
  doNotDisturb: row.doNotDisturb,
  revision: row.revision,
  ...(row.standing.signedIn && row.standing.origin !== undefined
    ? { origin: row.standing.origin }
    : {}),
});
