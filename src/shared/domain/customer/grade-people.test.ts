import { describe, expect, it } from 'vitest';
import { gradePeople, onlyPerson } from './grade-people.ts';

const number = '+551133334444';
const person = (id: string, ...phones: readonly string[]) => ({ type: 'user', id, phones });
const graded = (people: readonly ReturnType<typeof person>[], confirmed: string | null = null) =>
  gradePeople(people, number, 'BR', confirmed === null ? null : { type: 'user', id: confirmed });

describe('people of another system', () => {
  it('are those who have the number, however it is written there', () => {
    const found = graded([
      person('a', '(11) 3333-4444'),
      person('b', '+55 11 3333 4444'),
      person('c', '+1 555 010 0100'),
    ]);
    expect(found.map((each) => [each.person.id, each.grade, each.phone])).toEqual([
      ['a', 'exact', '(11) 3333-4444'],
      ['b', 'exact', '+55 11 3333 4444'],
    ]);
  });

  it('are maybes where only the end agrees, or where no number came back', () => {
    const found = graded([person('other country', '+351 113 333 4444'), person('none')]);
    expect(found.every(({ grade }) => grade === 'maybe')).toBe(true);
    expect(onlyPerson(found)).toBeNull();
  });

  it('are one where an agent said so, though others have the number', () => {
    const found = graded([person('a', number), person('b', number)], 'b');
    expect(found.map(({ person: { id } }) => id)).toEqual(['b', 'a']);
    expect(onlyPerson(found)?.person.id).toBe('b');
    expect(onlyPerson(graded([person('a', number), person('b', number)]))).toBeNull();
  });

  it('are told once each', () => {
    expect(graded([person('a', number), person('a', number)])).toHaveLength(1);
    expect(onlyPerson(graded([person('a', number), person('a', number)]))?.person.id).toBe('a');
  });
});
