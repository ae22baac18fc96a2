import type { IpcMainEvent, IpcMainInvokeEvent, WebContents } from 'electron';
import { originOf, type PageHost } from '../protocol/page-file.ts';

/** The message came from the main frame of this very contents, and the frame shows the page it was made for. */
export const isTrustedSender = (
  event: IpcMainEvent | IpcMainInvokeEvent,
  contents: WebContents,
  host: PageHost,
): boolean => {
  if (event.sender.id !== contents.id || contents.isDestroyed()) return false;
  const frame = event.senderFrame;
  // Null once the frame has navigated away or died.
  if (frame === null || frame !== contents.mainFrame) return false;
  return frame.origin === originOf(host);
};
