import { create } from 'zustand';
import type { ConsentWord } from '../../../../shared/api/consent.ts';
import { order } from '../../state/orders.ts';

type OwnWords = { readonly latest: Readonly<Record<string, ConsentWord>> };

/** The latest word on consent recorded in this window, by call. */
export const useOwnConsent = create<OwnWords>(() => ({ latest: {} }));

const keep = (callId: string, word: ConsentWord | null): void => {
  useOwnConsent.setState(({ latest }) => {
    const { [callId]: _before, ...rest } = latest;
    return { latest: word === null ? rest : { ...rest, [callId]: word } };
  });
};

/** Records what the customer said; shown at once, and taken back if main could not keep it. */
export const recordConsent = async (callId: string, word: ConsentWord): Promise<void> => {
  const before = useOwnConsent.getState().latest[callId] ?? null;
  keep(callId, word);
  const answer = await order('consent.record', { callId, ...word });
  if (!answer.ok) keep(callId, before);
};
