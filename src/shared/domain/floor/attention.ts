/** What of an agent wants a supervisor's eye, by rule: nothing here knows who looks. All times are epoch ms. */

export type RiskKind =
  /** The agent asked for somebody. */
  | 'help'
  | 'bad_line'
  | 'long_hold'
  /** Against the target of the call's queue. */
  | 'long_call'
  | 'long_wrap_up'
  /** Not ready for longer than the reason allows. */
  | 'reason_over';

/** 1: worth knowing. 2: look at it. 3: now. */
export type RiskLevel = 1 | 2 | 3;

export type Risk = {
  readonly kind: RiskKind;
  readonly level: RiskLevel;
  /** When what it is about began: the hold, the call, the wrap-up. */
  readonly since: number;
};

export type FloorCall = {
  readonly stage: 'ringing' | 'talking' | 'wrap_up';
  readonly queue: string | null;
  readonly since: number | null;
  readonly onHoldSince: number | null;
};

export type FloorState = 'offline' | 'not_ready' | 'ready' | 'reserved' | 'engaged' | 'wrap_up';

export type FloorAgent = {
  readonly name: string;
  readonly state: { readonly state: FloorState; readonly reason?: string };
  readonly since: number;
  readonly calls: readonly FloorCall[];
  readonly quality: 'good' | 'fair' | 'bad' | null;
  readonly hand: { readonly raisedAt: number; readonly taken: boolean } | null;
};

/** What the centre holds agents to. */
export type FloorLimits = {
  /** null: the queue has none. */
  readonly targetHandleMs: (queue: string | null) => number | null;
  /** null: as long as it takes. */
  readonly maximumReasonMs: (reason: string) => number | null;
};

export const minuteMs = 60_000;

/** After how long something is worth a look, and after how long it cannot wait. */
export const riskAfterMs = {
  hold: [2 * minuteMs, 5 * minuteMs],
  wrapUp: [3 * minuteMs, 8 * minuteMs],
  /** Past the maximum of the reason. */
  reason: [0, 10 * minuteMs],
} as const;

/** So many times the target of its queue. */
export const longCallTimes = [1.5, 2.5] as const;

const byAge = (
  kind: RiskKind,
  since: number,
  now: number,
  [look, urgent]: readonly [number, number],
): readonly Risk[] => {
  const ageMs = now - since;
  return ageMs < look ? [] : [{ kind, since, level: ageMs < urgent ? 2 : 3 }];
};

const risksOfCall = (call: FloorCall, limits: FloorLimits, now: number): readonly Risk[] => {
  const { stage, since, onHoldSince } = call;
  if (stage === 'wrap_up' && since !== null) {
    return byAge('long_wrap_up', since, now, riskAfterMs.wrapUp);
  }
  if (stage !== 'talking') return [];
  const targetMs = limits.targetHandleMs(call.queue);
  return [
    ...(onHoldSince === null ? [] : byAge('long_hold', onHoldSince, now, riskAfterMs.hold)),
    ...(since === null || targetMs === null
      ? []
      : byAge('long_call', since, now, [targetMs * longCallTimes[0], targetMs * longCallTimes[1]])),
  ];
};

/** The worst first; of equals the one that lasts longest. */
export const risksOf = (agent: FloorAgent, limits: FloorLimits, now: number): readonly Risk[] => {
  const { hand, state, quality, calls, since } = agent;
  const risks: Risk[] = calls.flatMap((call) => risksOfCall(call, limits, now));
  if (hand !== null) {
    risks.push({ kind: 'help', level: hand.taken ? 1 : 3, since: hand.raisedAt });
  }
  const talking = calls.find(({ stage }) => stage === 'talking');
  if (quality === 'bad' && talking !== undefined) {
    risks.push({ kind: 'bad_line', level: 2, since: talking.since ?? since });
  }
  if (state.state === 'not_ready' && state.reason !== undefined) {
    const maximumMs = limits.maximumReasonMs(state.reason);
    if (maximumMs !== null) {
      const [look, urgent] = riskAfterMs.reason;
      risks.push(...byAge('reason_over', since, now, [maximumMs + look, maximumMs + urgent]));
    }
  }
  return risks.sort((a, b) => b.level - a.level || a.since - b.since);
};

const stateRank: Readonly<Record<FloorState, number>> = {
  engaged: 0,
  reserved: 1,
  wrap_up: 2,
  not_ready: 3,
  ready: 4,
  offline: 5,
};

export type Ranked = {
  readonly agent: Pick<FloorAgent, 'name' | 'since'> & {
    readonly state: { readonly state: FloorState };
  };
  readonly risks: readonly Risk[];
};

/** Who needs attention before whom: by the worst risk, then by what they do, then by how long they have done it. */
export const compareAttention = (a: Ranked, b: Ranked): number => {
  const [first, second] = [a.risks[0], b.risks[0]];
  const byRisk = (second?.level ?? 0) - (first?.level ?? 0);
  if (byRisk !== 0) return byRisk;
  if (first !== undefined && second !== undefined && first.since !== second.since) {
    return first.since - second.since;
  }
  return (
    stateRank[a.agent.state.state] - stateRank[b.agent.state.state] ||
    a.agent.since - b.agent.since ||
    (a.agent.name < b.agent.name ? -1 : a.agent.name > b.agent.name ? 1 : 0)
  );
};
