import type { PhoneSnapshot } from '../../shared/ipc/phone.ts';

export type PhoneState = Omit<PhoneSnapshot, 'revision' | 'engineId'>;

export type PhoneStore = {
  readonly get: () => PhoneState;
  /** Publishes whole snapshots, at once, when something changed. */
  readonly update: (change: Partial<PhoneState>) => void;
  /** Reactions run after the snapshot left. */
  readonly subscribe: (reaction: (now: PhoneState, before: PhoneState) => void) => void;
};

export const createPhoneStore = (
  initial: PhoneState,
  publish: (snapshot: PhoneSnapshot) => void,
  onReactionError: (error: unknown) => void,
): PhoneStore => {
  const engineId = crypto.randomUUID();
  const reactions: ((now: PhoneState, before: PhoneState) => void)[] = [];
  let state = initial;
  let revision = 0;
  const send = () => {
    revision += 1;
    publish({ revision, engineId, ...state });
  };
  send();
  return {
    get: () => state,
    update: (change) => {
      const before = state;
      state = { ...state, ...change };
      send();
      for (const reaction of reactions) {
        try {
          reaction(state, before);
        } catch (error) {
          onReactionError(error);
        }
      }
    },
    subscribe: (reaction) => reactions.push(reaction),
  };
};
