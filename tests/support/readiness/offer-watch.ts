import type { Stack } from '../stack.ts';

/** How the PBX stands to one agent at a moment. */
export type Standing = {
  /** The queue would offer the next call here. */
  readonly offers: boolean;
  /** Why not, where a pause says so. */
  readonly paused: boolean;
  /** A phone is there that answers. */
  readonly reachable: boolean;
};

/** Of a line of `queue show`: `PJSIP/1001 (ringinuse disabled) (dynamic) (paused:lunch was 3 secs ago) (Not in use) …`. */
const standingOf = (line: string, reachable: boolean): Standing => {
  const paused = line.includes('(paused');
  return { paused, reachable, offers: !paused && reachable && line.includes('(Not in use)') };
};

/** Extensions in `pjsip show contacts` whose phone answers: `Contact:  1001/sip:… 0a1b2c Avail 1.2`. */
const reachableIn = (lines: readonly string[]): ReadonlySet<string> =>
  new Set(
    lines.flatMap((line) => /Contact:\s+(\d+)\/.*\s(?:Avail|NonQual)\s/u.exec(line)?.[1] ?? []),
  );

/** Of everybody in this queue; null: the PBX does not say (it is down, or stands still). */
export const standingsIn = async (
  stack: Stack,
  queue: string,
): Promise<ReadonlyMap<string, Standing> | null> => {
  const said = await Promise.all([
    stack.pbx.cli(`queue show ${queue}`),
    stack.pbx.cli('pjsip show contacts'),
  ]).catch(() => null);
  if (said === null) return null;
  const [lines, contacts] = said;
  const reachable = reachableIn(contacts);
  const standings = new Map<string, Standing>();
  for (const line of lines) {
    const extension = /PJSIP\/(\d+)/u.exec(line)?.[1];
    if (extension !== undefined)
      standings.set(extension, standingOf(line, reachable.has(extension)));
  }
  return standings;
};

/** For how long without a break something has been so, and the longest that it ever was. */
export const createStretch = (nowMs: () => number) => {
  let since: number | null = null;
  let longestMs = 0;
  return {
    look: (isSo: boolean): number => {
      if (!isSo) since = null;
      else since ??= nowMs();
      const ms = since === null ? 0 : nowMs() - since;
      longestMs = Math.max(longestMs, ms);
      return ms;
    },
    longestMs: () => longestMs,
  };
};
