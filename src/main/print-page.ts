import { writeFile } from 'node:fs/promises';
import { dialog, type WebContents } from 'electron';

/** What Electron says when the user closes the system's dialog. */
const thoughtBetter = /cancel/iu;

const toPrinter = (contents: WebContents): Promise<null> =>
  new Promise((resolve, reject) => {
    contents.print({ printBackground: true }, (printed, why) => {
      if (printed || thoughtBetter.test(why)) resolve(null);
      else reject(new Error(why));
    });
  });

/** Prints the page by the system's dialog, or writes it to a file; null: to a printer, or not at all. */
export const printPage = async (
  contents: WebContents,
  to: 'printer' | 'pdf',
  name: string,
): Promise<string | null> => {
  if (to === 'printer') return toPrinter(contents);
  const { canceled, filePath } = await dialog.showSaveDialog({ defaultPath: name });
  if (canceled || filePath === '') return null;
  const pdf = await contents.printToPDF({ printBackground: true, landscape: true });
  // It may name customers: for this user alone.
  await writeFile(filePath, pdf, { mode: 0o600 });
  return filePath;
};
