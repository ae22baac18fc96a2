import type { ElsewherePerson, ElsewhereSource } from '../../../../shared/api/elsewhere.ts';
import { isToChoose } from '../../../../shared/domain/elsewhere/caller-page.ts';
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
    .filter(isToChoose)
    .flatMap((source) => source.people.map((person) => ({ source, person })));
