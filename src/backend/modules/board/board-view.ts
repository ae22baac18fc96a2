import type { BoardAgent, BoardCall, BoardJoin } from '../../../shared/api/board.ts';
import type { AgentView } from '../../../shared/api/records.ts';
import { displayNumber } from '../../../shared/domain/phone-number/phone-number.ts';
import type { BoardCallRow, BoardPerson, CallAt } from './board-repository.ts';

export const offlineView: AgentView = {
  state: { state: 'offline' },
  since: 0,
  doNotDisturb: false,
  revision: 0,
};

/** The calls that an agent's state tells of. */
export const callsOfState = (agentId: string, { state }: AgentView): readonly CallAt[] => {
  switch (state.state) {
    case 'reserved':
      return [{ agentId, callKey: state.callKey, stage: 'ringing' }];
    case 'engaged':
      return state.callKeys.map((callKey) => ({ agentId, callKey, stage: 'talking' }));
    case 'wrap_up':
      return state.callKeys.map((callKey) => ({ agentId, callKey, stage: 'wrap_up' }));
    default:
      return [];
  }
};

const customerOf = (row: BoardCallRow, country: string): string => {
  if (row.isDeleted) return '';
  const name = row.customerName ?? row.remoteName ?? '';
  if (name !== '' || row.remoteNumber === null) return name;
  return displayNumber(row.remoteNumber, country);
};

export const boardCallOf = (
  row: BoardCallRow,
  joins: readonly BoardJoin[],
  country: string,
): BoardCall => ({
  callKey: row.callKey,
  contactId: row.contactId,
  stage: row.stage,
  direction: row.direction ?? 'inbound',
  queue: row.queue,
  since: row.since,
  waitedMs: row.waitedMs,
  holds: row.holds,
  onHoldSince: row.stage === 'talking' ? row.onHoldSince : null,
  consulting: row.stage === 'talking' && row.consulting,
  customer: customerOf(row, country),
  joins,
});

export const boardAgentOf = (
  person: BoardPerson,
  { state, since, doNotDisturb, revision }: AgentView,
  more: Pick<BoardAgent, 'calls' | 'quality' | 'help' | 'check'>,
): BoardAgent => ({ ...person, state, since, doNotDisturb, revision, ...more });
