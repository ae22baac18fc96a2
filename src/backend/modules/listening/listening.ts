import type { Listening, RecordingComment } from '../../../shared/api/listening.ts';
import type { User } from '../../../shared/api/records.ts';
import { success } from '../../../shared/result.ts';
import type { Now } from '../../clock.ts';
import type { Database } from '../../database/database.ts';
import type { MintId } from '../../identifiers.ts';
import type { Log } from '../../log.ts';
import { refused, type Answer } from '../../problem.ts';
import type { ContactPages } from '../contacts/contact-page.ts';
import { findConsentFacts } from '../contacts/contact-repository.ts';
import { findLegsOfContact } from '../contacts/leg-repository.ts';
import type { OpenRecording } from '../keeping/open-recording.ts';
import {
  deleteComment,
  findPauses,
  findWave,
  insertComment,
  keepWave,
  listComments,
} from './listening-repository.ts';
import { markersOf } from './markers.ts';
import { waveOf, type Wave } from './wave.ts';

type Place = { readonly contactId: string; readonly recordingId: string };

/** What there is to a recording beside its sound. */
export type ListeningBack = {
  readonly open: (user: User, place: Place) => Promise<Answer<Listening>>;
  readonly comment: (
    user: User,
    place: Place,
    given: { readonly atMs: number; readonly text: string },
  ) => Promise<Answer<RecordingComment>>;
  /** One's own; an administrator anybody's. */
  readonly removeComment: (user: User, place: Place, commentId: string) => Promise<Answer<null>>;
};

type Needs = {
  readonly database: Database;
  readonly pages: Pick<ContactPages, 'recording'>;
  readonly openRecording: OpenRecording;
  readonly now: Now;
  readonly mintId: MintId;
  readonly log: Log;
};

const unreadable = refused('not_found', 'the recording cannot be read');

export const createListening = (needs: Needs): ListeningBack => {
  const { database, pages, openRecording, now, mintId, log } = needs;
  /** Two who open the same recording wait for one reading. */
  const beingRead = new Map<string, Promise<Wave | null>>();

  const readWave = async (recordingId: string): Promise<Wave | null> => {
    const opened = await openRecording(recordingId);
    if (!opened.ok) {
      log.warn({ recordingId, why: opened.why }, 'a recording cannot be opened');
      return null;
    }
    const bytes = await opened.value.read();
    if (!bytes.ok) {
      log.warn({ recordingId, why: bytes.why }, 'a recording cannot be read');
      return null;
    }
    const wave = await waveOf(bytes.value, opened.value.size);
    if (wave !== null) await keepWave(database, recordingId, wave);
    return wave;
  };

  const waveFor = async (recordingId: string): Promise<Wave | null> => {
    const kept = await findWave(database, recordingId);
    if (kept !== null) return kept;
    const running = beingRead.get(recordingId);
    if (running !== undefined) return running;
    const reading = readWave(recordingId).finally(() => beingRead.delete(recordingId));
    beingRead.set(recordingId, reading);
    return reading;
  };

  return {
    open: async (user, { contactId, recordingId }) => {
      const recording = await pages.recording(user, contactId, recordingId);
      if (!recording.ok) return recording;
      const [wave, consentFacts, legs, pauses, comments] = await Promise.all([
        waveFor(recordingId),
        findConsentFacts(database, contactId),
        findLegsOfContact(database, contactId),
        findPauses(database, recordingId),
        listComments(database, recordingId),
      ]);
      if (wave === null) return unreadable;
      const { seconds, peaks, silences } = wave;
      const { startedAt } = recording.value;
      return success({
        seconds,
        peaks: peaks.map((channel) => [...channel]),
        silences: silences.map(([fromMs, toMs]) => ({ fromMs, toMs })),
        markers: markersOf({ startedAt, seconds, consentFacts, legs, pauses }),
        comments,
      });
    },
    comment: async (user, { contactId, recordingId }, { atMs, text }) => {
      const recording = await pages.recording(user, contactId, recordingId);
      if (!recording.ok) return recording;
      const words = text.trim();
      if (words === '') return refused('invalid', 'body/text says nothing');
      const comment = {
        id: mintId(),
        atMs,
        author: { id: user.id, name: user.name },
        writtenAt: now(),
        text: words,
      };
      await insertComment(database, recordingId, comment);
      return success(comment);
    },
    removeComment: async (user, { contactId, recordingId }, commentId) => {
      const recording = await pages.recording(user, contactId, recordingId);
      if (!recording.ok) return recording;
      const author = user.role === 'administrator' ? null : user.id;
      return (await deleteComment(database, recordingId, commentId, author))
        ? success(null)
        : refused('not_found', 'there is no such comment of yours');
    },
  };
};
