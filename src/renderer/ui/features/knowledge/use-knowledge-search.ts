import { useEffect, useState } from 'react';
import type { ConnectedSystem, KnowledgeSource } from '../../../../shared/api/elsewhere.ts';
import { useLocale } from '../../i18n/use-locale.ts';
import { ask } from '../../state/orders.ts';
import { systemsThat, useSystems } from '../../state/systems-store.ts';

/** Vendors count requests: a word that is still being typed is not looked for. */
const settleMs = 250;
/** After this somebody wonders whether anything goes on. */
const slowMs = 1_500;
export const fewestLetters = 2;

export type Searched =
  | { readonly state: 'nothing_typed' }
  | { readonly state: 'away' }
  | {
      readonly state: 'searched';
      /** Each as it answered, so that nothing that is there moves. */
      readonly sources: readonly KnowledgeSource[];
      /** Whose answers are still to come; null: everybody's, and nobody knows whose. */
      readonly waiting: readonly string[] | null;
      readonly isSlow: boolean;
    };

type Kept = { readonly key: string; readonly searched: Searched };

const nothingYet = {
  ...{ state: 'searched', sources: [], waiting: null, isSlow: false },
} as const satisfies Searched;

/** The connections of one request; where they are not known the backend asks all that there are. */
type Asked = Pick<ConnectedSystem, 'connectionId' | 'name' | 'connector'> | null;

const without = (names: readonly string[] | null, name: string): readonly string[] => {
  const [first = -1] = (names ?? []).flatMap((each, at) => (each === name ? [at] : []));
  return (names ?? []).filter((_, at) => at !== first);
};

/** Looks for what is typed, in each system by itself; an answer to what is no longer typed counts for nothing. */
export const useKnowledgeSearch = (typed: string, attempt: number): Searched => {
  const locale = useLocale();
  const systems = useSystems(({ systems: known }) => known);
  const text = typed.trim();
  const key = `${String(attempt)} ${text}`;
  const [kept, setKept] = useState<Kept | null>(null);
  useEffect(() => {
    if (text.length < fewestLetters) return;
    let current = true;
    const searchable = systemsThat({ systems }, 'searchKnowledge');
    const asked: readonly Asked[] = searchable.length === 0 ? [null] : searchable;
    let searched: Searched = {
      ...nothingYet,
      waiting: searchable.length === 0 ? null : searchable.map(({ name }) => name),
    };
    let failures = 0;
    const tell = (): void => {
      if (current) setKept({ key, searched });
    };
    const take = (of: Asked, sources: readonly KnowledgeSource[]): void => {
      if (searched.state !== 'searched') return;
      searched = {
        ...searched,
        sources: [...searched.sources, ...sources],
        waiting: of === null ? [] : without(searched.waiting, of.name),
      };
    };
    const search = async (of: Asked): Promise<void> => {
      const one = of === null ? {} : { connectionId: of.connectionId };
      const answer = await ask('knowledge.search', { text, locale, ...one });
      if (answer.ok) take(of, answer.value.sources);
      else {
        failures += 1;
        if (failures === asked.length) searched = { state: 'away' };
        else if (of !== null) {
          const { connectionId, name, connector } = of;
          take(of, [{ connectionId, name, connector, articles: [], why: 'unavailable' }]);
        }
      }
      tell();
    };
    const slow = setTimeout(() => {
      if (searched.state !== 'searched') return;
      searched = { ...searched, isSlow: true };
      tell();
    }, settleMs + slowMs);
    const timer = setTimeout(() => {
      for (const of of asked) void search(of);
    }, settleMs);
    return () => {
      current = false;
      clearTimeout(timer);
      clearTimeout(slow);
    };
  }, [text, key, locale, systems]);
  if (text.length < fewestLetters) return { state: 'nothing_typed' };
  return kept?.key === key ? kept.searched : nothingYet;
};
