import { createHash } from 'node:crypto';
import type { BadLine, ImportAnswer, ImportShifts } from '../../../../shared/api/shifts.ts';
import { activityKinds } from '../../../../shared/domain/schedule/activity.ts';
import { failure, success, type Result } from '../../../../shared/result.ts';
import type { Database, Transaction } from '../../../database/database.ts';
import type { MintId } from '../../../identifiers.ts';
import { ianaZone } from '../local-time.ts';
import type { Target } from '../schedule-entry.ts';
import {
  findImport,
  insertEntries,
  insertImport,
  readNames,
  type Names,
  type NewEntry,
} from '../shift-repository.ts';
import { maximumBad, type BoundedDraft, type Person } from './draft.ts';
import { readApart } from './read-apart.ts';

export type ImportNeeds = {
  readonly database: Database;
  readonly mintId: MintId;
  readonly now: number;
  /** IANA: for files that name no zone. */
  readonly timeZone: string;
  /** null: at the server's own command line. */
  readonly importedBy: string | null;
  /** Whether they may plan for this agent or team. */
  readonly mayPlan: (target: Target) => Promise<boolean>;
  /** In the transaction of the import itself. */
  readonly onApplied: (
    transaction: Transaction,
    applied: { readonly importId: string; readonly name: string; readonly entries: number },
  ) => Promise<void>;
};

const targetOf = (person: Person | null, names: Names): Result<Target, string> => {
  if (person === null) return failure('it does not say for whom: an agent or a team is needed');
  if (person.kind === 'team') {
    return names.teams.has(person.team)
      ? success({ kind: 'team', team: person.team })
      : failure(`there is no team "${person.team}"`);
  }
  const agentId = names.agents.get(person.username);
  return agentId === undefined
    ? failure(`there is no agent "${person.username}"`)
    : success({ kind: 'agent', agentId });
};

const keyOf = (target: Target): string =>
  target.kind === 'agent' ? `agent ${target.agentId}` : `team ${target.team}`;

type Placed = { readonly entries: readonly NewEntry[]; readonly bad: readonly BadLine[] };

const place = async (
  drafts: readonly BoundedDraft[],
  whole: Person | null,
  needs: ImportNeeds,
): Promise<Placed> => {
  const names = await readNames(needs.database);
  const allowed = new Map<string, boolean>();
  const seen = new Set<string>();
  const entries: NewEntry[] = [];
  const bad: BadLine[] = [];
  for (const { line, person, entry, bounds } of drafts) {
    const target = targetOf(whole ?? person, names);
    if (!target.ok) {
      bad.push({ line, why: target.why });
      continue;
    }
    const key = keyOf(target.value);
    const may = allowed.get(key) ?? (await needs.mayPlan(target.value));
    allowed.set(key, may);
    const unique = `${key} ${entry.uid}`;
    if (!may) bad.push({ line, why: 'it is for somebody of another team' });
    else if (seen.has(unique)) bad.push({ line, why: 'it stands there twice' });
    else {
      seen.add(unique);
      entries.push({ id: needs.mintId(), target: target.value, entry, bounds });
    }
  }
  return { entries, bad };
};

const wholeTarget = ({ agent, team }: ImportShifts): Result<Person | null, string> => {
  if (agent !== undefined && team !== undefined) return failure('say an agent or a team, not both');
  if (agent !== undefined) return success({ kind: 'agent', username: agent.toLowerCase() });
  return success(team === undefined ? null : { kind: 'team', team });
};

const refusedAs = (why: string): ImportAnswer => ({
  import: null,
  already: false,
  kinds: [],
  bad: [{ line: 0, why }],
});

/**
 * Takes a schedule over, all of it or nothing; with `skipBad` what is right of it. The same file for the same people
 * again changes nothing.
 */
export const importSchedule = async (
  given: ImportShifts,
  needs: ImportNeeds,
): Promise<ImportAnswer> => {
  const { database, mintId, importedBy } = needs;
  const whole = wholeTarget(given);
  if (!whole.ok) return refusedAs(whole.why);
  const zone = ianaZone(given.zone ?? needs.timeZone);
  if (zone === null) return refusedAs(`"${given.zone ?? needs.timeZone}" is no time zone`);
  const digest = createHash('sha256')
    .update(JSON.stringify([given.content, whole.value, zone]))
    .digest('base64url');
  const known = await findImport(database, { digest });
  if (known !== null) return { import: known, already: true, kinds: [], bad: [] };

  const options = { zone: { name: zone, definition: null } };
  const read = await readApart({ content: given.content, options });
  const { entries, bad: unplaced } = await place(read.drafts, whole.value, needs);
  const bad = [...read.bad, ...unplaced].sort((a, b) => a.line - b.line).slice(0, maximumBad);
  const kinds = activityKinds
    .map((kind) => ({ kind, entries: entries.filter(({ entry }) => entry.kind === kind).length }))
    .filter((count) => count.entries > 0);
  if (entries.length === 0) {
    const nothing: BadLine = { line: 0, why: 'there is nothing in it' };
    return { import: null, already: false, kinds, bad: bad.length > 0 ? bad : [nothing] };
  }
  if (bad.length > 0 && given.skipBad !== true) return { import: null, already: false, kinds, bad };

  const id = mintId();
  await database.transaction(async (transaction) => {
    const isNew = await insertImport(transaction, {
      ...{ id, name: given.name, format: read.format, digest, importedBy },
      importedAt: needs.now,
    });
    if (!isNew) return;
    await insertEntries(transaction, id, entries);
    await needs.onApplied(transaction, {
      importId: id,
      name: given.name,
      entries: entries.length,
    });
  });
  const made = await findImport(database, { digest });
  return { import: made, already: made?.id !== id, kinds, bad };
};
