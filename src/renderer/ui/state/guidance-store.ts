import { useEffect } from 'react';
import { create } from 'zustand';
import type { GuidanceBook } from '../../../shared/api/guidance.ts';
import type { Macro } from '../../../shared/domain/macro/macro.ts';
import { macrosFor } from '../../../shared/domain/macro/macro.ts';
import type { Script } from '../../../shared/domain/script/script.ts';
import type { VerificationPolicy } from '../../../shared/domain/verification/verification.ts';
import { useDesk } from '../bridge/desk-store.ts';
import { ask } from './orders.ts';

/** Scripts, pieces of text and policies that are in force, as the desk has them. */

type Kept = {
  readonly book: GuidanceBook | null;
  /** It could not be had, and is asked for again when the backend is back. */
  readonly failed: boolean;
};

export const useGuidance = create<Kept>(() => ({ book: null, failed: false }));

/** Has the book that is in force read; once for the whole desk. */
export const useKeptGuidance = (): void => {
  const version = useDesk(({ session }) =>
    session.state === 'signed_in' ? (session.guidance ?? '') : '',
  );
  const userId = useDesk(({ session }) => (session.state === 'signed_in' ? session.user.id : ''));
  const isThere = useDesk(({ backend }) => backend.state === 'connected');
  useEffect(() => {
    if (version === '') {
      useGuidance.setState({ book: null, failed: false });
      return undefined;
    }
    let current = true;
    void ask('guidance.book', null).then((answer) => {
      if (!current) return;
      if (answer.ok) useGuidance.setState({ book: answer.value, failed: false });
      // What is known goes on being used.
      else useGuidance.setState({ failed: true });
    });
    return () => {
      current = false;
    };
  }, [version, userId, isThere]);
};

/** What the queue of a call names; null: nothing, or it is not here. */
export const useGuides = (
  queue: string | null,
): {
  readonly script: Script | null;
  readonly policy: VerificationPolicy | null;
} => {
  const book = useGuidance((kept) => kept.book);
  const named = book?.queues.find((each) => each.queue === queue);
  return {
    script: book?.scripts.find(({ code }) => code === named?.script) ?? null,
    policy: book?.policies.find(({ code }) => code === named?.verification) ?? null,
  };
};

const none: readonly Macro[] = [];

export const useMacros = (queue: string | null): readonly Macro[] => {
  const macros = useGuidance((kept) => kept.book?.macros ?? none);
  return macrosFor(macros, queue);
};
