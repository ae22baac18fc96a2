import type { NewCustomer } from '../directory/customer-repository.ts';
import { plainText } from '../directory/search-text.ts';
import type { PseudoRandom } from './pseudo-random.ts';
import { seedCountries, type SeedCountry } from './seed-people.ts';
import { seedTags, textsIn } from './seed-texts.ts';

export type SeedTicket = {
  readonly subject: string;
  readonly status: 'open' | 'pending' | 'solved';
  readonly priority: 'low' | 'normal' | 'high';
  readonly daysAgo: number;
};

export type SeedCustomer = Omit<NewCustomer, 'id' | 'since' | 'searchText'> & {
  readonly daysAgo: number;
  readonly tickets: readonly SeedTicket[];
  /** Who speaks for the customer when it calls; null: nobody in its language. */
  readonly voice: string | null;
};

const voices: Readonly<Record<string, { readonly woman: string; readonly man: string }>> = {
  en: { woman: 'en-emma', man: 'en-oliver' },
  es: { woman: 'es-lucia', man: 'es-mateo' },
  pt: { woman: 'pt-leticia', man: 'pt-rui' },
};

const numberFrom = (pattern: string, count: number): string => {
  const places = pattern.length - pattern.replaceAll('x', '').length;
  return pattern.replaceAll('x', '') + String(count).padStart(places, '0');
};

const emailOf = (name: string, company: string, random: PseudoRandom): string => {
  const local = plainText(name)
    .replace(/[^a-z]+/gu, '.')
    .replace(/^\.+|\.+$/gu, '');
  const domain = plainText(company)
    .replace(/[^a-z0-9]+/gu, '-')
    .replace(/^-+|-+$/gu, '');
  const place = domain === '' ? random.pick(['example.com', 'example.net']) : `${domain}.example`;
  return `${local === '' ? 'customer' : local}@${place}`;
};

const ticketsFor = (language: string, random: PseudoRandom): readonly SeedTicket[] => {
  const { subjects } = textsIn(language);
  return Array.from({ length: random.pick([0, 0, 1, 1, 2, 3]) }, (_, index) => {
    const daysAgo = random.between(index * 20, 20 + index * 60);
    return {
      subject: random.pick(subjects),
      status: index > 0 ? 'solved' : random.pick(['open', 'open', 'pending', 'solved'] as const),
      priority: random.pick(['low', 'normal', 'normal', 'high'] as const),
      daysAgo,
    };
  });
};

/** Of the cities in the United States: which state decides what has to happen before a call is recorded. */
const states: Readonly<Record<string, string>> = {
  Denver: 'US-CO',
  Chicago: 'US-IL',
  Austin: 'US-TX',
  Boston: 'US-MA',
  Seattle: 'US-WA',
  Miami: 'US-FL',
};

const customersOf = (place: SeedCountry, random: PseudoRandom): readonly SeedCustomer[] => {
  const { country, language, count } = place;
  return Array.from({ length: count }, (_, index) => {
    const isWoman = random.next() < 0.5;
    const given = random.pick(isWoman ? place.women : place.men);
    const family = random.pick(place.families);
    const name = language === 'ja' ? `${family}${given}` : `${given} ${family}`;
    const company = random.pick(place.companies);
    const pattern = place.numbers[index % place.numbers.length] ?? '';
    const number = numberFrom(pattern, Math.floor(index / place.numbers.length) + 5);
    const second = place.numbers[(index + 1) % place.numbers.length] ?? pattern;
    const tags = seedTags.filter(() => random.next() < 0.2);
    const email = emailOf(name, company, random);
    const city = random.pick(place.cities);
    const subdivision = states[city];
    return {
      name,
      company,
      email,
      city,
      country,
      ...(subdivision === undefined ? {} : { subdivision }),
      language,
      tags: company === '' ? tags.filter((tag) => tag !== 'business') : tags,
      notes: random.pick(textsIn(language).about),
      daysAgo: random.between(200, 2_400),
      // Every fifth has a second number, far from where the first ones are counted.
      numbers: index % 5 === 4 ? [number, numberFrom(second, 50 + index)] : [number],
      tickets: ticketsFor(language, random),
      voice: voices[language]?.[isWoman ? 'woman' : 'man'] ?? null,
    };
  });
};

/** Two partners who share the shop's number: the desk has to ask which of them calls. */
const sharedNumber = '+442079460120';
const partner = (name: string, voice: string): SeedCustomer => ({
  name,
  company: 'Whitby & Rowe Antiques',
  email: `${plainText(name).replace(' ', '.')}@whitby-rowe.example`,
  city: 'London',
  country: 'GB',
  language: 'en',
  tags: ['business'],
  notes: 'Shares the shop’s number with the other partner.',
  daysAgo: 900,
  numbers: [sharedNumber],
  tickets: [],
  voice,
});

export const seedCustomers = (random: PseudoRandom): readonly SeedCustomer[] => [
  ...seedCountries.flatMap((place) => customersOf(place, random)),
  partner('Eleanor Whitby', 'en-emma'),
  partner('Jasper Rowe', 'en-oliver'),
];
