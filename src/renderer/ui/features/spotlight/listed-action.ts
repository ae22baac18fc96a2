import type { Chord } from '../../components/chord.ts';

/** What the spotlight and the sheet of shortcuts need of an action. */
export type ListedAction = {
  readonly id: string;
  readonly group: 'call' | 'consent' | 'wrapUp' | 'agent' | 'customer' | 'go';
  readonly label: string;
  readonly chord: Chord | null;
  /** False: it is listed, and cannot be done now. */
  readonly possible: boolean;
  readonly run: () => void;
  /** It lasts while its key is held, and this ends it. */
  readonly release?: () => void;
};
