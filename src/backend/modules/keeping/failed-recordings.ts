import { readdir } from 'node:fs/promises';
import { consentState } from '../../../shared/domain/consent/consent.ts';
import type { Log } from '../../log.ts';
import { appendToChain } from '../chain/chain.ts';
import { findConsentFacts } from '../contacts/contact-repository.ts';
import { readWavFacts } from '../recording/wav.ts';
import type { KeepingNeeds } from './encrypt-recording.ts';
import { findFailed, setRecovered, type FailedRecording } from './keeping-repository.ts';
import { isAbsent, removePlainFiles } from './plain-files.ts';

/** What became of a recording that had failed and of which something is on the disk all the same. */
export type FailedOutcome = 'recovered' | 'destroyed' | 'not_now';

/** So long is the id at the beginning of every file of a recording. */
const idLength = 36;

const idsOnDisk = async (folder: string): Promise<readonly string[]> => {
  try {
    return [...new Set((await readdir(folder)).map((name) => name.slice(0, idLength)))];
  } catch (error) {
    if (isAbsent(error)) return [];
    throw error;
  }
};

/** Of calls that are over: what still runs may be being written. */
export const findFailedOnDisk = async ({
  database,
  plainFolder,
}: Pick<KeepingNeeds, 'database' | 'plainFolder'>): Promise<readonly FailedRecording[]> =>
  findFailed(database, await idsOnDisk(plainFolder));

/**
 * A recording that the PBX made, and that was thought to have failed: its files are read again. What can be heard is
 * kept from now on, unless the customer said no meanwhile; anything else is destroyed, and the chain says which.
 */
export const settleFailed = async (
  { database, pbx, plainFolder }: Pick<KeepingNeeds, 'database' | 'pbx' | 'plainFolder'>,
  { recordingId, contactId }: FailedRecording,
  log: Log,
): Promise<FailedOutcome> => {
  const state = consentState(await findConsentFacts(database, contactId));
  const isForbidden = state === 'refused' || state === 'withdrawn';
  const wav = await pbx.recordingFile(recordingId);
  if (!wav.ok && wav.why.code !== 'no_such_call') return 'not_now';
  const facts = wav.ok && !isForbidden ? await readWavFacts(wav.value) : null;
  if (facts !== null) {
    const { seconds } = facts;
    await database.transaction(async (transaction) => {
      if (!(await setRecovered(transaction, recordingId, seconds))) return;
      const body = { what: 'recovered', recordingId, milliseconds: Math.round(seconds * 1_000) };
      await appendToChain(transaction, { topic: 'keeping', contactId, body });
    });
    log.info({ recordingId, seconds }, 'a recording that had failed is there after all');
    return 'recovered';
  }
  await removePlainFiles(plainFolder, recordingId, wav.ok ? wav.value : null);
  const why = isForbidden ? 'not_allowed' : 'unreadable';
  await database.transaction((transaction) =>
    appendToChain(transaction, {
      topic: 'keeping',
      contactId,
      body: { what: 'destroyed', recordingId, why },
    }),
  );
  log.warn({ recordingId, why }, 'what was left of a failed recording is destroyed');
  return 'destroyed';
};
