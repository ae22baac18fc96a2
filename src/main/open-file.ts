import { openAsBlob } from 'node:fs';
import { basename } from 'node:path';
import { dialog } from 'electron';

export type ChosenFile = {
  readonly name: string;
  /** Read while it is sent, part by part; as it is on disk at that time. */
  readonly read: () => Promise<Blob>;
};

/** Asks which file; null: the user thought better of it. */
export const openFile = async (extensions: readonly string[]): Promise<ChosenFile | null> => {
  const { canceled, filePaths } = await dialog.showOpenDialog({
    properties: ['openFile'],
    filters: [
      { name: extensions.map((each) => `*.${each}`).join(', '), extensions: [...extensions] },
    ],
  });
  const [path] = filePaths;
  if (canceled || path === undefined) return null;
  return { name: basename(path), read: () => openAsBlob(path) };
};
