import type { PhoneForms } from '../../../shared/domain/phone-number/phone-forms.ts';

/** How texts stand in Salesforce's query languages, so that nothing that is typed is read as a query. */

/** A SOQL string ("Quoted String Escape Sequences"); control characters have no place in what is looked for. */
export const soqlText = (text: string): string =>
  `'${text
    .replaceAll(/\p{Cc}/gu, ' ')
    .replaceAll('\\', '\\\\')
    .replaceAll("'", String.raw`\'`)}'`;

/** SOSL, "Reserved Characters". */
const reserved = /[?&|!{}[\]()^~*:\\"'+-]/gu;

const escaped = (text: string): string => text.replaceAll(reserved, String.raw`\$&`);

/** "Certain keywords must be surrounded in double quotes if you want to search for those words." */
const isOperator = (word: string): boolean => /^(?:and|or|not)$/iu.test(word);

const longestSearch = 200;

/** What is typed as a search term; null: it has nothing that SOSL looks for, which wants two letters or digits. */
export const soslWords = (text: string): string | null => {
  const words = text
    .slice(0, longestSearch)
    .replaceAll(/\p{Cc}/gu, ' ')
    .split(/\s+/u)
    .filter((word) => /[\p{L}\p{N}]/u.test(word));
  const significant = words.join('').replaceAll(/[^\p{L}\p{N}]/gu, '');
  if (significant.length < 2) return null;
  return words.map((word) => (isOperator(word) ? `"${word}"` : escaped(word))).join(' ');
};

/**
 * Every form under which the number may be kept, in one search: digits match however it is punctuated, and the written forms
 * match where the index has cut it at its punctuation.
 */
export const soslPhone = (phone: PhoneForms): string => {
  const digits = [phone.national, phone.digits];
  const written = [phone.nationalFormat, phone.internationalFormat].map(
    (form) => `"${escaped(form)}"`,
  );
  return [...new Set([...digits, ...written])].join(' OR ');
};
