import type { Pbx, PbxEvent, PbxFailure } from '../../src/backend/pbx/pbx.ts';
import type {
  JoinLineEnd,
  JoinOrder,
  PhoneFailure,
  RunningJoin,
  TakeOver,
} from '../../src/backend/pbx/supervision.ts';
import { failure, success, type Result } from '../../src/shared/result.ts';

type Answer = <Value, Why>(
  work: () => Result<Value, Why>,
) => Promise<Result<Value, Why | PbxFailure>>;

export type ScriptedSupervision = Pick<
  Pbx,
  'supervise' | 'superviseMode' | 'endSupervision' | 'takeOver' | 'runningSupervisions'
> & {
  /** The lines that stand, by join. */
  readonly joins: ReadonlyMap<string, RunningJoin>;
  /** Everything asked of joins, in order: `supervise <id> listen`, `mode <id> barge`, `end <id>`, `take over <call>`. */
  readonly supervisionLog: readonly string[];
  readonly takeOvers: readonly TakeOver[];
  /** The next one of these orders fails like this. */
  readonly failNextSupervision: (why: PbxFailure | PhoneFailure) => void;
  /** The line of this join ends by itself. */
  readonly loseJoin: (joinId: string, why: JoinLineEnd) => void;
  /** A restart of the PBX takes every line with it. */
  readonly forgetJoins: () => void;
};

/** Joins as the scripted PBX keeps them: a line stands until its call ends, and waits when its agent leaves. */
export const createScriptedSupervision = (
  answer: Answer,
  report: (event: PbxEvent) => void,
  now: () => number,
): ScriptedSupervision & { readonly notice: (event: PbxEvent) => void } => {
  const joins = new Map<string, RunningJoin>();
  const supervisionLog: string[] = [];
  const takeOvers: TakeOver[] = [];
  let nextFailure: PbxFailure | PhoneFailure | null = null;

  const failed = (): PbxFailure | PhoneFailure | null => {
    const why = nextFailure;
    nextFailure = null;
    return why;
  };
  const noLine = (joinId: string): PbxFailure => ({
    code: 'no_such_call',
    message: `join ${joinId} has no line`,
  });
  const loseJoin = (joinId: string, why: JoinLineEnd): void => {
    if (joins.delete(joinId)) report({ kind: 'supervision_ended', at: now(), joinId, why });
  };
  const start = (order: JoinOrder): void => {
    joins.set(order.joinId, { ...order, isWaiting: false });
    const { supervisorExtension: _, ...told } = order;
    report({ kind: 'supervision_started', at: now(), ...told });
  };

  return {
    joins,
    supervisionLog,
    takeOvers,
    failNextSupervision: (why) => {
      nextFailure = why;
    },
    loseJoin,
    forgetJoins: () => {
      for (const joinId of [...joins.keys()]) loseJoin(joinId, 'pbx_away');
    },
    notice: (event) => {
      for (const { joinId, callKey, agentExtension } of [...joins.values()]) {
        if (!('callKey' in event) || event.callKey !== callKey) continue;
        if (event.kind === 'call_ended') loseJoin(joinId, 'call_over');
        if (event.kind !== 'leg_ended' || event.extension !== agentExtension) continue;
        const join = joins.get(joinId);
        if (join === undefined) continue;
        joins.set(joinId, { ...join, isWaiting: true });
        report({ kind: 'supervision_agent_left', at: now(), joinId });
      }
    },
    supervise: (order) =>
      answer<null, PbxFailure | PhoneFailure>(() => {
        supervisionLog.push(`supervise ${order.joinId} ${order.mode}`);
        const why = failed();
        if (why !== null) return failure(why);
        start(order);
        return success(null);
      }),
    superviseMode: (joinId, mode) =>
      answer<null, PbxFailure>(() => {
        supervisionLog.push(`mode ${joinId} ${mode}`);
        const why = failed();
        if (why !== null) return failure({ ...why, code: 'pbx_refused' });
        const join = joins.get(joinId);
        if (join === undefined) return failure(noLine(joinId));
        joins.set(joinId, { ...join, mode });
        report({ kind: 'supervision_mode', at: now(), joinId, mode });
        return success(null);
      }),
    endSupervision: (joinId) =>
      answer<null, PbxFailure>(() => {
        supervisionLog.push(`end ${joinId}`);
        loseJoin(joinId, 'left');
        return success(null);
      }),
    takeOver: (order) =>
      answer<null, PbxFailure>(() => {
        supervisionLog.push(`take over ${order.callKey}`);
        const why = failed();
        if (why !== null) return failure({ ...why, code: 'pbx_refused' });
        takeOvers.push(order);
        for (const { joinId, callKey, supervisorExtension } of [...joins.values()]) {
          if (callKey === order.callKey && supervisorExtension === order.supervisorExtension) {
            loseJoin(joinId, 'taken_over');
          }
        }
        return success(null);
      }),
    runningSupervisions: () =>
      answer<readonly RunningJoin[], PbxFailure>(() => success([...joins.values()])),
  };
};
