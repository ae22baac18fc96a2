import { readdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';

export const isAbsent = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ENOENT';

const namesIn = async (folder: string): Promise<readonly string[]> => {
  try {
    return await readdir(folder);
  } catch (error) {
    if (isAbsent(error)) return [];
    throw error;
  }
};

/** Every file of this folder that holds audio of the recording in clear: parts, the whole, and what was left half done. */
const plainFilesIn = async (folder: string, recordingId: string): Promise<readonly string[]> =>
  (await namesIn(folder))
    .filter((name) => name.startsWith(recordingId))
    .map((name) => join(folder, name));

/** Removes every file that holds the recording in clear, and looks whether they are gone. Throws when one is not. */
export const removePlainFiles = async (
  folder: string,
  recordingId: string,
  wav: string | null,
): Promise<void> => {
  const folders = [...new Set([folder, ...(wav === null ? [] : [dirname(wav)])])];
  const find = async (): Promise<readonly string[]> =>
    (await Promise.all(folders.map((each) => plainFilesIn(each, recordingId)))).flat();
  for (const path of [...(wav === null ? [] : [wav]), ...(await find())]) {
    await rm(path, { force: true });
  }
  const left = await find();
  if (left.length > 0) throw new Error(`${left.join(', ')} cannot be removed`);
};
