import { createWriteStream } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { Queryable } from '../../database/database.ts';
import { exportChain } from '../chain/export-chain.ts';
import type { OpenRecording } from '../keeping/open-recording.ts';
import { findContactsOf } from './find-customer.ts';
import { readPersonalData, type RecordingOfCustomer } from './personal-data.ts';

export type AccessReport = {
  readonly contacts: number;
  readonly recordings: number;
  /** Recordings that are kept and could not be handed out now, and why. */
  readonly missing: readonly { readonly recordingId: string; readonly why: string }[];
};

const about = {
  what: 'Access by the data subject (Regulation (EU) 2016/679, Article 15)',
  purposes:
    'Answering calls; documenting what they were about; recording calls where that was allowed; proving whether it was.',
  recipients:
    'People who work in this contact centre. "played" says who listened to a recording, by role, and when.',
  source: 'The calls themselves, and the record that the company keeps of its customer.',
  retention: 'A recording is deleted at "keptUntil" (epoch ms); null: no end is set.',
  rights:
    'Rectification (Article 16), erasure (17), restriction (18), objection (21), and a complaint to a supervisory authority (77).',
  consent:
    '"chain.json" holds what was said about recording and what became of recordings, signed; it says itself how it is verified.',
} as const;

/** Who asks sees the file; nobody else on this machine does. */
const privately = { mode: 0o600 } as const;

type Needs = { readonly database: Queryable; readonly open: OpenRecording };

const handOut = async (
  open: OpenRecording,
  { id }: RecordingOfCustomer,
  path: string,
): Promise<string> => {
  const opened = await open(id, { evenWithdrawn: true });
  if (!opened.ok) return opened.why.message;
  const bytes = await opened.value.read();
  if (!bytes.ok) return bytes.why.message;
  try {
    await pipeline(bytes.value, createWriteStream(path, privately));
    return '';
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
};

/** Writes everything that is known of a customer into a folder: `report.json`, `chain.json` and the recordings. */
export const writeAccessReport = async (
  { database, open }: Needs,
  customerId: string,
  folder: string,
  madeAt: number,
): Promise<AccessReport | null> => {
  const contactIds = await findContactsOf(database, customerId);
  const data = await readPersonalData(database, customerId, contactIds);
  if (data === null) return null;
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const missing: { readonly recordingId: string; readonly why: string }[] = [];
  const recordings: unknown[] = [];
  let handedOut = 0;
  for (const recording of data.recordings) {
    const isKept = recording.state === 'stopped' || recording.state === 'sealed';
    const file = `${recording.id}.wav`;
    const why = isKept ? await handOut(open, recording, join(folder, file)) : recording.state;
    if (why === '') handedOut += 1;
    else if (isKept) missing.push({ recordingId: recording.id, why });
    recordings.push({ ...recording, file: why === '' ? file : null, why });
  }
  const report = { about, madeAt, ...data, recordings };
  await writeFile(join(folder, 'report.json'), `${JSON.stringify(report, null, 2)}\n`, privately);
  const chain = await exportChain(database, contactIds, madeAt);
  await writeFile(join(folder, 'chain.json'), `${JSON.stringify(chain, null, 2)}\n`, privately);
  return { contacts: contactIds.length, recordings: handedOut, missing };
};
