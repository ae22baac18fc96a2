import type { PutDraft } from '../../shared/api/wrap-ups.ts';
import type { WrapUpDraft } from '../../shared/ipc/desk.ts';

/** So long may a letter stay on this machine alone. */
const settleMs = 2_000;

type Ports = {
  readonly drafts: () => readonly WrapUpDraft[];
  readonly isOnline: () => boolean;
  /** False: it did not arrive. */
  readonly put: (callId: string, draft: PutDraft) => Promise<boolean>;
};

export type DraftCopies = {
  /** Drafts may have changed, or the backend is there again. */
  readonly changed: () => void;
  readonly stop: () => void;
};

const bodyOf = (draft: WrapUpDraft, revision: number): PutDraft => ({
  revision,
  code: draft.code,
  codes: draft.codes ?? [],
  fields: draft.fields ?? {},
  notes: draft.notes,
  extensions: draft.extensions ?? 0,
});

/**
 * Copies what is typed to the backend, so that the agent's next machine has it. Best effort: this machine's journal is
 * what counts, and while the backend is away nothing is tried.
 */
export const createDraftCopies = ({ drafts, isOnline, put }: Ports): DraftCopies => {
  /** The revision that was sent last, and whether the call had ended then. */
  const sent = new Map<string, { readonly revision: number; readonly ended: boolean }>();
  let waiting: ReturnType<typeof setTimeout> | null = null;

  const unsent = (): readonly WrapUpDraft[] =>
    drafts().filter(
      ({ callId, revision }) =>
        revision !== undefined && revision > (sent.get(callId)?.revision ?? 0),
    );

  const send = (draft: WrapUpDraft): void => {
    const { callId, revision = 0, ended } = draft;
    const before = sent.get(callId);
    sent.set(callId, { revision, ended });
    void put(callId, bodyOf(draft, revision)).then((arrived) => {
      if (arrived || sent.get(callId)?.revision !== revision) return;
      // Tried again with the next change.
      if (before === undefined) sent.delete(callId);
      else sent.set(callId, before);
    });
  };

  const stop = (): void => {
    if (waiting !== null) clearTimeout(waiting);
    waiting = null;
  };
  const flush = (): void => {
    stop();
    if (isOnline()) unsent().forEach(send);
  };

  return {
    changed: () => {
      const known = new Set(drafts().map(({ callId }) => callId));
      for (const callId of sent.keys()) if (!known.has(callId)) sent.delete(callId);
      const due = unsent();
      if (due.length === 0) return;
      // A hang-up is where people get up and leave.
      if (due.some(({ callId, ended }) => ended && sent.get(callId)?.ended !== true)) flush();
      else waiting ??= setTimeout(flush, settleMs);
    },
    stop,
  };
};
