import type { IncomingPolicy } from '../../shared/domain/call/incoming.ts';
import type { DeskSnapshot } from '../../shared/ipc/desk.ts';

/** Who is not ready may not be there: a queue's customer whom a colleague hands over must not be answered by nobody. */
const isReady = (agent: DeskSnapshot['agent']): boolean => {
  if (agent?.state.state === 'reserved') return agent.state.next.kind === 'ready';
  return agent?.state.state === 'ready';
};

/** What the phone is to do with calls that come in, from all that is known at this desk. */
export const incomingPolicy = ({
  session,
  agent,
  wrapUps,
  settings,
}: Pick<DeskSnapshot, 'session' | 'agent' | 'wrapUps' | 'settings'>): IncomingPolicy => {
  const queues = session.state === 'signed_in' && isReady(agent) ? session.queues : [];
  const wrapsUp = wrapUps.some((wrapUp) => wrapUp.ended);
  const refuses =
    agent?.doNotDisturb === true || (wrapsUp && settings.incoming.duringWrapUp === 'busy');
  return {
    autoAnswerQueues: queues.filter((queue) => queue.autoAnswer).map((queue) => queue.name),
    directCalls: refuses ? 'refuse' : 'ring',
    duringCall: settings.incoming.duringCall === 'busy' ? 'refuse' : 'ring',
  };
};
