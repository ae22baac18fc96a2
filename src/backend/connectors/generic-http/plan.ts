import { failure, success, type Result } from '../../../shared/result.ts';
import type { Settings } from '../ask.ts';
import { fieldLabel } from './generic-http-fields.ts';
import { parsePath, type JsonPath } from './json-path.ts';
import { checkAddress, checkPath, parseJsonTemplate, type Mistake } from './template.ts';

/** What an administrator's settings come to; read once, so that a mistake is told before anything is asked. */

export type Request = { readonly path: string; readonly body?: unknown };

export type Plan = {
  readonly lookup?: Request;
  readonly search?: Request;
  readonly people: {
    readonly list: JsonPath;
    readonly id: JsonPath;
    readonly name: readonly JsonPath[];
    readonly phones: readonly JsonPath[];
    readonly email?: JsonPath;
    readonly company?: JsonPath;
    readonly page: string;
  };
  readonly items?: Request & {
    readonly list: JsonPath;
    readonly id: JsonPath;
    readonly reference: JsonPath;
    readonly title: JsonPath;
    readonly status: JsonPath;
    readonly updated: JsonPath;
    /** In lower case. */
    readonly closed: ReadonlySet<string>;
    readonly page: string;
  };
  readonly webhook?: { readonly path: string; readonly secret: string };
  readonly test?: string;
  /** Opened for a number where nothing is looked up. */
  readonly pop?: string;
  readonly knowledge?: string;
  /** Why nothing can be asked yet; empty: it can. */
  readonly missing: readonly string[];
};

export const phonePlaces = ['e164', 'digits', 'national', 'last10'] as const;

const mistakeIn = (name: string, { at, why }: Mistake): string =>
  `${fieldLabel(name)}, position ${String(at)}: ${why}`;

/** Mistakes are collected by their fields; what is read of a wrong one is never used. */
const reader = (settings: Settings) => {
  const mistakes: string[] = [];
  const textOf = (name: string): string => (settings[name] ?? '').trim();
  const note = (name: string, mistake: Mistake): void => {
    mistakes.push(mistakeIn(name, mistake));
  };
  const checked = (
    name: string,
    check: (text: string, places: readonly string[]) => Mistake | null,
    places: readonly string[],
  ): string | undefined => {
    const text = textOf(name);
    if (text === '') return undefined;
    const mistake = check(text, places);
    if (mistake !== null) note(name, mistake);
    return text;
  };
  const paths = (name: string, usual: string): readonly JsonPath[] => {
    const text = textOf(name) || usual;
    let at = 0;
    return text.split(',').flatMap((part) => {
      const before = at + (part.length - part.trimStart().length);
      at += part.length + 1;
      const path = parsePath(part.trim());
      if (path.ok) return [path.value];
      note(name, { ...path.why, at: before + path.why.at });
      return [];
    });
  };
  const path = (name: string, usual: string): JsonPath => paths(name, usual)[0] ?? [];
  const maybePath = (name: string): JsonPath | undefined =>
    textOf(name) === '' ? undefined : path(name, '');
  const request = (
    pathName: string,
    bodyName: string,
    places: readonly string[],
  ): Request | undefined => {
    const at = checked(pathName, checkPath, places);
    if (at === undefined) return undefined;
    const text = textOf(bodyName);
    if (text === '') return { path: at };
    const body = parseJsonTemplate(text, places);
    if (!body.ok) note(bodyName, body.why);
    return body.ok ? { path: at, body: body.value } : { path: at };
  };
  return { mistakes, note, textOf, checked, paths, path, maybePath, request };
};

type Reader = ReturnType<typeof reader>;

const readPeople = (read: Reader): Plan['people'] => {
  const email = read.maybePath('personEmail');
  const company = read.maybePath('personCompany');
  return {
    list: read.path('peopleList', '$'),
    id: read.path('personId', 'id'),
    name: read.paths('personName', 'name'),
    phones: read.paths('personPhones', 'phone'),
    ...(email === undefined ? {} : { email }),
    ...(company === undefined ? {} : { company }),
    page: read.checked('personPage', checkAddress, ['id']) ?? '',
  };
};

const readItems = (read: Reader): Plan['items'] => {
  const request = read.request('itemsPath', 'itemsBody', ['id']);
  if (request === undefined) return undefined;
  const id = read.path('itemId', 'id');
  return {
    ...request,
    id,
    list: read.path('itemsList', '$'),
    reference: read.maybePath('itemReference') ?? id,
    title: read.path('itemTitle', 'title'),
    status: read.path('itemStatus', 'status'),
    updated: read.path('itemUpdated', 'updated_at'),
    closed: new Set(
      (read.textOf('closedStatuses') || 'closed, solved, resolved, done')
        .split(',')
        .map((status) => status.trim().toLowerCase()),
    ),
    page: read.checked('itemPage', checkAddress, ['id']) ?? '',
  };
};

const readWebhook = (read: Reader): Plan['webhook'] => {
  const path = read.checked('webhookPath', checkPath, []);
  return path === undefined ? undefined : { path, secret: read.textOf('webhookSecret') };
};

const shortestSecret = 16;

/** Secrets that have to be filled in. Without them it is known what a connection can do, and it does nothing. */
const missingSecrets = (read: Reader): readonly string[] => {
  const modes: Readonly<Record<string, readonly string[]>> = {
    header: ['authHeader', 'authValue'],
    basic: ['username', 'password'],
    oauth2: ['tokenUrl', 'clientId', 'clientSecret'],
  };
  const mode = read.textOf('authentication');
  const missing = (modes[mode] ?? [])
    .filter((name) => read.textOf(name) === '')
    .map((name) => mistakeIn(name, { at: 1, why: `${mode} needs it` }));
  const isUnsigned =
    read.textOf('webhookPath') !== '' && read.textOf('webhookSecret').length < shortestSecret;
  const why = `the webhook needs a secret of at least ${String(shortestSecret)} characters`;
  return isUnsigned ? [...missing, mistakeIn('webhookSecret', { at: 1, why })] : missing;
};

const neededPages = (read: Reader): void => {
  const needsPage = (['lookupPath', 'searchPath'] as const).some(
    (name) => read.textOf(name) !== '',
  );
  if (needsPage && read.textOf('personPage') === '') {
    read.note('personPage', { at: 1, why: 'people who are found need a page' });
  }
  if (read.textOf('itemsPath') !== '' && read.textOf('itemPage') === '') {
    read.note('itemPage', { at: 1, why: 'recent items need a page' });
  }
};

/** Mistakes name the field and the position in it. */
export const readPlan = (settings: Settings): Result<Plan, readonly string[]> => {
  const read = reader(settings);
  neededPages(read);
  const lookup = read.request('lookupPath', 'lookupBody', phonePlaces);
  const search = read.request('searchPath', 'searchBody', ['text']);
  const items = readItems(read);
  const webhook = readWebhook(read);
  const test = read.checked('testPath', checkPath, []);
  const pop = read.checked('popUrl', checkAddress, phonePlaces);
  const knowledge = read.checked('knowledgeUrl', checkAddress, ['text']);
  read.checked('tokenUrl', checkAddress, []);
  const plan: Plan = {
    people: readPeople(read),
    missing: missingSecrets(read),
    ...(lookup === undefined ? {} : { lookup }),
    ...(search === undefined ? {} : { search }),
    ...(items === undefined ? {} : { items }),
    ...(webhook === undefined ? {} : { webhook }),
    ...(test === undefined ? {} : { test }),
    ...(pop === undefined ? {} : { pop }),
    ...(knowledge === undefined ? {} : { knowledge }),
  };
  return read.mistakes.length === 0 ? success(plan) : failure(read.mistakes);
};
