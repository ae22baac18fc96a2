import type { BoardHelp, BoardJoin, BoardQuality } from '../../../shared/api/board.ts';
import type { CheckShown } from '../../../shared/api/shift-checks.ts';
import type { Now } from '../../clock.ts';
import type { Database } from '../../database/database.ts';
import type { Log } from '../../log.ts';

/** Who knows what the board shows of an agent beside state and calls. */
type BoardSources = {
  /** Who is on these calls, by call key. */
  readonly joins: (
    callKeys: readonly string[],
  ) =>
    ReadonlyMap<string, readonly BoardJoin[]> | Promise<ReadonlyMap<string, readonly BoardJoin[]>>;
  /** Hands that are up, by agent. */
  readonly help: (
    agentIds: readonly string[],
  ) => ReadonlyMap<string, BoardHelp> | Promise<ReadonlyMap<string, BoardHelp>>;
  readonly quality: (agentId: string) => BoardQuality | null;
  /** The last check of each, by agent. */
  readonly checks: (agentIds: readonly string[]) => Promise<ReadonlyMap<string, CheckShown>>;
};

export type BoardNeeds = {
  readonly database: Database;
  readonly sources: BoardSources;
  readonly country: string;
  readonly timeZone: string;
  readonly now: Now;
  readonly log: Log;
};
