/** A supervisor on an agent's call: who may, how far it is, when the supervisor's microphone is open, who is told. */

/** `listen`: heard by nobody. `whisper`: heard by the agent. `barge`: heard by agent and customer. */
export type SupervisionMode = 'listen' | 'whisper' | 'barge';
export const supervisionModes = [
  'listen',
  'whisper',
  'barge',
] as const satisfies readonly SupervisionMode[];

/** Why a join is over. */
export const joinEnds = [
  /** The supervisor left. */
  'left',
  'taken_over',
  'call_over',
  /** The customer is with somebody whom this supervisor may not supervise, or with nobody. */
  'moved_on',
  /** The supervisor's phone is gone, or hung up by itself. */
  'phone_gone',
  /** The supervisor's phone did not answer. */
  'no_answer',
  'pbx_away',
  'pbx_refused',
  'signed_out',
  /** Nobody knows how it ended: the backend was away. */
  'lost',
] as const;
export type JoinEnd = (typeof joinEnds)[number];

export type Join = {
  readonly state:
    /** It is in the ledger, and the PBX is asked. */
    | 'asked'
    /** The supervisor hears the call. */
    | 'running'
    /** The agent left; the customer is on the way to the next. */
    | 'moving'
    | 'ended';
  /** What the PBX confirmed; before it did, what was asked for. */
  readonly mode: SupervisionMode;
  /** What was asked for and is not confirmed; null: nothing. */
  readonly wanted: SupervisionMode | null;
  readonly agentId: string;
  readonly why: JoinEnd | null;
};

export type JoinEvent =
  /** The phone answered and hears the call in this mode. */
  | { readonly kind: 'joined'; readonly mode: SupervisionMode }
  | { readonly kind: 'mode_asked'; readonly mode: SupervisionMode }
  | { readonly kind: 'mode_confirmed'; readonly mode: SupervisionMode }
  /** The PBX did not take the mode: the one before stands. */
  | { readonly kind: 'mode_refused' }
  | { readonly kind: 'agent_left' }
  /** To the agent who has the customer now. */
  | { readonly kind: 'moved'; readonly agentId: string }
  | { readonly kind: 'ended'; readonly why: JoinEnd };

export const newJoin = (agentId: string, mode: SupervisionMode): Join => ({
  state: 'asked',
  mode,
  wanted: null,
  agentId,
  why: null,
});

/** Total: an event that does not fit changes nothing, and an end is final. */
export const joinTransition = (join: Join, event: JoinEvent): Join => {
  if (join.state === 'ended') return join;
  switch (event.kind) {
    case 'joined':
      return join.state === 'running'
        ? join
        : { ...join, state: 'running', mode: event.mode, wanted: null };
    case 'mode_asked':
      return join.state !== 'running' || (join.wanted ?? join.mode) === event.mode
        ? join
        : { ...join, wanted: event.mode };
    case 'mode_confirmed':
      return join.state === 'running' ? { ...join, mode: event.mode, wanted: null } : join;
    case 'mode_refused':
      return { ...join, wanted: null };
    case 'agent_left':
      return join.state === 'running' || join.state === 'asked'
        ? { ...join, state: 'moving', wanted: null }
        : join;
    case 'moved':
      // Nobody speaks to a person whom they have not met: it begins with listening again.
      return join.state === 'moving'
        ? { ...join, state: 'asked', mode: 'listen', wanted: null, agentId: event.agentId }
        : join;
    case 'ended':
      return { ...join, state: 'ended', wanted: null, why: event.why };
  }
};

/**
 * Whether the supervisor's microphone may be open: only while a mode that somebody hears is confirmed, and none that
 * fewer hear is asked for.
 */
export const mayOpenMicrophone = ({
  state,
  mode,
  wanted,
}: Pick<Join, 'state' | 'mode' | 'wanted'>): boolean =>
  state === 'running' && heardBy[mode] > 0 && heardBy[wanted ?? mode] >= heardBy[mode];

/** How many of agent and customer hear the supervisor. */
export const heardBy: Readonly<Record<SupervisionMode, number>> = {
  listen: 0,
  whisper: 1,
  barge: 2,
};

/** What an agent is told of joins on own calls: while they last, in the ledger afterwards, or not at all. */
export type AgentSees = 'always' | 'afterwards' | 'never';
/** The most open first. */
export const agentSeesWords = ['always', 'afterwards', 'never'] as const satisfies AgentSees[];

/** What counts for whether the agent is told: the rule where the agent works, a right that was used, the mode. */
type Told = {
  readonly agentSees: AgentSees;
  /** The supervisor used the right to listen covertly. */
  readonly covert: boolean;
  readonly mode: SupervisionMode;
};

/** Whoever hears a supervisor speak is told who it is, whatever else holds. */
export const agentSeesNow = ({ agentSees, covert, mode }: Told): boolean =>
  mode !== 'listen' || (agentSees === 'always' && !covert);

/** `spoke`: in whisper or barge at any time. */
export const agentSeesAfterwards = ({
  agentSees,
  covert,
  spoke,
}: Omit<Told, 'mode'> & { readonly spoke: boolean }): boolean =>
  spoke || (agentSees !== 'never' && !covert);

/** What the law of a place has to say about supervisors on calls. */
export type SupervisionRule = {
  /** ISO 3166-1 alpha-2 of a country, or ISO 3166-2 of a part of one. */
  readonly place: string;
  readonly agentSees: AgentSees;
  /** Whether a right to listen covertly may be used there. */
  readonly covert: boolean;
  readonly source: string;
  /** When somebody last looked at the source, as 2026-11-22. */
  readonly date: string;
};

/** Where nobody knows the law: the agent sees it, always. */
export const unknownPlaceRule = { agentSees: 'always', covert: false } as const;

/** Of the part of a country where it is listed, else of the country; of a country with no part known its strictest. */
export const supervisionRuleFor = (
  rules: readonly SupervisionRule[],
  place: string | null,
): Pick<SupervisionRule, 'agentSees' | 'covert'> => {
  if (place === null) return unknownPlaceRule;
  const part = rules.find((rule) => rule.place === place && place.length > 2);
  if (part !== undefined) return part;
  const hold = rules.filter((rule) =>
    place.length > 2 ? rule.place === place.slice(0, 2) : rule.place.startsWith(place),
  );
  if (hold.length === 0) return unknownPlaceRule;
  return {
    agentSees:
      agentSeesWords.find((word) => hold.some((rule) => rule.agentSees === word)) ?? 'always',
    covert: hold.every((rule) => rule.covert),
  };
};
