import { writeFile } from 'node:fs/promises';
import { dialog } from 'electron';

/** Asks where to, and writes there; null: the user thought better of it. */
export const saveFile = async (name: string, text: string): Promise<string | null> => {
  const { canceled, filePath } = await dialog.showSaveDialog({ defaultPath: name });
  if (canceled || filePath === '') return null;
  // It may name customers: for this user alone.
  await writeFile(filePath, text, { mode: 0o600 });
  return filePath;
};
