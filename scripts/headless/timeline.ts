/** One verified step of the run. `evidence` says what was looked at, and where. */
export type TimelineStep = {
  readonly name: string;
  readonly startedAt: number;
  readonly ms: number;
  readonly ok: boolean;
  readonly evidence: readonly string[];
};

/** Thrown by a step that did not find what it had to find. */
export class StepFailure extends Error {
  override readonly name = 'StepFailure';
}

export type Timeline = {
  /** Runs one step; `note` adds evidence. A failure is recorded and thrown on. */
  readonly step: <Value>(
    name: string,
    act: (note: (evidence: string) => void) => Promise<Value>,
  ) => Promise<Value>;
  readonly steps: () => readonly TimelineStep[];
};

const seconds = (ms: number): string => `${(ms / 1_000).toFixed(2).padStart(6)} s`;

/** Prints each step as it ends, with its evidence below it. */
export const createTimeline = (print: (line: string) => void): Timeline => {
  const begun = Date.now();
  const steps: TimelineStep[] = [];
  return {
    steps: () => steps,
    step: async (name, act) => {
      const startedAt = Date.now();
      const evidence: string[] = [];
      const finish = (ok: boolean): void => {
        const step = { name, startedAt, ms: Date.now() - startedAt, ok, evidence };
        steps.push(step);
        print(`${seconds(Date.now() - begun)}  ${ok ? '✓' : '✗'} ${name}`);
        for (const line of evidence) print(`            ${line}`);
      };
      try {
        const value = await act((line) => evidence.push(line));
        finish(true);
        return value;
      } catch (error) {
        evidence.push(error instanceof Error ? error.message : String(error));
        finish(false);
        throw error;
      }
    },
  };
};

/** Polls until `read` gives something other than null; the failure names what was waited for. */
export const eventually = async <Value>(
  what: string,
  read: () => Promise<Value | null> | Value | null,
  {
    timeoutMs = 10_000,
    everyMs = 50,
  }: { readonly timeoutMs?: number; readonly everyMs?: number } = {},
): Promise<Value> => {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    const value = await read();
    if (value !== null) return value;
    if (Date.now() > deadline) throw new StepFailure(`waited ${timeoutMs} ms in vain for ${what}`);
    await new Promise((resolve) => setTimeout(resolve, everyMs));
  }
};
