import type {
  PauseWhy,
  RecordingDecision,
} from '../../../shared/domain/consent/recording-decision.ts';
import type { Now } from '../../clock.ts';
import type { Database, Transaction } from '../../database/database.ts';
import type { MintId } from '../../identifiers.ts';
import type { Log } from '../../log.ts';
import type { Pbx } from '../../pbx/pbx.ts';
import { appendToChain } from '../chain/chain.ts';
import type { RecordingRow } from '../contacts/card.ts';
import type { Contacts } from '../contacts/contact-service.ts';
import type { CallDecision } from './call-decision.ts';
import {
  findStopped,
  insertRecording,
  setRecordingOver,
  setRecordingPaused,
  setRecordingResumed,
  setRecordingStarted,
  setRecordingWithdrawn,
} from './recording-repository.ts';
import { readWavFacts } from './wav.ts';

/** Whether to look at the call again; `later`: nobody knows what the PBX does, and it is to be asked. */
export type Again = boolean | 'later';

/** What a recording can be told to do. */
export type RecordingMachine = {
  readonly start: (call: CallDecision) => Promise<Again>;
  readonly pause: (recording: RecordingRow, why: PauseWhy, call: CallDecision) => Promise<Again>;
  readonly resume: (recording: RecordingRow, call: CallDecision) => Promise<Again>;
  readonly stop: (recording: RecordingRow, why: StopWhy, call: CallDecision) => Promise<Again>;
  /** The PBX runs it no longer. */
  readonly over: (recording: RecordingRow, why: StopWhy, contactId: string) => Promise<void>;
  /** Consent was taken back: nobody can hear any more what was recorded. */
  readonly withdraw: (call: CallDecision) => Promise<void>;
  /** Whether it is silent has to be said anew. */
  readonly isSure: (recordingId: string) => boolean;
  readonly doubt: (recordingId: string) => void;
};

export type StopWhy =
  | Extract<RecordingDecision, { readonly do: 'off' }>['why']
  | 'handed_over'
  | 'not_silent'
  | 'disk_full'
  | 'ended';

type Needs = {
  readonly database: Database;
  readonly contacts: Contacts;
  readonly pbx: Pbx;
  readonly hasRoom: () => Promise<boolean>;
  /** Removes what was recorded; false: it must be kept, or is out of reach for now. */
  readonly discard: (recordingId: string) => Promise<boolean>;
  /** A recording is finished, and its file complete. */
  readonly onOver: (recording: Pick<RecordingRow, 'id' | 'callKey'>) => void;
  readonly now: Now;
  readonly mintId: MintId;
  readonly log: Log;
};

export const createRecordingMachine = (needs: Needs): RecordingMachine => {
  const { database, contacts, pbx, hasRoom, discard, onOver, now, mintId, log } = needs;
  const doubted = new Set<string>();

  const chained = (
    transaction: Transaction,
    contactId: string,
    body: Readonly<Record<string, unknown>>,
  ): Promise<void> => appendToChain(transaction, { topic: 'recording', contactId, body });

  const basisOf = ({ rule, consent, policy }: CallDecision) => ({
    need: rule.need,
    rulesVersion: rule.rulesVersion,
    consent,
    policy: policy.policy,
  });

  const failed = (recordingId: string, why: RecordingRow['why']): Promise<boolean> =>
    setRecordingOver(database, recordingId, { state: 'failed', at: now(), seconds: null, why });

  const start = async (call: CallDecision): Promise<Again> => {
    const { callKey, contactId, legs } = call;
    const [leg] = legs;
    if (leg === undefined) return false;
    const id = mintId();
    const { agentId, extension } = leg;
    if (!(await insertRecording(database, { id, contactId, callKey, agentId, at: now() }))) {
      return false;
    }
    if (!(await hasRoom())) {
      log.error({ callKey, recordingId: id }, 'the disk is too full for a recording');
      await failed(id, 'disk_full');
      await contacts.changed(callKey);
      return false;
    }
    const told = contacts.changed(callKey);
    const started = await pbx.startRecording({ callKey, extension, recordingId: id });
    await told;
    if (started.ok) {
      await database.transaction(async (transaction) => {
        if (await setRecordingStarted(transaction, id, now())) {
          const body = { did: 'started', recordingId: id, agentId, ...basisOf(call) };
          await chained(transaction, contactId, body);
        }
      });
      log.info({ callKey, recordingId: id }, 'recording');
    } else {
      const { code, message } = started.why;
      log.error({ callKey, recordingId: id, code, why: message }, 'a recording did not start');
      await failed(id, code);
    }
    await contacts.changed(callKey);
    // What did not answer in time may have begun all the same.
    return started.ok || (started.why.code === 'pbx_away' ? 'later' : false);
  };

  const secondsOf = async (recordingId: string): Promise<number | null> => {
    const file = await pbx.recordingFile(recordingId);
    if (!file.ok) return null;
    try {
      return (await readWavFacts(file.value))?.seconds ?? null;
    } catch (error) {
      log.warn({ error, recordingId }, 'a recording cannot be read');
      return null;
    }
  };

  const over = async (recording: RecordingRow, why: StopWhy, contactId: string): Promise<void> => {
    const { id, callKey } = recording;
    const at = now();
    const seconds = await secondsOf(id);
    doubted.delete(id);
    const isThere = seconds !== null;
    const isNews = await database.transaction(async (transaction) => {
      const changed = await setRecordingOver(transaction, id, {
        state: isThere ? 'stopped' : 'failed',
        at,
        seconds,
        why: isThere ? '' : 'file_missing',
      });
      if (changed) {
        const body = { did: 'stopped', recordingId: id, why, milliseconds: toMs(seconds) };
        await chained(transaction, contactId, body);
      }
      return changed;
    });
    if (!isNews) return;
    log.info({ callKey, recordingId: id, seconds, why }, 'recording ended');
    await contacts.changed(callKey);
    if (isThere) onOver(recording);
  };

  const stop = async (
    recording: RecordingRow,
    why: StopWhy,
    { contactId }: CallDecision,
  ): Promise<Again> => {
    const { callKey, id } = recording;
    const stopped = await pbx.stopRecording(callKey, id);
    if (!stopped.ok) {
      const { code, message } = stopped.why;
      log.error({ callKey, recordingId: id, code, why: message }, 'a recording did not stop');
      if (code !== 'no_such_call') return 'later';
    }
    await over(recording, why, contactId);
    return true;
  };

  return {
    start,
    stop,
    over,
    pause: async (recording, why, call) => {
      const { callKey, id } = recording;
      const silenced = await pbx.silenceRecording(id, true);
      if (!silenced.ok) {
        const { code, message } = silenced.why;
        log.error({ callKey, recordingId: id, code, why: message }, 'no silence: it is stopped');
        return stop(recording, code === 'no_such_call' ? 'ended' : 'not_silent', call);
      }
      await database.transaction(async (transaction) => {
        if (await setRecordingPaused(transaction, id, why, now())) {
          await chained(transaction, call.contactId, { did: 'paused', recordingId: id, why });
        }
      });
      doubted.delete(id);
      log.info({ callKey, recordingId: id, why }, 'a recording is silent');
      await contacts.changed(callKey);
      return true;
    },
    resume: async (recording, call) => {
      const { callKey, id } = recording;
      // Before the sound: what is told as silent is silent, whatever fails.
      await database.transaction(async (transaction) => {
        if (await setRecordingResumed(transaction, id, now())) {
          await chained(transaction, call.contactId, { did: 'resumed', recordingId: id });
        }
      });
      doubted.add(id);
      const heard = await pbx.silenceRecording(id, false);
      if (!heard.ok) {
        const { code, message } = heard.why;
        log.error({ callKey, recordingId: id, code, why: message }, 'a recording stays silent');
        return stop(recording, 'ended', call);
      }
      doubted.delete(id);
      log.info({ callKey, recordingId: id }, 'a recording has sound again');
      await contacts.changed(callKey);
      return true;
    },
    withdraw: async ({ contactId, callKey, policy }) => {
      const become = (id: string, state: 'sealed' | 'deleted') =>
        database.transaction(async (transaction) => {
          if (await setRecordingWithdrawn(transaction, id, state)) {
            await chained(transaction, contactId, { did: state, recordingId: id, why: 'refused' });
          }
        });
      for (const { id } of await findStopped(database, callKey)) {
        await become(id, 'sealed');
        if (policy.onWithdrawal === 'delete' && (await discard(id))) await become(id, 'deleted');
        log.info({ callKey, recordingId: id }, 'consent to a recording was taken back');
        await contacts.changed(callKey);
      }
    },
    isSure: (recordingId) => !doubted.has(recordingId),
    doubt: (recordingId) => {
      doubted.add(recordingId);
    },
  };
};

const toMs = (seconds: number | null): number | null =>
  seconds === null ? null : Math.round(seconds * 1_000);
