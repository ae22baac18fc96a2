import {
  consentState,
  recordingDecision,
  type ConsentFact,
  type ConsentState,
} from '../../../shared/domain/consent/consent.ts';
import type { Now } from '../../clock.ts';
import { isDatabaseAway, type Database } from '../../database/database.ts';
import type { MintId } from '../../identifiers.ts';
import { createKeyedQueue } from '../../keyed-queue.ts';
import type { Log } from '../../log.ts';
import type { Pbx } from '../../pbx/pbx.ts';
import type { RecordingRow } from '../contacts/card.ts';
import { findConsentFacts, findContactByCallKey } from '../contacts/contact-repository.ts';
import type { Contacts } from '../contacts/contact-service.ts';
import type { ConsultLegs } from '../telephony/consult-legs.ts';
import {
  findLiveCalls,
  findLiveLegs,
  findRunning,
  insertRecording,
  listRunning,
  setRecordingOver,
  setRecordingStarted,
  type LiveLeg,
} from './recording-repository.ts';
import { readWavFacts } from './wav.ts';

/** The one place that starts and stops recordings. */
export type Recordings = {
  /** Something about the call's consent or its legs changed. */
  readonly reconsider: (callKey: string) => void;
  /** The same for calls of which most may be long over. */
  readonly reconsiderLive: (callKeys: readonly string[]) => Promise<void>;
  /** Compares with what the PBX records now; what may not be recorded is stopped. */
  readonly reconcile: () => void;
  readonly idle: () => Promise<void>;
};

type Needs = {
  readonly database: Database;
  readonly contacts: Contacts;
  readonly pbx: Pbx;
  readonly consultLegs: Pick<ConsultLegs, 'has'>;
  readonly now: Now;
  readonly mintId: MintId;
  readonly log: Log;
};

/** A recording is started or stopped at most so often before somebody else must look. */
const maximumTurns = 6;

/** The PBX answers sooner than this. */
const startingMs = 6_000;

/**
 * Consent must stand in the order in which the words were said and in the order in which they came here: a client's
 * wrong clock cannot make a refusal older than the consent that it took back.
 */
export const consentForRecording = (inOrderOfArrival: readonly ConsentFact[]): ConsentState => {
  const said = consentState(inOrderOfArrival);
  const arrived = consentState(inOrderOfArrival.map((fact, index) => ({ ...fact, at: index })));
  return said === 'granted' ? arrived : said;
};

export const createRecordings = (needs: Needs): Recordings => {
  const { database, contacts, pbx, consultLegs, now, mintId, log } = needs;

  const start = async (contactId: string, callKey: string, leg: LiveLeg): Promise<boolean> => {
    const id = mintId();
    const { agentId, extension } = leg;
    if (!(await insertRecording(database, { id, contactId, callKey, agentId, at: now() }))) {
      return false;
    }
    await contacts.changed(callKey);
    const started = await pbx.startRecording({ callKey, extension, recordingId: id });
    if (started.ok) {
      await setRecordingStarted(database, id, now());
      log.info({ callKey, recordingId: id }, 'recording');
    } else {
      const { code, message } = started.why;
      log.error({ callKey, recordingId: id, code, why: message }, 'a recording did not start');
      await setRecordingOver(database, id, {
        state: 'failed',
        at: now(),
        seconds: null,
        why: code,
      });
    }
    await contacts.changed(callKey);
    return started.ok;
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

  const over = async (recording: RecordingRow): Promise<void> => {
    const seconds = await secondsOf(recording.id);
    await setRecordingOver(
      database,
      recording.id,
      seconds === null
        ? { state: 'failed', at: now(), seconds, why: 'file_missing' }
        : { state: 'stopped', at: now(), seconds, why: '' },
    );
    log.info({ callKey: recording.callKey, recordingId: recording.id, seconds }, 'recording ended');
    await contacts.changed(recording.callKey);
  };

  const stop = async (recording: RecordingRow): Promise<boolean> => {
    const { callKey, id } = recording;
    const stopped = await pbx.stopRecording(callKey, id);
    if (!stopped.ok) {
      const { code, message } = stopped.why;
      log.error({ callKey, recordingId: id, code, why: message }, 'a recording did not stop');
      // It is looked at again as soon as the PBX is back.
      if (code === 'pbx_away') return false;
    }
    await over(recording);
    return true;
  };

  /** One thing to do for this call, if there is any. Answers whether to look again. */
  const turn = async (callKey: string): Promise<boolean> => {
    const contact = await findContactByCallKey(database, callKey);
    if (contact === null) return false;
    const [facts, answered, running] = await Promise.all([
      findConsentFacts(database, contact.id),
      findLiveLegs(database, callKey),
      findRunning(database, callKey),
    ]);
    // Consent is for what the customer says and hears: agents among themselves are not recorded.
    const legs = answered.filter((leg) => !consultLegs.has(callKey, leg.extension));
    const decision = recordingDecision(
      consentForRecording(facts),
      legs.length > 0 ? 'live' : 'not_live',
    );
    if (running !== null) {
      const isAllowed = decision.record && legs.some((leg) => leg.agentId === running.agentId);
      return isAllowed ? false : stop(running);
    }
    const [leg] = legs;
    if (!decision.record || leg === undefined || !pbx.capabilities.recording) return false;
    // Started on what was known a moment ago: what came meanwhile counts.
    return start(contact.id, callKey, leg);
  };

  const settle = async (callKey: string): Promise<void> => {
    for (let turns = 0; turns < maximumTurns; turns += 1) {
      if (!(await turn(callKey))) return;
    }
    log.error({ callKey }, 'a recording was started and stopped too often');
  };

  const queue = createKeyedQueue((error, callKey) => {
    log.error({ error, callKey }, 'recording could not be decided');
    // Nothing may go on being recorded because the database was away when consent was taken back.
    if (isDatabaseAway(error)) setTimeout(() => reconsider(callKey), 1_000).unref();
  });

  const reconsider = (callKey: string): void => {
    void queue.add(callKey, () => settle(callKey));
  };

  const reconcile = async (): Promise<void> => {
    // Read first: what the PBX runs has its row by then.
    const running = await pbx.runningRecordings();
    if (!running.ok) return;
    const known = await listRunning(database);
    const knownIds = new Set(known.map((recording) => recording.id));
    for (const { callKey, recordingId } of running.value) {
      if (knownIds.has(recordingId)) continue;
      log.warn({ callKey, recordingId }, 'a recording that nobody allowed is stopped');
      await pbx.stopRecording(callKey, recordingId);
    }
    const runningIds = new Set(running.value.map((recording) => recording.recordingId));
    for (const recording of known) {
      const isBeingStarted =
        recording.state === 'starting' && now() - recording.startedAt < startingMs;
      if (runningIds.has(recording.id)) await setRecordingStarted(database, recording.id, now());
      else if (!isBeingStarted) await over(recording);
      reconsider(recording.callKey);
    }
  };

  return {
    reconsider,
    reconsiderLive: async (callKeys) => {
      if (callKeys.length === 0 || !pbx.capabilities.recording) return;
      const live = await findLiveCalls(database, callKeys).catch((error: unknown) => {
        log.warn({ error }, 'every call is reconsidered, since none can be told from the others');
        return callKeys;
      });
      for (const callKey of live) reconsider(callKey);
    },
    reconcile: () => {
      if (!pbx.capabilities.recording || pbx.status().state !== 'connected') return;
      // Waits its turn behind nothing: calls are settled one by one afterwards.
      void queue.add('', reconcile);
    },
    idle: queue.idle,
  };
};
