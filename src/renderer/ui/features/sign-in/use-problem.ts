import { useState } from 'react';
import type { Refusal } from '../../../../shared/ipc/contract.ts';
import type { SessionView } from '../../../../shared/ipc/desk.ts';

export type SignInProblem =
  Refusal['code'] | 'missing' | 'signed_in_elsewhere' | 'expired' | 'by_supervisor';

/** What to say above the form: why the last try failed, or else why the last session ended. */
export const useProblem = (session: Exclude<SessionView, { readonly state: 'signed_in' }>) => {
  const [problem, setProblem] = useState<SignInProblem | null>(null);
  const [saidFor, setSaidFor] = useState(false);
  const why = session.state === 'signed_out' ? session.why : null;
  const ended = why === 'signed_out' ? null : why;
  return {
    problem: problem ?? (saidFor ? null : ended),
    setProblem: (next: SignInProblem | null): void => {
      setSaidFor(true);
      setProblem(next);
    },
  };
};
