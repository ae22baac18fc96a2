import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import en from './en.json';
import es from './es.json';
import pt from './pt.json';

type Texts = { readonly [key: string]: string | Texts };

const keysOf = (texts: Texts, prefix = ''): readonly string[] =>
  Object.entries(texts).flatMap(([key, text]) =>
    typeof text === 'string' ? [`${prefix}${key}`] : keysOf(text, `${prefix}${key}.`),
  );

const textOf = (texts: Texts, path: string): string => {
  const text = path
    .split('.')
    .reduce<string | Texts | undefined>(
      (found, key) => (typeof found === 'object' ? found[key] : undefined),
      texts,
    );
  return typeof text === 'string' ? text : '';
};

const plural = /_(?:zero|one|two|few|many|other)$/u;
const withoutPlural = (key: string): string => key.replace(plural, '');
const basesOf = (texts: Texts): readonly string[] =>
  [...new Set(keysOf(texts).map(withoutPlural))].toSorted();

const languages: Readonly<Record<string, Texts>> = { en, es, pt };

const root = join(import.meta.dirname, '..');
const sources = readdirSync(root, { recursive: true, encoding: 'utf8' })
  .filter((path) => /\.tsx?$/u.test(path) && !/\.test\.|^gallery/u.test(path))
  .map((path) => ({ path, code: readFileSync(join(root, path), 'utf8') }));
const allCode = sources.map((source) => source.code).join('\n');

/** Keys that stand in the code as a whole, and the beginnings of those that are put together. */
const quoted = new Set(
  [...allCode.matchAll(/['"`]([a-zA-Z]+(?:\.[\w]+)+)['"`]/gu)].map((found) => found[1] ?? ''),
);
const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/gu, '\\$&');
const composed = [...allCode.matchAll(/`([a-zA-Z]+\.[^`\s]*\$\{[^`]*)`/gu)].map((found) => {
  const fixed = (found[1] ?? '').split(/\$\{[^}]*\}/u);
  return new RegExp(`^${fixed.map(escaped).join('\\w+')}$`, 'u');
});

test.each(Object.keys(languages))(
  '%s has every text that English has, and no other',
  (language) => {
    expect(basesOf(languages[language] ?? {})).toEqual(basesOf(en));
  },
);

test.each(Object.entries(languages))(
  '%s has every plural that the language knows',
  (language, texts) => {
    const forms = new Intl.PluralRules(language).resolvedOptions().pluralCategories;
    const counted = keysOf(texts).filter((key) => plural.test(key));
    const missing = [...new Set(counted.map(withoutPlural))].flatMap((base) =>
      forms.map((form) => `${base}_${form}`).filter((key) => !counted.includes(key)),
    );
    expect(missing).toEqual([]);
  },
);

test.each(Object.entries(languages))(
  '%s fills the same places as English and leaves no text empty',
  (_, texts) => {
    const placesOf = (text: string): readonly string[] =>
      [...text.matchAll(/\{\{(\w+)\}\}/gu)].map((found) => found[1] ?? '').toSorted();
    const wrong = keysOf(texts).filter((key) => {
      const english = textOf(en, key) || textOf(en, `${withoutPlural(key)}_other`);
      const text = textOf(texts, key);
      return text.trim() === '' || placesOf(text).join() !== placesOf(english).join();
    });
    expect(wrong).toEqual([]);
  },
);

test('every text is used', () => {
  const unused = basesOf(en).filter(
    (key) => !quoted.has(key) && !composed.some((shape) => shape.test(key)),
  );
  expect(unused).toEqual([]);
});

test('no words stand in the markup itself', () => {
  const spoken = sources
    .filter(({ path }) => path.endsWith('.tsx'))
    .flatMap(({ path, code }) => {
      const betweenTags = [...code.matchAll(/>\s*([A-Z][a-z]+(?:[ ,.!?][A-Za-z ]*)?)\s*<\//gu)];
      const inAttributes = [
        ...code.matchAll(
          /\b(?:aria-label|aria-description|label|title|placeholder|alt)="([^"]+)"/gu,
        ),
      ];
      return [...betweenTags, ...inAttributes].map((found) => `${path}: ${found[1] ?? ''}`);
    });
  expect(spoken).toEqual([]);
});
