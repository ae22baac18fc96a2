import { failure, success, type Result } from '../../result.ts';
import type { ImportLine, LineRefusal } from './import-columns.ts';

/** Which customer a line of a file is, and what becomes of the customer by it. */

/** A customer as the directory has it now. */
export type Known = ImportLine & { readonly id: string };

export type Decided =
  | { readonly kind: 'new'; readonly line: ImportLine }
  | { readonly kind: 'changed' | 'same'; readonly customer: Known };

/** What earlier lines of the same file were about: a later one must not undo them, or a second run would undo it again. */
export type Seen = {
  readonly has: (key: string) => boolean;
  readonly add: (key: string) => void;
};

const idKey = (externalId: string): string => `id ${externalId}`;
const numberKey = (number: string): string => `number ${number}`;
const customerKey = (customerId: string): string => `customer ${customerId}`;

const sameName = (a: string, b: string): boolean =>
  a.localeCompare(b, 'en', { sensitivity: 'base' }) === 0;

const isOne = (found: readonly Known[]): boolean => found.length === 1;

/** By number alone: whoever has it alone, else the one of that name, else the one whom no other system claims. */
const byNumber = (
  line: ImportLine,
  found: readonly Known[],
): Result<Known | undefined, LineRefusal> => {
  const named = found.filter(({ name }) => sameName(name, line.name));
  const unclaimed = named.filter(({ externalId }) => externalId === '');
  const left = [found, named, unclaimed].find(isOne);
  return left === undefined && found.length > 0
    ? failure({ reason: 'ambiguous', text: line.numbers.join(' ') })
    : success(left?.[0]);
};

const refusedAsRepeated = (line: ImportLine) =>
  failure<LineRefusal>({ reason: 'repeated', text: line.externalId || line.numbers.join(' ') });

const isRepeated = (line: ImportLine, seen: Seen): boolean =>
  line.externalId === ''
    ? line.numbers.some((number) => seen.has(numberKey(number)))
    : seen.has(idKey(line.externalId));

/** The customer whom a line means; undefined: a new one. */
const customerOf = (
  line: ImportLine,
  known: readonly Known[],
  seen: Seen,
): Result<Known | undefined, LineRefusal> => {
  const withNumber = known.filter(({ numbers }) => numbers.some((n) => line.numbers.includes(n)));
  if (line.externalId === '') return byNumber(line, withNumber);
  const own = known.find(({ externalId }) => externalId === line.externalId);
  if (own !== undefined) return success(own);
  // Made by hand before the other system told its id. Colleagues share a number, but hardly a name as well.
  const adopted = withNumber.filter(
    ({ id, externalId, name }) =>
      externalId === '' && sameName(name, line.name) && !seen.has(customerKey(id)),
  );
  return success(isOne(adopted) ? adopted[0] : undefined);
};

const orElse = (given: string, before: string): string => (given === '' ? before : given);

/** An empty cell takes nothing away, and neither does a number that the file does not have. */
const merged = (before: Known, line: ImportLine): Known => ({
  id: before.id,
  externalId: orElse(line.externalId, before.externalId),
  name: line.name,
  company: orElse(line.company, before.company),
  email: orElse(line.email, before.email),
  city: orElse(line.city, before.city),
  notes: orElse(line.notes, before.notes),
  numbers: [...new Set([...before.numbers, ...line.numbers])],
});

const isSame = (a: Known, b: Known): boolean =>
  a.externalId === b.externalId &&
  a.name === b.name &&
  a.company === b.company &&
  a.email === b.email &&
  a.city === b.city &&
  a.notes === b.notes &&
  a.numbers.length === b.numbers.length;

/** Decides on one line; `known` are the customers with its external id or one of its numbers. It is `seen` afterwards. */
export const decideLine = (
  line: ImportLine,
  known: readonly Known[],
  seen: Seen,
): Result<Decided, LineRefusal> => {
  if (isRepeated(line, seen)) return refusedAsRepeated(line);
  const found = customerOf(line, known, seen);
  if (!found.ok) return found;
  const before = found.value;
  if (before !== undefined && seen.has(customerKey(before.id))) return refusedAsRepeated(line);
  if (line.externalId !== '') seen.add(idKey(line.externalId));
  for (const number of line.numbers) seen.add(numberKey(number));
  if (before === undefined) return success({ kind: 'new', line });
  seen.add(customerKey(before.id));
  const customer = merged(before, line);
  return success({ kind: isSame(before, customer) ? 'same' : 'changed', customer });
};
