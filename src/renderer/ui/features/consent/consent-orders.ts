import { create } from 'zustand';
import type { ConsentFactKind } from '../../../../shared/domain/consent/consent.ts';
import { order } from '../../state/orders.ts';

type OwnFacts = { readonly latest: Readonly<Record<string, ConsentFactKind>> };

/** The latest consent fact recorded in this window, by call. */
export const useOwnConsent = create<OwnFacts>(() => ({ latest: {} }));

const keep = (callId: string, kind: ConsentFactKind | null): void => {
  useOwnConsent.setState(({ latest }) => {
    const { [callId]: _before, ...rest } = latest;
    return { latest: kind === null ? rest : { ...rest, [callId]: kind } };
  });
};

/** Records what the customer said; shown at once, and taken back if main could not keep it. */
export const recordConsent = async (callId: string, kind: ConsentFactKind): Promise<void> => {
  const before = useOwnConsent.getState().latest[callId] ?? null;
  keep(callId, kind);
  const answer = await order('consent.record', { callId, kind });
  if (!answer.ok) keep(callId, before);
};
