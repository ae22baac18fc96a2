import type { SupervisionMode } from '../../../shared/domain/supervision/join.ts';
import { failure, success } from '../../../shared/result.ts';
import type { Result } from '../../../shared/result.ts';
import { field } from '../ami/ami-message.ts';
import type { AmiMessage } from '../ami/ami-message.ts';
import type { CallKey, PbxEvent, PbxFailure } from '../pbx.ts';
import type { JoinLineEnd, PhoneFailure, RunningJoin, SupervisionEvent } from '../supervision.ts';
import { extensionOfChannel } from './agent-channel.ts';
import { joinIdOfChannel } from './join-channel.ts';
import type { SnapshotChannel } from './pbx-snapshot.ts';

export type JoinFailure = PbxFailure | PhoneFailure;

/** What a line hears, and how. */
type Hearing = {
  readonly agentExtension: string;
  readonly callKey: CallKey;
  readonly mode: SupervisionMode;
};

/** A supervisor's phone at the PBX. */
export type JoinLine = {
  readonly joinId: string;
  readonly supervisorExtension: string;
  /** What it hears, or is on its way to hear. */
  hearing: Hearing;
  /** The agent's channel. */
  spiedId: string;
  /** `steered`: it was told where to go and is not there yet. */
  state: 'calling' | 'steered' | 'hearing' | 'waiting';
  /** What was last reported of it; null: it was not reported as started. */
  told: Hearing | null;
  /** Why it is being ended; null: it is not. */
  why: JoinLineEnd | null;
  /** Whoever waits for it to hear. */
  settle: ((result: Result<null, JoinFailure>) => void) | null;
};

export type SupervisionLines = {
  /** What this AMI event means for joins, told after `calls`: what it meant for calls. */
  readonly take: (
    message: AmiMessage,
    calls: readonly PbxEvent[],
    at: number,
  ) => readonly SupervisionEvent[];
  readonly resync: (
    channels: readonly SnapshotChannel[],
    at: number,
  ) => readonly SupervisionEvent[];
  readonly add: (line: JoinLine) => void;
  readonly find: (joinId: string) => JoinLine | undefined;
  readonly all: () => readonly JoinLine[];
  /** The answer to whoever waits for the line to hear. */
  readonly give: (line: JoinLine, result: Result<null, JoinFailure>) => void;
  /** It never came to be. */
  readonly forget: (line: JoinLine) => void;
};

/** Contact states by which a phone is gone (`ContactStatus`). */
const GONE = new Set(['Removed', 'Unreachable']);
/** Q.850: the phone hung up. */
const NORMAL_CLEARING = 16;

const MODES: ReadonlySet<string> = new Set<SupervisionMode>(['listen', 'whisper', 'barge']);
// A set of strings cannot narrow by itself.
export const isSupervisionMode = (text: string): text is SupervisionMode => MODES.has(text);

/** Turns AMI events into what happened to supervisors' lines. `end` is called for a line that has to go. */
export const createSupervisionLines = (
  end: (line: JoinLine, why: JoinLineEnd) => void,
): SupervisionLines => {
  const lines = new Map<string, JoinLine>();

  const give = (line: JoinLine, result: Result<null, JoinFailure>): void => {
    const { settle } = line;
    line.settle = null;
    settle?.(result);
  };

  const hears = (line: JoinLine, at: number): readonly SupervisionEvent[] => {
    line.state = 'hearing';
    const { joinId, hearing, told } = line;
    line.told = hearing;
    const isNew =
      told?.callKey !== hearing.callKey || told.agentExtension !== hearing.agentExtension;
    const events: readonly SupervisionEvent[] = isNew
      ? [{ kind: 'supervision_started', at, joinId, ...hearing }]
      : told.mode === hearing.mode
        ? []
        : [{ kind: 'supervision_mode', at, joinId, mode: hearing.mode }];
    return events;
  };

  /** Of a line whose channel is gone. */
  const gone = (line: JoinLine, why: JoinLineEnd, at: number): readonly SupervisionEvent[] => {
    lines.delete(line.joinId);
    const { joinId, told } = line;
    const isNoAnswer = line.state === 'calling' && line.why === null;
    give(
      line,
      isNoAnswer
        ? failure({ code: 'no_answer', message: 'the phone did not take the line' })
        : failure({ code: 'no_such_call', message: 'the line is over' }),
    );
    return told === null ? [] : [{ kind: 'supervision_ended', at, joinId, why }];
  };

  const endOf = (line: JoinLine, cause: number): JoinLineEnd => {
    if (line.why !== null) return line.why;
    if (line.state === 'waiting') return 'moved_on';
    return cause === NORMAL_CLEARING ? 'left' : 'phone_gone';
  };

  const agentLeft = (line: JoinLine, at: number): readonly SupervisionEvent[] => {
    const { joinId, told } = line;
    if (line.state === 'calling') end(line, 'call_over');
    line.state = 'waiting';
    give(line, failure({ code: 'no_such_call', message: 'the agent left the call' }));
    if (told === null || line.why !== null) return [];
    return [{ kind: 'supervision_agent_left', at, joinId }];
  };

  const takeHangup = (
    message: AmiMessage,
    calls: readonly PbxEvent[],
    at: number,
  ): readonly SupervisionEvent[] => {
    const uniqueId = field(message, 'Uniqueid');
    const own = lines.get(joinIdOfChannel(uniqueId) ?? '');
    if (own !== undefined) return gone(own, endOf(own, Number(field(message, 'Cause'))), at);
    const over = new Set(
      calls.flatMap((event) => (event.kind === 'call_ended' ? [event.callKey] : [])),
    );
    return [...lines.values()].flatMap((line) => {
      if (over.has(line.hearing.callKey)) end(line, 'call_over');
      return line.spiedId === uniqueId ? agentLeft(line, at) : [];
    });
  };

  const take = (
    message: AmiMessage,
    calls: readonly PbxEvent[],
    at: number,
  ): readonly SupervisionEvent[] => {
    if (lines.size === 0) return [];
    switch (field(message, 'Event')) {
      case 'Newchannel':
      case 'Newstate': {
        // It was left before the PBX had made it.
        const line = lines.get(joinIdOfChannel(field(message, 'Uniqueid')) ?? '');
        if (line !== undefined && line.why !== null) end(line, line.why);
        return [];
      }
      case 'ChanSpyStart': {
        const line = lines.get(joinIdOfChannel(field(message, 'SpyerUniqueid')) ?? '');
        if (line?.why !== null || line.spiedId !== field(message, 'SpyeeUniqueid')) return [];
        const events = hears(line, at);
        give(line, success(null));
        return events;
      }
      case 'ContactStatus': {
        const extension = field(message, 'AOR') || field(message, 'EndpointName');
        if (!GONE.has(field(message, 'ContactStatus'))) return [];
        for (const line of lines.values()) {
          if (line.supervisorExtension === extension) end(line, 'phone_gone');
        }
        return [];
      }
      case 'Hangup':
        return takeHangup(message, calls, at);
      default:
        return [];
    }
  };

  const resync = (
    channels: readonly SnapshotChannel[],
    at: number,
  ): readonly SupervisionEvent[] => {
    const events: SupervisionEvent[] = [];
    const ids = new Set(channels.map(({ uniqueId }) => uniqueId));
    const seen = new Map(
      channels.flatMap(({ uniqueId, name, dialed, join }) => {
        const joinId = joinIdOfChannel(uniqueId);
        return joinId === null || join === null
          ? []
          : [[joinId, { name, dialed, ...join }] as const];
      }),
    );
    for (const line of [...lines.values()]) {
      if (!seen.has(line.joinId)) events.push(...gone(line, line.why ?? 'pbx_away', at));
    }
    for (const [joinId, { name, dialed, spiedId, agentExtension, callKey, ...is }] of seen) {
      const mode = isSupervisionMode(dialed) ? dialed : 'listen';
      const hearing = { agentExtension, callKey, mode };
      const line: JoinLine = lines.get(joinId) ?? {
        joinId,
        supervisorExtension: extensionOfChannel(name) ?? '',
        hearing,
        spiedId,
        state: 'waiting',
        told: hearing,
        why: null,
        settle: null,
      };
      lines.set(joinId, line);
      line.hearing = hearing;
      line.spiedId = spiedId;
      const isHearing = is.isSpying && ids.has(spiedId);
      if (line.why !== null) end(line, line.why);
      else if (isHearing) events.push(...hears(line, at));
      else if (line.state === 'hearing') events.push(...agentLeft(line, at));
      give(
        line,
        isHearing
          ? success(null)
          : failure({ code: 'pbx_away', message: 'the PBX was away meanwhile' }),
      );
    }
    return events;
  };

  return {
    take,
    resync,
    add: (line) => void lines.set(line.joinId, line),
    find: (joinId) => lines.get(joinId),
    all: () => [...lines.values()],
    give,
    forget: ({ joinId }) => void lines.delete(joinId),
  };
};

export const runningJoin = (line: JoinLine): RunningJoin => ({
  joinId: line.joinId,
  supervisorExtension: line.supervisorExtension,
  ...line.hearing,
  isWaiting: line.state === 'waiting',
});
