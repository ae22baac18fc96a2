import { setTimeout as wait } from 'node:timers/promises';
import type { SupervisionMode } from '../../../shared/domain/supervision/join.ts';
import { failure, success } from '../../../shared/result.ts';
import type { Result } from '../../../shared/result.ts';
import type { AmiClient } from '../ami/ami-client.ts';
import { field } from '../ami/ami-message.ts';
import type { AmiMessage } from '../ami/ami-message.ts';
import type { CallKey, Pbx, PbxEvent, PbxFailure } from '../pbx.ts';
import type { JoinLineEnd, JoinOrder, SupervisionEvent } from '../supervision.ts';
import { agentInterface, isExtension } from './agent-channel.ts';
import { pbxFailure } from './ami-failure.ts';
import type { CallChannel } from './call-tracker.ts';
import { isJoinId, joinChannelId } from './join-channel.ts';
import type { OpenLines } from './open-lines.ts';
import { SPIED_VARIABLE, SUPERVISED_CALL_VARIABLE, SUPERVISED_VARIABLE } from './pbx-snapshot.ts';
import type { SnapshotChannel } from './pbx-snapshot.ts';
import { readPresence } from './presence.ts';
import { createSupervisionLines, isSupervisionMode, runningJoin } from './supervision-lines.ts';
import type { JoinFailure, JoinLine } from './supervision-lines.ts';
import { takeOver } from './take-over.ts';

export type Supervision = Pick<
  Pbx,
  'supervise' | 'superviseMode' | 'endSupervision' | 'takeOver' | 'runningSupervisions'
> & {
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
};

type Calls = {
  readonly channelsOf: (callKey: CallKey) => readonly CallChannel[];
  readonly heardWith: OpenLines['heardWith'];
};

/** resources/pbx/etc/extensions.conf: no phone can dial or transfer there. */
const JOIN_CONTEXT = 'ringside-supervise';
/** A phone that was asked for takes the line in far less; within the time in which the port answers. */
const ANSWER_WITHIN_MS = 4_000;
/** Then nothing more is to be expected of the PBX, which says nothing of a phone that cannot be called. */
const GIVE_UP_AFTER_MS = 4_400;
const NEXT_AGENT_WITHIN_MS = 1_000;
const POLL_MS = 25;
/** What DEVICE_STATE says of a phone that cannot be called. */
const UNREACHABLE = new Set(['UNAVAILABLE', 'INVALID']);
/** What Asterisk says (main/manager.c) of a channel that is gone. */
const ENDED_MEANWHILE = /No such channel|Channel does not exist|not specified/i;

const refused = (message: string) => failure({ code: 'pbx_refused', message } as const);
const noAnswer = () =>
  failure({ code: 'no_answer', message: 'the phone did not take the line' } as const);
const noSuchCall = (message: string) => failure({ code: 'no_such_call', message } as const);

/**
 * Supervisors on agents' calls, by ChanSpy on the agent's channel. What a line hears is written on the line itself, so it
 * is known after a restart of this process, and gone with the line. A mode is changed by sending the line to ChanSpy
 * anew: nothing of it touches the agent's channel, but for what is mixed into it.
 */
export const createSupervision = (
  ami: Pick<AmiClient, 'send' | 'list'>,
  { channelsOf, heardWith }: Calls,
): Supervision => {
  /** One command at a time for each join. */
  const turns = new Map<string, Promise<unknown>>();

  const inTurn = async <Value>(joinId: string, work: () => Promise<Value>): Promise<Value> => {
    const before = turns.get(joinId) ?? Promise.resolve();
    const mine = before.then(work, work);
    turns.set(joinId, mine);
    return mine.finally(() => {
      if (turns.get(joinId) === mine) turns.delete(joinId);
    });
  };

  const hangUp = async (line: JoinLine, why: JoinLineEnd): Promise<Result<null, PbxFailure>> => {
    line.why ??= why;
    const ended = await ami.send('Hangup', [['Channel', joinChannelId(line.joinId)]]);
    if (ended.ok || ENDED_MEANWHILE.test(ended.why.message)) return success(null);
    return failure(pbxFailure(ended.why));
  };

  const lines = createSupervisionLines((line, why) => void hangUp(line, why));

  const agentChannel = (callKey: CallKey, extension: string): CallChannel | undefined =>
    channelsOf(callKey).find(
      (each) => each.extension === extension && each.isUp && !each.isConsult,
    );

  /** In a transfer an agent may leave a moment before the next one is with the customer. */
  const comingAgent = async (
    callKey: CallKey,
    extension: string,
  ): Promise<CallChannel | undefined> => {
    const giveUpAt = performance.now() + NEXT_AGENT_WITHIN_MS;
    for (;;) {
      const channel = agentChannel(callKey, extension);
      if (channel !== undefined || performance.now() > giveUpAt) return channel;
      await wait(POLL_MS);
    }
  };

  /** Two open lines are joined by the agent's phone: who is on the other would hear what is whispered. */
  const isOverheard = (callKey: CallKey, extension: string): boolean =>
    heardWith(callKey, extension).length > 0;

  /** Sends the line on its way and waits until it hears; a line that does not is given up. */
  const heard = (line: JoinLine, send: () => ReturnType<AmiClient['send']>) =>
    new Promise<Result<null, JoinFailure>>((resolve) => {
      const giveUp = setTimeout(() => {
        const isNew = line.state === 'calling';
        void hangUp(line, isNew ? 'no_answer' : 'pbx_away');
        if (isNew) lines.forget(line);
        lines.give(
          line,
          isNew ? noAnswer() : failure({ code: 'pbx_away', message: 'the line went nowhere' }),
        );
      }, GIVE_UP_AFTER_MS);
      line.settle = (result) => {
        clearTimeout(giveUp);
        resolve(result);
      };
      void send().then((answer) => {
        if (answer.ok) return;
        if (line.state === 'calling') lines.forget(line);
        lines.give(line, failure(pbxFailure(answer.why)));
      });
    });

  const steer = async (
    line: JoinLine,
    mode: SupervisionMode,
  ): Promise<Result<null, JoinFailure>> => {
    const { hearing, state } = line;
    line.hearing = { ...hearing, mode };
    line.state = 'steered';
    const result = await heard(line, () =>
      ami.send('Redirect', [
        ['Channel', joinChannelId(line.joinId)],
        ['Context', JOIN_CONTEXT],
        ['Exten', mode],
        ['Priority', '1'],
      ]),
    );
    // The PBX left it where it was.
    if (!result.ok && result.why.code === 'pbx_refused') Object.assign(line, { hearing, state });
    return result;
  };

  const call = (order: JoinOrder, spiedId: string): Promise<Result<null, JoinFailure>> => {
    const { joinId, supervisorExtension, agentExtension, callKey, mode } = order;
    const line: JoinLine = {
      joinId,
      supervisorExtension,
      hearing: { agentExtension, callKey, mode },
      spiedId,
      state: 'calling',
      told: null,
      why: null,
      settle: null,
    };
    lines.add(line);
    return heard(line, () =>
      ami.send('Originate', [
        ['Channel', agentInterface(supervisorExtension)],
        ['ChannelId', joinChannelId(joinId)],
        ['Context', JOIN_CONTEXT],
        ['Exten', mode],
        ['Priority', '1'],
        ['Timeout', String(ANSWER_WITHIN_MS)],
        ['Async', 'true'],
        ['CallerID', agentExtension],
        ['Variable', `PJSIP_HEADER(add,X-Ringside-Supervise)=${joinId}`],
        ['Variable', `${SPIED_VARIABLE}=${spiedId}`],
        ['Variable', `${SUPERVISED_VARIABLE}=${agentExtension}`],
        ['Variable', `${SUPERVISED_CALL_VARIABLE}=${callKey}`],
      ]),
    );
  };

  const move = async (
    line: JoinLine,
    { agentExtension, callKey, mode }: JoinOrder,
    spiedId: string,
  ): Promise<Result<null, JoinFailure>> => {
    const { hearing } = line;
    if (line.state === 'hearing' && line.spiedId === spiedId && hearing.mode === mode)
      return success(null);
    const written = await Promise.all(
      [
        [SPIED_VARIABLE, spiedId],
        [SUPERVISED_VARIABLE, agentExtension],
        [SUPERVISED_CALL_VARIABLE, callKey],
      ].map(([name = '', value = '']) =>
        ami.send('Setvar', [
          ['Channel', joinChannelId(line.joinId)],
          ['Variable', name],
          ['Value', value],
        ]),
      ),
    );
    for (const answer of written) if (!answer.ok) return failure(pbxFailure(answer.why));
    line.hearing = { agentExtension, callKey, mode };
    line.spiedId = spiedId;
    return steer(line, mode);
  };

  /** The state of a phone follows its registration by a moment: what it lacks, the contacts may have. */
  const isCallable = async (extension: string): Promise<Result<boolean, PbxFailure>> => {
    const phone = await ami.send('Getvar', [
      ['Variable', `DEVICE_STATE(${agentInterface(extension)})`],
    ]);
    if (!phone.ok) return failure(pbxFailure(phone.why));
    if (!UNREACHABLE.has(field(phone.value, 'Value'))) return success(true);
    const presence = await readPresence(ami);
    return presence.ok ? success(presence.value.reachable.includes(extension)) : presence;
  };

  const supervise = async (order: JoinOrder): Promise<Result<null, JoinFailure>> => {
    const { joinId, supervisorExtension, agentExtension, callKey, mode } = order;
    if (!isJoinId(joinId)) return refused('not a join id');
    if (!isExtension(supervisorExtension) || !isExtension(agentExtension))
      return refused('not the extensions of two phones');
    if (supervisorExtension === agentExtension) return refused('a phone cannot join itself');
    const line = lines.find(joinId);
    const channel = await (line === undefined
      ? agentChannel(callKey, agentExtension)
      : comingAgent(callKey, agentExtension));
    if (channel === undefined) return noSuchCall('the agent is not with the customer of this call');
    if (mode === 'whisper' && isOverheard(callKey, agentExtension))
      return refused('somebody else would hear the whisper');
    if (line !== undefined) return move(line, order, channel.uniqueId);
    const isThere = await isCallable(supervisorExtension);
    if (!isThere.ok) return isThere;
    if (!isThere.value) return noAnswer();
    return call(order, channel.uniqueId);
  };

  const superviseMode = async (
    joinId: string,
    mode: SupervisionMode,
  ): Promise<Result<null, PbxFailure>> => {
    const line = lines.find(joinId);
    if (line?.why !== null) return noSuchCall('this join has no line');
    if (!isSupervisionMode(mode)) return refused('not a mode');
    if (line.state !== 'hearing') return noSuchCall('the line hears no call');
    if (line.hearing.mode === mode) return success(null);
    if (mode === 'whisper' && isOverheard(line.hearing.callKey, line.hearing.agentExtension))
      return refused('somebody else would hear the whisper');
    const steered = await steer(line, mode);
    if (steered.ok) return steered;
    const { code, message } = steered.why;
    return failure({ code: code === 'no_answer' ? 'no_such_call' : code, message });
  };

  const silence = async (line: JoinLine): Promise<void> => {
    const silenced = await inTurn(line.joinId, () => superviseMode(line.joinId, 'listen'));
    if (!silenced.ok && silenced.why.code !== 'no_such_call') await hangUp(line, 'pbx_away');
  };

  /** A whisper that somebody else would hear from now on. */
  const guardWhispers = (calls: readonly PbxEvent[]): void => {
    for (const event of calls) {
      if (event.kind !== 'hold_changed') continue;
      for (const line of lines.all()) {
        const { mode, callKey, agentExtension } = line.hearing;
        if (mode === 'whisper' && callKey === event.callKey && isOverheard(callKey, agentExtension))
          void silence(line);
      }
    }
  };

  return {
    take: (message, calls, at) => {
      const events = lines.take(message, calls, at);
      guardWhispers(calls);
      return events;
    },
    resync: lines.resync,
    supervise: (order) => inTurn(order.joinId, () => supervise(order)),
    superviseMode: (joinId, mode) => inTurn(joinId, () => superviseMode(joinId, mode)),
    endSupervision: async (joinId) => {
      const line = lines.find(joinId);
      return line === undefined ? success(null) : hangUp(line, 'left');
    },
    takeOver: async (order) => {
      const handed = await takeOver(ami, agentChannel, order);
      if (!handed.ok) return handed;
      for (const line of lines.all()) {
        if (line.supervisorExtension !== order.supervisorExtension) continue;
        if (line.hearing.callKey === order.callKey) void hangUp(line, 'taken_over');
      }
      return handed;
    },
    runningSupervisions: () => Promise.resolve(success(lines.all().map(runningJoin))),
  };
};
