import people from './seed-people.json' with { type: 'json' };

/** Who calls the demo centre. Names are common ones of each country; companies are made up. */
export type SeedCountry = {
  readonly country: string;
  readonly language: string;
  readonly count: number;
  readonly women: readonly string[];
  readonly men: readonly string[];
  readonly families: readonly string[];
  readonly cities: readonly string[];
  readonly companies: readonly string[];
  /**
   * Numbers begin like this, `x` is a digit; ranges kept for fiction where the country has some (US 555-01xx, Ofcom's
   * and ARCEP's drama numbers, the Bundesnetzagentur's), otherwise ones with rows of zeros.
   */
  readonly numbers: readonly string[];
};

export const seedCountries: readonly SeedCountry[] = people;
