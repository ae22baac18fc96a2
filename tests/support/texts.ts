import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryDirectory } from '../../scripts/platform/paths.ts';

export type Language = 'en' | 'es' | 'pt';

const read = (language: Language): unknown =>
  JSON.parse(
    readFileSync(join(repositoryDirectory, 'src/renderer/ui/i18n', `${language}.json`), 'utf8'),
  );

const texts: Readonly<Record<Language, unknown>> = {
  en: read('en'),
  es: read('es'),
  pt: read('pt'),
};

/** What the screen says under this key, such as `end.busy.remote`. */
export const text = (key: string, language: Language = 'en'): string => {
  let found = texts[language];
  for (const part of key.split('.')) {
    found = typeof found === 'object' && found !== null ? Reflect.get(found, part) : undefined;
  }
  if (typeof found !== 'string') throw new Error(`no text ${key} in ${language}`);
  return found;
};
