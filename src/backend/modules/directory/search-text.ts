/** Lower case without accents, so that "jose" finds "José". */
export const plainText = (text: string): string =>
  text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().replace(/\s+/gu, ' ').trim();

type Searched = {
  readonly name: string;
  readonly company: string;
  readonly email: string;
  readonly city: string;
};

export const searchTextOf = ({ name, company, email, city }: Searched): string =>
  plainText([name, company, email, city].join(' '));

export const digitsOf = (text: string): string => text.replace(/\D/gu, '');

/** Digits from last to first. */
export const reversed = (digits: string): string => Array.from(digits).reverse().join('');

/** A word as LIKE takes it literally. */
export const likeLiteral = (text: string): string => text.replace(/[\\%_]/gu, '\\$&');
