import { createHash } from 'node:crypto';
import { CsvError, parse } from 'csv-parse/sync';
import { Temporal } from 'temporal-polyfill';
import { failure, success, type Result } from '../../../../shared/result.ts';
import { ianaZone, localText, zoneClock } from '../local-time.ts';
import { countBudget, readRule, type CountBudget } from '../recurrence.ts';
import type { Zone } from '../schedule-entry.ts';
import {
  maximumBad,
  maximumEntries,
  problemOf,
  type Draft,
  type Person,
  type ReadFile,
  type ReadOptions,
} from './draft.ts';
import { kindNamed } from './kind-words.ts';

/**
 * `agent,start,end,kind,label,zone`, in any order; `team` and `repeats` (an RRULE) as well. Start and end are local
 * times of the zone (`2026-11-23 09:00`), or instants with `Z` or an offset. An end without a date is the next such time
 * after the start. Separated by commas, semicolons or tabs.
 */
const columns = ['agent', 'team', 'start', 'end', 'kind', 'label', 'zone', 'repeats'] as const;
type Column = (typeof columns)[number];
type Line = Readonly<Partial<Record<Column, string>>>;

type Row = { readonly record: readonly string[]; readonly info: { readonly lines: number } };

const delimiterOf = (content: string): string => {
  const [header = ''] = content.split('\n', 1);
  return [';', '\t', ','].find((delimiter) => header.includes(delimiter)) ?? ',';
};

const localTimeOf = (text: string, zone: Zone): string | null => {
  const [, date, time, offset] =
    /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{1,2}:\d{2}(?::\d{2})?))?(Z|[+-]\d{2}:?\d{2})?$/u.exec(text) ??
    [];
  if (date === undefined) return null;
  const wall = `${date}T${(time ?? '00:00').padStart(5, '0')}`;
  try {
    if (offset === undefined) {
      return localText(Temporal.PlainDateTime.from(wall, { overflow: 'reject' }));
    }
    return zoneClock(zone).localOf(Temporal.Instant.from(`${wall}${offset}`).epochMilliseconds);
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
};

const endOf = (text: string, startsLocal: string, zone: Zone): string | null => {
  if (!/^\d{1,2}:\d{2}$/u.test(text)) return localTimeOf(text, zone);
  const sameDay = localTimeOf(`${startsLocal.slice(0, 10)} ${text}`, zone);
  if (sameDay === null || sameDay > startsLocal) return sameDay;
  return localText(Temporal.PlainDateTime.from(sameDay).add({ days: 1 }));
};

const personOf = ({ agent = '', team = '' }: Line): Result<Person | null, string> => {
  if (agent !== '' && team !== '') return failure('it names an agent and a team');
  if (agent !== '') return success({ kind: 'agent', username: agent.toLowerCase() });
  return success(team === '' ? null : { kind: 'team', team });
};

const zoneOf = ({ zone = '' }: Line, usual: Zone): Zone | null => {
  if (zone === '') return usual;
  const name = ianaZone(zone);
  return name === null ? null : { name, definition: null };
};

/** What the line is, whoever exports it again: its end and its label may have changed since. */
const uidOf = (kind: string, startsLocal: string, zone: string, rule: string): string =>
  `csv:${createHash('sha256').update([kind, startsLocal, zone, rule].join('\n')).digest('base64url')}`;

const draftOf = (
  line: Line,
  number: number,
  options: ReadOptions,
  budget: CountBudget,
): Result<Draft, string> => {
  const person = personOf(line);
  if (!person.ok) return person;
  const zone = zoneOf(line, options.zone);
  if (zone === null) return failure(`"${line.zone ?? ''}" is no time zone`);
  const { start = '', end = '', kind: kindText = '', repeats = '' } = line;
  const label = (line.label ?? '').replace(/\s+/gu, ' ');
  const startsLocal = localTimeOf(start, zone);
  if (startsLocal === null)
    return failure(`the start "${start}" is no time such as 2026-11-23 09:00`);
  const endsLocal = endOf(end, startsLocal, zone);
  if (endsLocal === null) return failure(`the end "${end}" is no time such as 2026-11-23 17:00`);
  const kind = kindNamed(kindText);
  if (kind === null) return failure(`the kind "${kindText}" is unknown`);
  const wrong = problemOf({ startsLocal, endsLocal, kind, label });
  if (wrong !== null) return failure(wrong);
  const rule =
    repeats === '' ? null : readRule(repeats, startsLocal, zoneClock(zone).localOf, budget);
  if (rule !== null && !rule.ok) return failure(`it cannot repeat so: ${rule.why}`);
  const kept = rule?.value ?? null;
  const uid = uidOf(kind, startsLocal, zone.name, kept ?? '');
  return success({
    line: number,
    person: person.value,
    entry: { uid, kind, label, zone, startsLocal, endsLocal, rule: kept, changes: [] },
  });
};

const rowsOf = (content: string): Result<readonly Row[], string> => {
  try {
    // The parser is told to add where each record stands, which its types do not follow.
    // A line break of two characters within quotes would be counted as two lines.
    const rows = parse(content.replaceAll('\r\n', '\n'), {
      bom: true,
      delimiter: delimiterOf(content),
      trim: true,
      skip_empty_lines: true,
      relax_column_count: true,
      info: true,
      max_record_size: 10_000,
      to: maximumEntries + 2,
    }) as unknown as readonly Row[];
    return success(rows);
  } catch (error) {
    if (error instanceof CsvError) return failure(error.message);
    throw error;
  }
};

export const readCsv = (content: string, options: ReadOptions): ReadFile => {
  const rows = rowsOf(content);
  if (!rows.ok) return { drafts: [], bad: [{ line: 0, why: rows.why }] };
  const [header, ...body] = rows.value;
  const names = (header?.record ?? []).map((name) => name.toLowerCase());
  const missing = ['start', 'end', 'kind'].filter((name) => !names.includes(name));
  if (missing.length > 0) {
    return { drafts: [], bad: [{ line: 1, why: `there is no column ${missing.join(', ')}` }] };
  }
  if (body.length > maximumEntries) {
    return {
      drafts: [],
      bad: [{ line: 0, why: `it has more than ${String(maximumEntries)} lines` }],
    };
  }
  const budget = countBudget();
  const drafts: Draft[] = [];
  const bad: { line: number; why: string }[] = [];
  for (const { record, info } of body) {
    const line: Line = Object.fromEntries(
      columns.map((column) => [column, record[names.indexOf(column)] ?? '']),
    );
    const draft =
      record.length > names.length
        ? failure('it has more columns than the first line')
        : draftOf(line, info.lines, options, budget);
    if (draft.ok) drafts.push(draft.value);
    else if (bad.length < maximumBad) bad.push({ line: info.lines, why: draft.why });
  }
  return { drafts, bad };
};
