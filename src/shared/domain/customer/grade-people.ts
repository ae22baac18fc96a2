import { sameNumber } from '../phone-number/phone-forms.ts';

/** How sure it is that somebody in another system is the caller. */
export type PersonGrade = 'confirmed' | 'exact' | 'maybe';

export type FoundPerson = {
  readonly type: string;
  readonly id: string;
  readonly phones: readonly string[];
};

export type GradedPerson<Person> = {
  readonly person: Person;
  readonly grade: PersonGrade;
  /** The number by which it is the caller's, as it is written there. */
  readonly phone?: string;
};

const rank: Readonly<Record<PersonGrade, number>> = { confirmed: 0, exact: 1, maybe: 2 };

/**
 * Those who really have the caller's number, best first: searches of vendors find ends of numbers, notes and much else, so that
 * each is held against the numbers that came back. Whoever came back without any was found by something, and is a maybe.
 */
export const gradePeople = <Person extends FoundPerson>(
  people: readonly Person[],
  number: string,
  country: string,
  confirmed: Pick<FoundPerson, 'type' | 'id'> | null,
): readonly GradedPerson<Person>[] => {
  const seen = new Set<string>();
  const graded = people.flatMap((person): readonly GradedPerson<Person>[] => {
    const key = `${person.type} ${person.id}`;
    if (seen.has(key)) return [];
    seen.add(key);
    const same = person.phones.map((phone) => ({ phone, how: sameNumber(phone, number, country) }));
    const best = same.find(({ how }) => how === 'exact') ?? same.find(({ how }) => how !== null);
    const phone = best === undefined ? {} : { phone: best.phone };
    if (confirmed?.type === person.type && confirmed.id === person.id) {
      return [{ person, grade: 'confirmed', ...phone }];
    }
    if (best === undefined) return person.phones.length === 0 ? [{ person, grade: 'maybe' }] : [];
    return [{ person, grade: best.how === 'exact' ? 'exact' : 'maybe', ...phone }];
  });
  return graded.sort((a, b) => rank[a.grade] - rank[b.grade]);
};

/** The one person that it is; null: nobody, or it is for somebody to say. */
export const onlyPerson = <Person>(
  graded: readonly GradedPerson<Person>[],
): GradedPerson<Person> | null => {
  const [first] = graded;
  if (first === undefined || first.grade === 'maybe') return null;
  if (first.grade === 'confirmed') return first;
  return graded.filter(({ grade }) => grade === 'exact').length === 1 ? first : null;
};
