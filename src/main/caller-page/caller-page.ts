import type { DeskSnapshot } from '../../shared/ipc/desk.ts';
import type { Call } from '../../shared/domain/call/call.ts';
import { certainPageIn } from '../../shared/domain/elsewhere/caller-page.ts';

export type CallerPagePorts = {
  readonly desk: () => Pick<DeskSnapshot, 'elsewhere' | 'settings'>;
  readonly calls: () => readonly Call[];
  /** In the browser, and never in front. */
  readonly open: (url: string) => void;
};

const isDue = (call: Call, wish: DeskSnapshot['settings']['callerPage']): boolean => {
  if (call.direction !== 'inbound') return false;
  switch (wish) {
    case 'never':
      return false;
    case 'ringing':
      return call.state !== 'ended';
    case 'answered':
      return call.state === 'answering' || call.state === 'connected';
  }
};

/**
 * Opens the caller's page in another system by itself, as the agent wishes: once for each call, whatever is learnt of the
 * caller later. It is to be called on each change of the desk or the phone.
 */
export const createCallerPages = ({ desk, calls, open }: CallerPagePorts): (() => void) => {
  let opened: readonly string[] = [];
  return () => {
    const { elsewhere = [], settings } = desk();
    const there = calls();
    opened = opened.filter((callKey) => there.some((call) => call.callKey === callKey));
    for (const call of there) {
      const { callKey } = call;
      if (opened.includes(callKey) || !isDue(call, settings.callerPage)) continue;
      const sources = elsewhere.find((each) => each.callKey === callKey)?.sources ?? [];
      const page = certainPageIn(sources);
      // Told by the backend, which was told by others: no program is started by it.
      if (page === null || URL.parse(page)?.protocol !== 'https:') continue;
      opened = [...opened, callKey];
      open(page);
    }
  };
};
