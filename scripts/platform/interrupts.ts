/** Resolves at the first request to end: Ctrl-C, a polite kill, a closed terminal, or the end of the process above. */
export const untilAskedToEnd = (): Promise<void> =>
  new Promise((resolve) => {
    let askedAt: number | undefined;
    const ask = () => {
      // The second Ctrl-C of somebody who will not wait; what was started is ended behind our back (see reaper.ts).
      if (askedAt !== undefined && performance.now() - askedAt > 1000) process.exit(130);
      askedAt ??= performance.now();
      resolve();
    };
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, ask);
    // run.mjs holds the other end.
    process.on('disconnect', ask);
    process.channel?.unref();
    // Whoever read what we print may be gone first.
    process.stdout.on('error', () => undefined);
    process.stderr.on('error', () => undefined);
  });
