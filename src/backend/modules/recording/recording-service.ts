import type { ConsentRule } from '../../../shared/domain/consent/rule.ts';
import type { Now } from '../../clock.ts';
import { isDatabaseAway, type Database } from '../../database/database.ts';
import type { MintId } from '../../identifiers.ts';
import { createKeyedQueue } from '../../keyed-queue.ts';
import type { Log } from '../../log.ts';
import type { Pbx } from '../../pbx/pbx.ts';
import type { ContactRow, RecordingRow } from '../contacts/card.ts';
import { findContactByCallKey } from '../contacts/contact-repository.ts';
import type { Contacts } from '../contacts/contact-service.ts';
import type { PushHub } from '../push/push-hub.ts';
import type { ConsultLegs } from '../telephony/consult-legs.ts';
import { createCallDecision, type CallDecision } from './call-decision.ts';
import { createRecordingMachine, type Again } from './recording-machine.ts';
import { createRecordingWatch } from './recording-watch.ts';
import {
  findCallsOfAgent,
  findLiveCalls,
  findRunning,
  listLiveCalls,
  listRunning,
  setRecordingStarted,
} from './recording-repository.ts';
import { recordingStep } from './recording-step.ts';

/** The one place that starts, silences and stops recordings. */
export type Recordings = {
  /** Something about the call's consent, its pauses or its legs changed. */
  readonly reconsider: (callKey: string) => void;
  /** The PBX has one leg fewer: what was recorded of it has ended by itself. */
  readonly legEnded: (callKey: string) => void;
  /** The same; resolves when what was decided is done, or could not be. */
  readonly settled: (callKey: string) => Promise<void>;
  /** The same for calls of which most may be long over. */
  readonly reconsiderLive: (callKeys: readonly string[]) => Promise<void>;
  /** Every call that is recorded: the rules or the queues changed. */
  readonly reconsiderAll: () => void;
  /** Compares with what the PBX records now; what may not be recorded is stopped. */
  readonly reconcile: () => void;
  readonly idle: () => Promise<void>;
  readonly stop: () => void;
};

type Needs = {
  readonly database: Database;
  readonly contacts: Contacts;
  readonly pbx: Pbx;
  readonly push: Pick<PushHub, 'isConnected' | 'onLine'>;
  readonly consultLegs: Pick<ConsultLegs, 'has'>;
  readonly ruleOf: (contact: ContactRow, agentIds: readonly string[]) => Promise<ConsentRule>;
  /** Whether a backend beside this one has the agent's desk. */
  readonly isDeskElsewhere: (agentId: string) => Promise<boolean>;
  readonly hasRoom: () => Promise<boolean>;
  readonly discard: (recordingId: string) => Promise<boolean>;
  /** Of a recording that is not in the database: what the PBX wrote until it was stopped. */
  readonly destroyUnknown: (recordingId: string) => Promise<void>;
  /** A recording is finished, and its file complete. */
  readonly onOver: (recording: Pick<RecordingRow, 'id' | 'callKey'>) => void;
  readonly now: Now;
  readonly mintId: MintId;
  readonly log: Log;
};

/** A recording is started, silenced or stopped at most so often before somebody else must look. */
const maximumTurns = 8;

/** Whoever did not answer is asked again after so long. */
const retryMs = 1_000;

export const createRecordings = (needs: Needs): Recordings => {
  const { database, pbx, push, hasRoom, discard, destroyUnknown, now, log } = needs;
  const decide = createCallDecision({
    ...needs,
    heardWith: (callKey, extension) => pbx.heardWith(callKey, extension),
    isDeskThere: async (agentId) => push.isConnected(agentId) || needs.isDeskElsewhere(agentId),
  });
  const machine = createRecordingMachine(needs);
  const retries = new Map<string, NodeJS.Timeout>();

  /** One thing to do for this call, if there is any. Answers whether to look again. */
  const turn = async (call: CallDecision): Promise<Again> => {
    const { callKey, decision, running, legs, consent } = call;
    const step = recordingStep(
      decision,
      running === null
        ? null
        : {
            state:
              running.state === 'paused' || running.state === 'starting'
                ? running.state
                : 'recording',
            isWithAgent: legs.some((leg) => leg.agentId === running.agentId),
            isSure: machine.isSure(running.id),
          },
    );
    if (step === 'start') return begin(call);
    if (running === null) {
      watch.remove(callKey);
      // After the call too: a withdrawal may arrive late.
      if (consent === 'refused' || consent === 'withdrawn') await machine.withdraw(call);
      return false;
    }
    switch (step) {
      case 'stop':
        return machine.stop(running, decision.do === 'off' ? decision.why : 'handed_over', call);
      case 'pause':
        return decision.do === 'pause' ? machine.pause(running, decision.why, call) : false;
      case 'resume':
        return machine.resume(running, call);
      case 'nothing':
        return false;
    }
  };

  /** Started on what was known a moment ago: what came meanwhile counts. */
  const begin = async (call: CallDecision): Promise<Again> => {
    watch.add(call.callKey);
    return machine.start(call);
  };

  /** Answers the calls that are heard together with it. */
  const settleAlone = async (callKey: string): Promise<readonly string[]> => {
    for (let turns = 0; turns < maximumTurns; turns += 1) {
      const call = await decide(callKey);
      if (call === null) return [];
      const again = await turn(call);
      if (again === 'later') later(callKey);
      if (again !== true) return call.heardIn;
    }
    log.error({ callKey }, 'a recording was started and stopped too often');
    return [];
  };

  const settle = async (callKey: string): Promise<void> => {
    // What changed in this call may change what may be recorded of theirs.
    for (const other of await settleAlone(callKey)) {
      void queue.add(other, async () => {
        await settleAlone(other);
      });
    }
  };

  /** Nobody can say whether it is still allowed. */
  const stopUnjudged = async (callKey: string): Promise<void> => {
    const running = await pbx.runningRecordings();
    for (const each of running.ok ? running.value : []) {
      if (each.callKey === callKey) await pbx.stopRecording(callKey, each.recordingId);
    }
  };

  const queue = createKeyedQueue((error, callKey) => {
    log.error({ error, callKey }, 'recording could not be decided');
    if (!isDatabaseAway(error)) return;
    // Nothing may go on being recorded because the database was away when consent was taken back.
    void stopUnjudged(callKey);
    later(callKey);
  });

  const reconsider = (callKey: string): void => {
    void queue.add(callKey, () => settle(callKey));
  };

  const stopForRoom = async (callKey: string): Promise<void> => {
    const [running, call] = [await findRunning(database, callKey), await decide(callKey)];
    if (running !== null && call !== null) await machine.stop(running, 'disk_full', call);
    // It is not begun again, and the desk is told why.
    await settle(callKey);
  };

  const watch = createRecordingWatch({
    ...{ database, hasRoom, log },
    onFull: (callKey) => void queue.add(callKey, () => stopForRoom(callKey)),
    onDatabaseAway: (callKey) => realign(callKey),
  });

  /** Brings what is known of one call's recording in line with what the PBX does; false: it did not say. */
  const align = async (callKey: string): Promise<boolean> => {
    const running = await pbx.runningRecordings();
    if (!running.ok) return false;
    const known = await listRunning(database);
    const knownIds = new Set(known.map((recording) => recording.id));
    for (const each of running.value) {
      if (each.callKey !== callKey || knownIds.has(each.recordingId)) continue;
      log.warn(each, 'a recording that nobody allowed is stopped');
      const stopped = await pbx.stopRecording(callKey, each.recordingId);
      if (!stopped.ok && stopped.why.code !== 'no_such_call') return false;
      // It may have a row that says that it never began.
      await discard(each.recordingId);
      await destroyUnknown(each.recordingId);
    }
    const own = known.find((recording) => recording.callKey === callKey);
    if (own === undefined) return true;
    const contact = await findContactByCallKey(database, callKey);
    if (running.value.some(({ recordingId }) => recordingId === own.id)) {
      await setRecordingStarted(database, own.id, now());
      machine.doubt(own.id);
      watch.add(callKey);
    } else if (contact !== null) await machine.over(own, 'ended', contact.id);
    return true;
  };

  /** Within the call's own turn: nothing else is begun or ended meanwhile. */
  const realign = (callKey: string): void => {
    void queue.add(callKey, async () => {
      if (await align(callKey)) await settle(callKey);
      else later(callKey);
    });
  };

  /** The PBX did not answer, and may never have been away. */
  const later = (callKey: string): void => {
    if (retries.has(callKey)) return;
    const timer = setTimeout(() => {
      retries.delete(callKey);
      realign(callKey);
    }, retryMs);
    retries.set(callKey, timer.unref());
  };

  const reconcile = async (): Promise<void> => {
    const running = await pbx.runningRecordings();
    const known = await listRunning(database);
    const callKeys = running.ok ? running.value.map(({ callKey }) => callKey) : [];
    const live = await listLiveCalls(database);
    for (const callKey of new Set([
      ...callKeys,
      ...known.map((recording) => recording.callKey),
      ...live,
    ])) {
      realign(callKey);
    }
  };

  const deskChanged = async (agentId: string): Promise<void> => {
    for (const callKey of await findCallsOfAgent(database, agentId)) reconsider(callKey);
  };

  const unsubscribe = push.onLine((agentId) => {
    if (!pbx.capabilities.recording) return;
    void queue.add(`desk ${agentId}`, () => deskChanged(agentId));
  });

  return {
    reconsider: (callKey) => {
      if (pbx.capabilities.recording) reconsider(callKey);
    },
    legEnded: (callKey) => {
      if (!pbx.capabilities.recording) return;
      void queue.add(callKey, async () => {
        const isRecorded = (await findRunning(database, callKey)) !== null;
        if (!isRecorded || (await align(callKey))) await settle(callKey);
        else later(callKey);
      });
    },
    settled: async (callKey) => {
      if (pbx.capabilities.recording) await queue.add(callKey, () => settle(callKey));
    },
    reconsiderLive: async (callKeys) => {
      if (callKeys.length === 0 || !pbx.capabilities.recording) return;
      const live = await findLiveCalls(database, callKeys).catch((error: unknown) => {
        log.warn({ error }, 'every call is reconsidered, since none can be told from the others');
        return callKeys;
      });
      for (const callKey of live) reconsider(callKey);
    },
    reconsiderAll: () => {
      for (const callKey of watch.callKeys()) reconsider(callKey);
    },
    reconcile: () => {
      if (!pbx.capabilities.recording || pbx.status().state !== 'connected') return;
      // Waits its turn behind nothing: calls are settled one by one afterwards.
      void queue.add('', reconcile);
    },
    idle: queue.idle,
    stop: () => {
      unsubscribe();
      watch.stop();
      for (const timer of retries.values()) clearTimeout(timer);
    },
  };
};
