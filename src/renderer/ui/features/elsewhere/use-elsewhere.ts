import type { ElsewherePerson, ElsewhereSource } from '../../../../shared/api/elsewhere.ts';
import { useDesk } from '../../bridge/desk-store.ts';
import type { Work } from '../../state/work.ts';

const none: readonly ElsewhereSource[] = [];

/** What other systems know of the caller of this call. */
export const useElsewhere = (work: Work | null): readonly ElsewhereSource[] => {
  const callKey = work?.card?.callKey;
  return useDesk(
    ({ elsewhere }) => elsewhere?.find((each) => each.callKey === callKey)?.sources ?? none,
  );
};

export type Choice = { readonly source: ElsewhereSource; readonly person: ElsewherePerson };

/** People of whom an agent has to say that it is them: where one is confirmed, nobody. */
export const choicesIn = (sources: readonly ElsewhereSource[]): readonly Choice[] =>
  sources
    .filter(({ people }) => {
      const exact = people.filter(({ grade }) => grade === 'exact').length;
      return !people.some(({ grade }) => grade === 'confirmed') && exact !== 1;
    })
    .flatMap((source) => source.people.map((person) => ({ source, person })));

/** The page that a key opens: the open ticket that it is probably about, else the person. */
export const pageIn = (sources: readonly ElsewhereSource[]): string | null => {
  const known = sources.filter(({ people }) => people[0] !== undefined);
  const ticket = known.flatMap(({ items }) => items).find(({ isOpen }) => isOpen);
  const person = known
    .flatMap(({ people }) => people.slice(0, 1))
    .find(({ grade }) => grade !== 'maybe');
  return ticket?.url ?? person?.url ?? null;
};
