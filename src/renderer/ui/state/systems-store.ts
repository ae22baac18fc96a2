import { useEffect } from 'react';
import { create } from 'zustand';
import type { Capability } from '../../../shared/api/connections.ts';
import type { ConnectedSystem } from '../../../shared/api/elsewhere.ts';
import { useDesk } from '../bridge/desk-store.ts';
import { ask } from './orders.ts';

type Kept = {
  /** null: nobody has told yet. */
  readonly systems: readonly ConnectedSystem[] | null;
  readonly failed: boolean;
};

const unknown: Kept = { systems: null, failed: false };

/** The other systems that agents can write to and search, as the backend told them last. */
export const useSystems = create<Kept>(() => unknown);

export const refreshSystems = async (): Promise<void> => {
  const answer = await ask('elsewhere.systems', null);
  // What is known goes on being used.
  useSystems.setState(
    answer.ok ? { systems: answer.value.systems, failed: false } : { failed: true },
  );
};

export const systemsThat = (
  { systems }: Pick<Kept, 'systems'>,
  capability: Capability,
): readonly ConnectedSystem[] =>
  (systems ?? []).filter(({ capabilities }) => capabilities.includes(capability));

/** Has them told anew whenever somebody signs in and the backend is back; once for the whole desk. */
export const useKeptSystems = (): void => {
  const userId = useDesk(({ session }) => (session.state === 'signed_in' ? session.user.id : ''));
  const isThere = useDesk(({ backend }) => backend.state === 'connected');
  useEffect(() => {
    if (userId === '') useSystems.setState(unknown);
    else if (isThere) void refreshSystems();
  }, [userId, isThere]);
};
