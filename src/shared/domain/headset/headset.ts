import { echoesOf, echoMs, type Echo } from './echoes.ts';
import { isSaid } from './hid.ts';
import type { ButtonField, HeadsetMap } from './headset-map.ts';
import { lightReports, litBy, type OutputReport } from './lights.ts';
import type { HeadsetQuirks } from './quirks.ts';
import { isWished, noWish, type HeadsetAction, type HeadsetWish } from './wish.ts';

/**
 * One headset beside the agent's calls. What its buttons say are requests; the calls decide, and the lights answer. It is
 * driven during a call of ours alone: other programs have theirs, and nothing on this bus is anybody's own.
 */

/** When the device and the agent acted at once, what holds is written once more. */
export const writeAgainMs = 300;
/** A switch that stays has moved by a second press; a button that springs back is let go sooner. */
const releaseMs = 600;
/** One that springs back is let go by then, whoever rests on it. */
const longestPressMs = 10_000;
/** A report that says nothing new is no answer to what was written any more, but a press. */
const answerMs = 1_000;

export type HeadsetState = {
  readonly wish: HeadsetWish;
  /** What the device was told last, as text by report id; null: nobody knows what it shows. */
  readonly written: ReadonlyMap<number, string> | null;
  /** What its absolute places said last, by place. */
  readonly said: ReadonlyMap<string, boolean>;
  /** Its last reports as text, by report id. */
  readonly reports: ReadonlyMap<number, string>;
  readonly echoes: readonly Echo[];
  /** Reports that were handed out to be written, and how many of them the device took: one after the other. */
  readonly queued: number;
  readonly taken: number;
  /** The latest report that changed the off-hook light, and when the device took it; Infinity: not yet. */
  readonly offHookReport: number;
  readonly offHookTakenAt: number;
  /** The hook was taken up since this ring began. */
  readonly tookUp: boolean;
  readonly mutePressed: { readonly place: string; readonly at: number } | null;
  /** A mute that is absolute springs back. */
  readonly muteSprings: boolean;
  readonly flashedAt: number;
  readonly hungUpAt: number;
  /** When to write everything once more; null: not. */
  readonly writeAgainAt: number | null;
};

export type HeadsetEvent =
  /** It can be written to. `reset`: whatever it shows is left over from us. */
  | { readonly kind: 'opened'; readonly reset: boolean }
  | { readonly kind: 'wish'; readonly wish: HeadsetWish }
  | { readonly kind: 'report'; readonly reportId: number; readonly bytes: readonly number[] }
  /** The device took the next of the reports that were to be written. */
  | { readonly kind: 'taken' }
  /** What a press asked for was done, or refused. */
  | { readonly kind: 'settled' }
  /** `writeAgainAt` has come. */
  | { readonly kind: 'time' };

export type HeadsetStep = {
  readonly state: HeadsetState;
  readonly actions: readonly HeadsetAction[];
  /** To be written, in this order. */
  readonly reports: readonly OutputReport[];
};

export const newHeadset: HeadsetState = {
  wish: noWish,
  written: null,
  said: new Map(),
  reports: new Map(),
  echoes: [],
  queued: 0,
  taken: 0,
  offHookReport: -1,
  offHookTakenAt: -Infinity,
  tookUp: false,
  mutePressed: null,
  muteSprings: false,
  flashedAt: -Infinity,
  hungUpAt: -Infinity,
  writeAgainAt: null,
};

type Device = { readonly map: HeadsetMap; readonly quirks: HeadsetQuirks };

const textOf = (bytes: readonly number[]): string => bytes.join(' ');
const placeOf = ({ reportId, offset, usage }: ButtonField): string =>
  [reportId, offset, usage].join(':');

/** Writes what the wish comes to: what changed, or all of it. */
const write = (
  { map, quirks }: Device,
  state: HeadsetState,
  before: HeadsetWish,
  at: number,
  all: boolean,
): HeadsetStep => {
  const lit = litBy(state.wish, quirks);
  const was = litBy(before, quirks);
  const written = new Map(state.written ?? []);
  const reports = lightReports(map, lit).filter(
    ({ reportId, bytes }) => all || written.get(reportId) !== textOf(bytes),
  );
  for (const { reportId, bytes } of reports) written.set(reportId, textOf(bytes));
  if (reports.length === 0) return { state: { ...state, written }, actions: [], reports };
  const queued = state.queued + reports.length;
  const by = { first: state.queued, last: queued - 1, until: Infinity };
  const echoes: readonly Echo[] = [
    ...state.echoes.filter((echo) => echo.until >= at),
    ...echoesOf(lit, was, by, all),
  ];
  const isOffHookNew = lit.off_hook !== was.off_hook || state.written === null;
  const offHook = isOffHookNew ? { offHookReport: by.last, offHookTakenAt: Infinity } : {};
  return { state: { ...state, written, echoes, queued, ...offHook }, actions: [], reports };
};

/** What a device says of a report it says after it had it, however long that waited to be sent. */
const took = (state: HeadsetState, at: number): HeadsetState => {
  const { taken, queued, offHookReport, offHookTakenAt } = state;
  if (taken >= queued) return state;
  const echoes = state.echoes.map((echo) =>
    echo.last === taken ? { ...echo, until: at + echoMs } : echo,
  );
  return {
    ...state,
    ...{ echoes, taken: taken + 1 },
    offHookTakenAt: offHookReport === taken ? at : offHookTakenAt,
  };
};

const wished = (device: Device, state: HeadsetState, wish: HeadsetWish, at: number) => {
  const before = state.wish;
  const tookUp = state.tookUp && wish.ringing;
  const next = { ...state, wish, tookUp };
  if (!isWished(wish)) {
    // Whatever it made of its lights by itself meanwhile goes too.
    const idle = { ...next, writeAgainAt: null };
    return isWished(before) ? write(device, idle, before, at, true) : nothing(idle);
  }
  return write(device, next, before, at, false);
};

const nothing = (state: HeadsetState): HeadsetStep => ({ state, actions: [], reports: [] });

/** The state while a report is read, and what was understood. */
type Reading = { state: HeadsetState; readonly actions: HeadsetAction[] };

/** Takes the echo that waits for this, if there is one. */
const isEcho = (reading: Reading, of: Echo['of'], value: boolean | null, at: number): boolean => {
  const { echoes, taken } = reading.state;
  const found = echoes.find(
    (echo) =>
      echo.of === of &&
      echo.until >= at &&
      (value === null ? echo.changed : echo.value === value) &&
      // A switch that was moved to where its light is about to be agrees with it, and asks for nothing.
      (echo.first <= taken || (of === 'mute' && value !== null)),
  );
  if (found === undefined) return false;
  reading.state = { ...reading.state, echoes: echoes.filter((echo) => echo !== found) };
  return true;
};

/** It is as we last changed it to be: what was awaited of writes before that does not come any more. */
const settle = (
  reading: Reading,
  of: Echo['of'],
  awaited: readonly Echo[],
  said: boolean,
): void => {
  const change = awaited.findLastIndex((echo) => echo.of === of && echo.changed);
  if (awaited[change]?.value !== said) return;
  const past = awaited.slice(0, change + 1).filter((echo) => echo.of === of);
  const { echoes } = reading.state;
  reading.state = { ...reading.state, echoes: echoes.filter((echo) => !past.includes(echo)) };
};

const hangUp = (reading: Reading, { quirks }: Device, at: number): void => {
  const { wish, flashedAt, hungUpAt } = reading.state;
  // Some go on-hook with a flash, and while a call waits.
  if (at - flashedAt < echoMs || (wish.held && quirks.holdClearsOffHook === true)) return;
  // One press comes as drop and as hook: the second of them must not end the call that waits.
  if (at - hungUpAt < (quirks.lateHookMs ?? echoMs)) return;
  reading.state = { ...reading.state, hungUpAt: at };
  reading.actions.push('end');
};

const takeUp = (reading: Reading): void => {
  const { wish } = reading.state;
  if (wish.ringing && !wish.offHook) {
    reading.state = { ...reading.state, tookUp: true };
    reading.actions.push('answer');
  } else if (wish.held) {
    reading.actions.push('resume');
  }
};

const readHook = (
  reading: Reading,
  device: Device,
  field: ButtonField,
  said: boolean,
  isNews: boolean,
  /** Another button was pressed or let go in the same report. */
  isBeside: boolean,
  isSame: boolean,
  at: number,
): void => {
  const { wish, offHookTakenAt, tookUp } = reading.state;
  if (!field.isAbsolute) {
    if (!said || isEcho(reading, 'hook', null, at)) return;
    if (wish.offHook && !wish.held) hangUp(reading, device, at);
    else takeUp(reading);
    return;
  }
  const awaited = reading.state.echoes;
  const isEchoed = isNews && isEcho(reading, 'hook', said, at);
  settle(reading, 'hook', awaited, said);
  if (isEchoed) return;
  if (isNews) {
    // One that never told that it followed our light tells it with the next button.
    if (said && isBeside && wish.offHook) return;
    if (said) takeUp(reading);
    else if (wish.offHook) hangUp(reading, device, at);
    else if (wish.ringing && tookUp) reading.actions.push('reject');
    return;
  }
  // The device never told that it followed our light: a report in which nothing moved is then a press of the one button
  // that says the same twice.
  if (!isSame || at - offHookTakenAt < answerMs) return;
  if (!said && wish.offHook && !wish.held) hangUp(reading, device, at);
  else if (said && wish.ringing && !wish.offHook) takeUp(reading);
};

const readMute = (
  reading: Reading,
  { quirks }: Device,
  field: ButtonField,
  said: boolean,
  isNews: boolean,
  at: number,
): void => {
  const place = placeOf(field);
  const { wish, mutePressed, muteSprings } = reading.state;
  if (!wish.offHook) return;
  if (!field.isAbsolute ? !said : !isNews) return;
  const awaited = reading.state.echoes;
  if (field.isAbsolute && !muteSprings && isEcho(reading, 'mute', said, at)) {
    settle(reading, 'mute', awaited, said);
    return;
  }
  const isTwin =
    mutePressed !== null &&
    mutePressed.place !== place &&
    at - mutePressed.at < (quirks.muteTwinMs ?? 0);
  if (isTwin) return;
  const writeAgainAt = at + writeAgainMs;
  if (said) {
    reading.state = { ...reading.state, mutePressed: { place, at }, writeAgainAt };
    reading.actions.push('toggle_mute');
    return;
  }
  if (mutePressed?.place === place && at - mutePressed.at < releaseMs) {
    reading.state = { ...reading.state, muteSprings: true };
    return;
  }
  if (muteSprings && mutePressed !== null && at - mutePressed.at < longestPressMs) return;
  // No finger rests that long: this is a switch, which two quick presses made look like a button that springs.
  reading.state = { ...reading.state, muteSprings: false, writeAgainAt };
  if (wish.muted) reading.actions.push('unmute');
};

/** A button that does one thing when it is pressed and nothing when it is let go. */
const readPress = (reading: Reading, device: Device, field: ButtonField, at: number): void => {
  const { wish } = reading.state;
  switch (field.button) {
    case 'drop':
      if (wish.offHook) hangUp(reading, device, at);
      else if (wish.ringing) reading.actions.push('reject');
      return;
    case 'reject':
      if (wish.ringing) reading.actions.push('reject');
      return;
    case 'flash':
      // One that resumes is followed by no hook but the agent's.
      if (!wish.held) reading.state = { ...reading.state, flashedAt: at };
      reading.actions.push('flash');
      return;
    case 'redial':
      reading.actions.push('redial');
      return;
    case 'hook':
    case 'mute':
      return;
  }
};

const read = (
  device: Device,
  state: HeadsetState,
  reportId: number,
  bytes: readonly number[],
  at: number,
): HeadsetStep => {
  const reading: Reading = { state, actions: [] };
  const text = textOf(bytes);
  const fields = device.map.buttons.filter((field) => field.reportId === reportId);
  const told = fields.flatMap((field) => {
    const said = isSaid(field, bytes);
    if (said === null) return [];
    const isNews = field.isAbsolute && said !== (state.said.get(placeOf(field)) ?? false);
    return [{ field, said, isNews }];
  });
  const moved = told.filter(({ field, said, isNews }) => (field.isAbsolute ? isNews : said));
  const isPress = moved.length > 0;
  const isBeside = moved.some(({ field }) => field.button !== 'hook');
  const isSame = !isPress && text === (state.reports.get(reportId) ?? textOf(bytes.map(() => 0)));
  // A flash first: some go on-hook in the same report.
  const inOrder = [...told].sort(
    (one, other) => Number(one.field.button === 'hook') - Number(other.field.button === 'hook'),
  );
  for (const { field, said, isNews } of inOrder) {
    if (field.button === 'hook') {
      readHook(reading, device, field, said, isNews, isBeside, isSame, at);
    } else if (field.button === 'mute') readMute(reading, device, field, said, isNews, at);
    else if (said && (!field.isAbsolute || isNews)) readPress(reading, device, field, at);
  }
  const saidNow = new Map(state.said);
  for (const { field, said } of told) if (field.isAbsolute) saidNow.set(placeOf(field), said);
  const reports = new Map(state.reports).set(reportId, text);
  // One press is one request, however many places told of it.
  const actions = [...new Set(reading.actions)];
  return { state: { ...reading.state, said: saidNow, reports }, actions, reports: [] };
};

/** Total; never throws, whatever a device says. `at`: milliseconds that only rise. */
export const headsetStep = (
  device: Device,
  state: HeadsetState,
  event: HeadsetEvent,
  at: number,
): HeadsetStep => {
  switch (event.kind) {
    case 'opened':
      return event.reset || isWished(state.wish)
        ? write(device, { ...state, written: null }, state.wish, at, true)
        : nothing(state);
    case 'wish':
      return wished(device, state, event.wish, at);
    case 'report':
      return read(device, state, event.reportId, event.bytes, at);
    case 'taken':
      return nothing(took(state, at));
    case 'settled':
      return isWished(state.wish) ? write(device, state, state.wish, at, true) : nothing(state);
    case 'time': {
      if (state.writeAgainAt === null || at < state.writeAgainAt) return nothing(state);
      const due = { ...state, writeAgainAt: null };
      return isWished(due.wish) ? write(device, due, due.wish, at, true) : nothing(due);
    }
  }
};
