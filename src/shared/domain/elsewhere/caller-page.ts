/** What other systems know of a caller, as far as it matters whose page is theirs. */
type Source = {
  /** More is to come. */
  readonly isComplete: boolean;
  /** Best first. */
  readonly people: readonly {
    readonly grade: 'confirmed' | 'exact' | 'maybe';
    readonly url: string;
  }[];
  /** Of the one person that it is. */
  readonly items: readonly { readonly isOpen: boolean; readonly url: string }[];
};

/** Whether an agent has to say who of the people it is: where one is confirmed, nobody has to. */
export const isToChoose = ({ people }: Pick<Source, 'people'>): boolean =>
  !people.some(({ grade }) => grade === 'confirmed') &&
  people.filter(({ grade }) => grade === 'exact').length !== 1;

/** The page that a key opens: the open ticket that it is probably about, else the person. */
export const pageIn = (sources: readonly Source[]): string | null => {
  const known = sources.filter(({ people }) => people[0] !== undefined);
  const ticket = known.flatMap(({ items }) => items).find(({ isOpen }) => isOpen);
  const person = known
    .flatMap(({ people }) => people.slice(0, 1))
    .find(({ grade }) => grade !== 'maybe');
  return ticket?.url ?? person?.url ?? null;
};

/** The page that may open by itself: of a caller who is known for certain, once everybody has answered. */
export const certainPageIn = (sources: readonly Source[]): string | null =>
  sources.every(({ isComplete }) => isComplete)
    ? pageIn(sources.filter((source) => !isToChoose(source)))
    : null;
