import { readFileSync } from 'node:fs';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { ChainHead, ChainWitness } from './chain.ts';

export const chainWitnessPath = (dataPath: string): string => join(dataPath, 'chain-head');

/** A file that says what the last line of the chain was: whoever cuts off the end in the database must alter it too. */
export const createFileWitness = (
  path: string,
  onError: (error: unknown) => void,
): ChainWitness => {
  let latest: ChainHead | null = null;
  let isWriting = false;

  const write = async (): Promise<void> => {
    await mkdir(dirname(path), { recursive: true });
    while (latest !== null) {
      const head: ChainHead = latest;
      const text = JSON.stringify({ seq: head.seq, hash: head.hash.toString('hex') });
      await writeFile(`${path}.new`, `${text}\n`, { mode: 0o600 });
      await rename(`${path}.new`, path);
      if (latest === head) return;
    }
  };

  return {
    saw: (head) => {
      if (latest !== null && latest.seq >= head.seq) return;
      latest = head;
      if (isWriting) return;
      isWriting = true;
      void write()
        .catch(onError)
        .finally(() => {
          isWriting = false;
        });
    },
  };
};

/** null: there is no such file, or it says nothing. */
export const readWitness = (path: string): Pick<ChainHead, 'seq' | 'hash'> | null => {
  try {
    const head: unknown = JSON.parse(readFileSync(path, 'utf8'));
    if (typeof head !== 'object' || head === null || !('seq' in head) || !('hash' in head)) {
      return null;
    }
    const { seq, hash } = head;
    return typeof seq === 'number' && typeof hash === 'string'
      ? { seq, hash: Buffer.from(hash, 'hex') }
      : null;
  } catch {
    return null;
  }
};
