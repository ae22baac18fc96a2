import type { Database } from '../../database/database.ts';
import { jsonRows } from '../../database/json-rows.ts';
import { canonicalJson } from '../../canonical-json.ts';

export type Refused = { readonly id: string; readonly why: string };

type Told = { readonly id: string; readonly fact: object };
type Row = Told & { readonly at: number };

export type ToldTable = {
  /** `$1`: the agent, `$2`: when it was received, `$3`: rows as JSON, each with its fact as text. */
  readonly insert: string;
  /** The ids of those rows (`$2`) that this agent (`$1`) did not store with just that content. */
  readonly differing: string;
};

/** What desks tell is stored once, whole batches at a time; answers what says something else under an id that is known. */
export const storeToldOnce = async (
  database: Pick<Database, 'query'>,
  { insert, differing }: ToldTable,
  agentId: string,
  rows: readonly Row[],
  receivedAt: number,
): Promise<readonly Refused[]> => {
  if (rows.length === 0) return [];
  const given = jsonRows(rows.map(({ fact, ...row }) => ({ ...row, fact: canonicalJson(fact) })));
  await database.query(insert, [agentId, receivedAt, given]);
  const others = await database.query<{ readonly id: string }>(differing, [agentId, given]);
  return others.map(({ id }) => ({ id, why: 'this id was stored before with other content' }));
};
