import type { ContactCard } from '../../shared/api/records.ts';
import type { DeskSnapshot, Settings } from '../../shared/ipc/desk.ts';

export type DeskChange = Partial<Omit<DeskSnapshot, 'revision'>>;

/** The desk's snapshot: whole, with a revision that rises with every change. */
export type DeskStore = {
  readonly snapshot: () => DeskSnapshot;
  readonly update: (change: DeskChange) => void;
  /** Told once after each burst of changes, in the same turn of the event loop. Returns the way to unsubscribe. */
  readonly subscribe: (listener: (snapshot: DeskSnapshot) => void) => () => void;
};

export const createDeskStore = (first: {
  readonly settings: Settings;
  readonly backendUrl: string;
  readonly versions: DeskSnapshot['versions'];
  readonly notices: NonNullable<DeskSnapshot['notices']>;
}): DeskStore => {
  const listeners = new Set<(snapshot: DeskSnapshot) => void>();
  let due = false;
  let snapshot: DeskSnapshot = {
    revision: 0,
    backend: { state: 'connecting' },
    session: { state: 'signed_out', why: null, demoUsers: null },
    pbx: null,
    sipProblem: null,
    agent: null,
    today: null,
    shift: null,
    shiftReminder: null,
    exceptionDecided: null,
    cards: [],
    parked: [],
    wrapUps: [],
    finished: null,
    journal: { waiting: 0, late: 0, refused: 0, problem: null },
    engine: 'running',
    keyConflicts: [],
    dialRequest: null,
    ...first,
  };

  const publish = (): void => {
    due = false;
    for (const listener of listeners) listener(snapshot);
  };

  return {
    snapshot: () => snapshot,
    update: (change) => {
      snapshot = { ...snapshot, ...change, revision: snapshot.revision + 1 };
      if (due) return;
      due = true;
      queueMicrotask(publish);
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
};

/** The cards with `card` in its place; an older revision of a card changes nothing. */
export const withCard = (
  cards: readonly ContactCard[],
  card: ContactCard,
): readonly ContactCard[] => {
  const kept = cards.find((other) => other.contactId === card.contactId);
  if (kept === undefined) return [...cards, card];
  if (kept.revision > card.revision) return cards;
  return cards.map((other) => (other === kept ? card : other));
};
