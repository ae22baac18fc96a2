import { clipboard } from 'electron';

type OldClipboard = { readonly readText: (type: 'selection') => string };

/**
 * What is selected in whatever program is in front, where the system tells that (X11's primary selection, also on
 * Wayland); elsewhere what was copied last.
 */
export const selectedText = async (): Promise<string> => {
  if (process.platform !== 'linux') return clipboard.readText();
  // Absent before Electron had a clipboard of promises, in spite of its types today.
  const selection = clipboard.selection as Electron.Clipboard | undefined;
  if (selection !== undefined) return selection.readText();
  return (clipboard as unknown as OldClipboard).readText('selection');
};
