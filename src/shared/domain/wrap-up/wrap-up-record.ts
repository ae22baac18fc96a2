import type { LedgerFact, WrapUpCompletedFact, WrapUpCorrectedFact } from '../handle-time/fact.ts';
import type { WrapUpWords } from './wrap-up-words.ts';

/** One saying of a wrap-up: its completion, or a correction of it. */
export type WrapUpVersion = WrapUpWords & {
  readonly factId: string;
  readonly at: number;
  /** `timer`: the time was over. */
  readonly by: 'agent' | 'timer' | 'supervisor';
  /** Who said it, where that is not the agent of the leg. */
  readonly byUser: string | null;
};

export type WrapUpRecord = {
  /** When the wrap-up ended: the first completion counts, whatever is said later. */
  readonly completedAt: number;
  readonly completedBy: WrapUpVersion['by'];
  /** What stands now. */
  readonly current: WrapUpVersion;
  /** When that was said, if it is no longer what was said first. */
  readonly correctedAt: number | null;
  /** Everything that was ever said, in the order in which it counts. */
  readonly versions: readonly WrapUpVersion[];
};

export type WrapUpFact = WrapUpCompletedFact | WrapUpCorrectedFact;

const isWrapUpFact = (fact: LedgerFact): fact is WrapUpFact =>
  fact.kind === 'wrap_up_completed' || fact.kind === 'wrap_up_corrected';

export const wordsIn = (fact: WrapUpFact): WrapUpWords => ({
  // No code was asked for, or none was chosen when the time was over.
  codes: fact.code === '' ? [] : [fact.code, ...(fact.codes ?? [])],
  fields: fact.fields ?? {},
  notes: fact.notes,
});

const versionOf = (fact: WrapUpFact): WrapUpVersion => ({
  ...wordsIn(fact),
  factId: fact.id,
  at: fact.at,
  by: fact.kind === 'wrap_up_completed' ? (fact.by ?? 'agent') : 'agent',
  byUser: fact.byUser ?? null,
});

/** Words that stood in for the agent's own give way to them, whenever those arrive. */
const weight = (version: WrapUpVersion): number => (version.by === 'agent' ? 1 : 0);

/**
 * What a leg's wrap-up says, the same whatever order its facts arrived in. The first completion ends the wrap-up; each
 * later one, and each correction, changes the words alone. null: not completed yet.
 */
export const wrapUpRecordOf = (facts: readonly LedgerFact[]): WrapUpRecord | null => {
  const once = [...new Map(facts.map((fact) => [fact.id, fact])).values()].filter(isWrapUpFact);
  const [first] = once
    .filter(({ kind }) => kind === 'wrap_up_completed')
    .sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1))
    .map(versionOf);
  const versions = once
    .map(versionOf)
    .sort((a, b) => weight(a) - weight(b) || a.at - b.at || (a.factId < b.factId ? -1 : 1));
  const current = versions.at(-1);
  if (current === undefined || first === undefined) return null;
  return {
    completedAt: first.at,
    completedBy: first.by,
    current,
    correctedAt: versions.length > 1 ? current.at : null,
    versions,
  };
};

/** The words as a fact carries them. */
export const factWords = ({
  codes: [code = '', ...codes],
  fields,
  notes,
}: WrapUpWords): Pick<WrapUpCompletedFact, 'code' | 'codes' | 'fields' | 'notes'> => {
  const said = Object.entries(fields).filter(([, value]) => value.trim() !== '');
  return {
    code,
    notes,
    ...(codes.length === 0 ? {} : { codes }),
    ...(said.length === 0 ? {} : { fields: Object.fromEntries(said) }),
  };
};
