/**
 * An array of numbers, identifiers or other bare words as one value of a statement. The driver would look for quotes and
 * backslashes in each of them, which takes longer than all the rest where there are thousands.
 */
export const arrayText = (values: readonly (string | number | null)[]): string =>
  `{${values.map((value) => value ?? 'NULL').join(',')}}`;
