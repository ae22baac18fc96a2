import ICAL from 'ical.js';
import type { ActivityKind } from '../../../../shared/domain/schedule/activity.ts';
import { failure, success, type Result } from '../../../../shared/result.ts';
import { ianaZone, zoneClock } from '../local-time.ts';
import { countBudget, readRule, type CountBudget } from '../recurrence.ts';
import type { EntryChange, ScheduleEntry, Zone } from '../schedule-entry.ts';
import { firstMoment, localIn, momentsOf, timesOf, zonesOf, type Zones } from './calendar-times.ts';
import {
  maximumBad,
  maximumEntries,
  maximumLabel,
  problemOf,
  type Draft,
  type ReadFile,
  type ReadOptions,
} from './draft.ts';
import { kindNamed } from './kind-words.ts';

/** Of one event: its exceptions are kept one by one. */
const maximumChanges = 2_000;
const maximumZones = 600;

const stringOf = (event: ICAL.Component, name: string): string => {
  const value = event.getFirstPropertyValue(name);
  return typeof value === 'string' ? value.trim() : '';
};

/** By CATEGORIES, else by the words of SUMMARY; what says neither is work. */
const kindOf = (event: ICAL.Component): ActivityKind => {
  const categories = event
    .getAllProperties('categories')
    .flatMap((property) => property.getValues() as unknown[])
    .flatMap((value) => (typeof value === 'string' ? [value] : []));
  return (
    [...categories, stringOf(event, 'summary')]
      .map(kindNamed)
      .find((kind): kind is ActivityKind => kind !== null) ?? 'work'
  );
};

const isCancelled = (event: ICAL.Component): boolean =>
  stringOf(event, 'status').toUpperCase() === 'CANCELLED';

type Reading = { readonly usual: Zone; readonly zones: Zones; readonly budget: CountBudget };

const changesOf = (
  main: ICAL.Component,
  others: readonly ICAL.Component[],
  zone: Zone,
  { usual, zones }: Reading,
): Result<readonly EntryChange[], string> => {
  const changes = new Map<string, EntryChange>();
  for (const property of main.getAllProperties('exdate')) {
    const moments = momentsOf(property, usual, zones);
    if (!moments.ok) return moments;
    for (const moment of moments.value) {
      const originalLocal = localIn(moment.local, moment.zone, zone);
      changes.set(originalLocal, { originalLocal, moved: null });
    }
  }
  for (const other of others) {
    const original = firstMoment(other, 'recurrence-id', usual, zones);
    if (!original.ok) return original;
    if (original.value === null) return failure('two events have the same UID');
    const originalLocal = localIn(original.value.local, original.value.zone, zone);
    const times = timesOf(other, usual, zones);
    if (!times.ok) return times;
    const moved = {
      startsLocal: localIn(times.value.startsLocal, times.value.zone, zone),
      endsLocal: localIn(times.value.endsLocal, times.value.zone, zone),
      kind: kindOf(other),
      label: stringOf(other, 'summary').slice(0, maximumLabel),
    };
    const wrong = problemOf(moved);
    if (wrong !== null) return failure(wrong);
    changes.set(originalLocal, { originalLocal, moved: isCancelled(other) ? null : moved });
  }
  return changes.size > maximumChanges
    ? failure(`it has more than ${String(maximumChanges)} exceptions`)
    : success([...changes.values()]);
};

/** `null`: the event does not take place. */
const entryOf = (
  uid: string,
  events: readonly ICAL.Component[],
  reading: Reading,
): Result<ScheduleEntry | null, string> => {
  const [main, ...others] = [...events].sort(
    (a, b) => Number(a.hasProperty('recurrence-id')) - Number(b.hasProperty('recurrence-id')),
  );
  if (main === undefined || isCancelled(main)) return success(null);
  if (main.hasProperty('rdate')) return failure('RDATE is not understood');
  const times = timesOf(main, reading.usual, reading.zones);
  if (!times.ok) return times;
  const { startsLocal, endsLocal, zone } = times.value;
  const kind = kindOf(main);
  const label = stringOf(main, 'summary').slice(0, maximumLabel);
  const wrong = problemOf({ startsLocal, endsLocal, kind, label });
  if (wrong !== null) return failure(wrong);
  const rules = main.getAllProperties('rrule');
  if (rules.length > 1) return failure('it has more than one RRULE');
  const [property] = rules;
  const rule =
    property === undefined
      ? success(null)
      : readRule(property.toICALString(), startsLocal, zoneClock(zone).localOf, reading.budget);
  if (!rule.ok) return failure(`it cannot repeat so: ${rule.why}`);
  const changes = changesOf(main, others, zone, reading);
  if (!changes.ok) return changes;
  return success({
    ...{ uid, kind, label, zone, startsLocal, endsLocal },
    rule: rule.value,
    changes: changes.value,
  });
};

/** Where each event begins in the file: the parser does not tell. */
const eventLines = (content: string): readonly number[] =>
  content.split(/\r?\n/u).flatMap((line, at) => (/^BEGIN:VEVENT\s*$/iu.test(line) ? [at + 1] : []));

const parsed = (content: string): Result<readonly ICAL.Component[], string> => {
  try {
    const found = ICAL.parse(content) as unknown[];
    // One calendar parses to its name and parts, several to a list of such.
    const all = typeof found[0] === 'string' ? [found] : (found as unknown[][]);
    const calendars = all.map((calendar) => new ICAL.Component(calendar));
    return calendars.every(({ name }) => name === 'vcalendar')
      ? success(calendars)
      : failure('it is no calendar');
  } catch (error) {
    return failure(error instanceof Error ? error.message : String(error));
  }
};

type Placed = { readonly line: number; readonly event: ICAL.Component; readonly zones: Zones };

export const readIcalendar = (content: string, options: ReadOptions): ReadFile => {
  const lines = eventLines(content);
  if (lines.length > maximumEntries) {
    return {
      drafts: [],
      bad: [{ line: 0, why: `it has more than ${String(maximumEntries)} events` }],
    };
  }
  const calendars = parsed(content);
  if (!calendars.ok) return { drafts: [], bad: [{ line: 0, why: calendars.why }] };
  const groups = new Map<string, Placed[]>();
  const bad: { line: number; why: string }[] = [];
  let count = 0;
  let usual = options.zone;
  for (const calendar of calendars.value) {
    if (calendar.getAllSubcomponents('vtimezone').length > maximumZones) {
      return { drafts: [], bad: [{ line: 0, why: 'it defines more zones than there are' }] };
    }
    const zones = zonesOf(calendar);
    const named = calendar.getFirstPropertyValue('x-wr-timezone');
    const zone = typeof named === 'string' ? ianaZone(named) : null;
    if (zone !== null) usual = { name: zone, definition: null };
    for (const event of calendar.getAllSubcomponents('vevent')) {
      const line = lines[count] ?? 0;
      count += 1;
      const uid = stringOf(event, 'uid');
      if (uid === '' || uid.length > 512) bad.push({ line, why: 'it has no UID' });
      else {
        const group = groups.get(uid) ?? [];
        group.push({ line, event, zones });
        groups.set(uid, group);
      }
    }
  }
  const budget = countBudget();
  const drafts: Draft[] = [];
  for (const [uid, [first, ...rest]] of groups) {
    if (first === undefined) continue;
    const events = [first, ...rest].map(({ event }) => event);
    const entry = safely(() =>
      entryOf(`ics:${uid}`, events, { usual, zones: first.zones, budget }),
    );
    if (!entry.ok) bad.push({ line: first.line, why: entry.why });
    else if (entry.value !== null)
      drafts.push({ line: first.line, person: null, entry: entry.value });
  }
  return { drafts, bad: bad.slice(0, maximumBad) };
};

/** The parser decodes values when they are read, and throws where one cannot be. */
const safely = <Value>(read: () => Result<Value, string>): Result<Value, string> => {
  try {
    return read();
  } catch (error) {
    return failure(error instanceof Error ? error.message : String(error));
  }
};
