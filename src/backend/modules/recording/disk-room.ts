import { statfs } from 'node:fs/promises';

/** About half an hour of one call; a disk with less is full. */
const enoughBytes = 128 * 1024 * 1024;

/** Whether the folder's disk has room for recordings; where that cannot be read, the PBX will say. */
export const hasDiskRoom = async (folder: string): Promise<boolean> => {
  try {
    const { bavail, bsize } = await statfs(folder);
    return bavail * bsize >= enoughBytes;
  } catch {
    // The folder is made with the first recording.
    return true;
  }
};
