import { create } from 'zustand';

export type Notice = {
  readonly id: number;
  readonly tone: 'error' | 'info';
  /** What happened, in the agent's language. */
  readonly text: string;
  /** For the curious and for support; in the words of whoever refused. */
  readonly detail: string | null;
};

type Notices = { readonly notices: readonly Notice[] };

const maximumShown = 3;
let lastId = 0;

export const useNotices = create<Notices>(() => ({ notices: [] }));

export const dismissNotice = (id: number): void => {
  useNotices.setState(({ notices }) => ({ notices: notices.filter((notice) => notice.id !== id) }));
};

/** Says something at the edge of the window. Errors stay until they are dismissed, the rest goes by itself. */
export const giveNotice = (notice: Omit<Notice, 'id'>): void => {
  lastId += 1;
  const id = lastId;
  useNotices.setState(({ notices }) => ({
    notices: [
      ...notices.filter((shown) => shown.text !== notice.text).slice(1 - maximumShown),
      { ...notice, id },
    ],
  }));
  if (notice.tone === 'info') {
    setTimeout(() => {
      dismissNotice(id);
    }, 4_000);
  }
};
