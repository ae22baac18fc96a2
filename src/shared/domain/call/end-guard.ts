import type { Call } from './call.ts';

/** The reflex that ends the last call is over by then. */
export const endGuardMs = 3_000;

/**
 * Until when (epoch ms of the server's clock) an `end` does nothing, since the call was answered by itself and the agent
 * may not know yet that there is one. null: it is not guarded.
 */
export const endGuardedUntil = (call: Call): number | null => {
  if (call.state !== 'answering' && call.state !== 'connected') return null;
  const isAutomatic = call.facts.some(
    (fact) => fact.kind === 'answered' && fact.automatic === true,
  );
  return isAutomatic ? call.answeredAt + endGuardMs : null;
};

/** `now` before the answer is a clock that was set back, and guards nothing. */
export const isEndGuarded = (call: Call, now: number): boolean => {
  const until = endGuardedUntil(call);
  return until !== null && now < until && now >= until - endGuardMs;
};
