import { createReadStream } from 'node:fs';
import { copyFile, mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { failure, success, type Result } from '../../../shared/result.ts';
import type { ByteRange } from '../recording/byte-range.ts';

export type StoreFailure = {
  readonly code: 'store_away' | 'store_refused' | 'absent';
  readonly message: string;
};

/** Where encrypted files are kept. Putting what is there and removing what is gone succeed. */
export interface RecordingStore {
  /** `local`, or an address without secrets. */
  readonly place: string;
  /** The file is there, whole, when this resolves. */
  put(
    name: string,
    path: string,
    facts: { readonly size: number; readonly sha256: Buffer },
  ): Promise<Result<null, StoreFailure>>;
  read(name: string, range: ByteRange): Promise<Result<AsyncIterable<Buffer>, StoreFailure>>;
  /** Bytes; null: it is not there. */
  sizeOf(name: string): Promise<Result<number | null, StoreFailure>>;
  remove(name: string): Promise<Result<null, StoreFailure>>;
}

/** Files in a folder of this machine, or of one that is mounted here. */
export type FolderStore = RecordingStore & { readonly folder: string };

const isAbsent = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && error.code === 'ENOENT';

const failed = (error: unknown): Result<never, StoreFailure> =>
  isAbsent(error)
    ? failure({ code: 'absent', message: 'the file is not there' })
    : failure({
        code: 'store_away',
        message: error instanceof Error ? error.message : String(error),
      });

export const createFolderStore = (folder: string): FolderStore => {
  const pathOf = (name: string): string => join(folder, name);
  return {
    place: 'local',
    folder,
    put: async (name, path) => {
      try {
        await mkdir(folder, { recursive: true, mode: 0o700 });
        const unfinished = `${pathOf(name)}.part`;
        await copyFile(path, unfinished);
        await using file = await open(unfinished, 'r+');
        await file.sync();
        await rename(unfinished, pathOf(name));
        return success(null);
      } catch (error) {
        return failed(error);
      }
    },
    read: async (name, { start, end }) => {
      try {
        // Opened here, so that what is missing is said before the first byte.
        const file = await open(pathOf(name), 'r');
        return success(createReadStream('', { fd: file, start, end }) as AsyncIterable<Buffer>);
      } catch (error) {
        return failed(error);
      }
    },
    sizeOf: async (name) => {
      try {
        return success((await stat(pathOf(name))).size);
      } catch (error) {
        return isAbsent(error) ? success(null) : failed(error);
      }
    },
    remove: async (name) => {
      try {
        await rm(pathOf(name), { force: true });
        return success(null);
      } catch (error) {
        return failed(error);
      }
    },
  };
};
