import { readdirSync, readFileSync } from 'node:fs';

/** Linux: what a program and everything below it uses. */

/** USER_HZ, which is 100 on every architecture that Electron runs on. */
const ticksPerSecond = 100;

const readProc = (pid: number, name: string): string => {
  try {
    return readFileSync(`/proc/${pid}/${name}`, 'utf8');
  } catch {
    return ''; // gone since it was listed
  }
};

/** The fields of /proc/PID/stat from the third on: the second, the name, may hold anything. */
const statFields = (pid: number): readonly string[] => {
  const stat = readProc(pid, 'stat');
  return stat === '' ? [] : stat.slice(stat.lastIndexOf(')') + 2).split(' ');
};

/** `rootPid` and its descendants. */
export const treeOf = (rootPid: number): readonly number[] => {
  const parents = new Map<number, number>();
  for (const name of readdirSync('/proc')) {
    const pid = Number(name);
    if (Number.isInteger(pid)) parents.set(pid, Number(statFields(pid)[1] ?? 0));
  }
  const tree = [rootPid];
  for (const pid of tree) {
    for (const [child, parent] of parents) if (parent === pid) tree.push(child);
  }
  return tree;
};

/** Proportional set size of the whole tree: shared pages are shared out among those who map them. */
export const memoryMb = (rootPid: number): number => {
  const kilobytes = treeOf(rootPid).map((pid) =>
    Number(/^Pss:\s+(\d+) kB$/mu.exec(readProc(pid, 'smaps_rollup'))?.[1] ?? 0),
  );
  return kilobytes.reduce((sum, each) => sum + each, 0) / 1_024;
};

/** Processor time that the living processes of the tree have used so far. */
export const cpuSeconds = (rootPid: number): number => {
  const ticks = treeOf(rootPid).map((pid) => {
    const fields = statFields(pid);
    // utime and stime: fields 14 and 15 of the line (proc_pid_stat(5)).
    return Number(fields[11] ?? 0) + Number(fields[12] ?? 0);
  });
  return ticks.reduce((sum, each) => sum + each, 0) / ticksPerSecond;
};

/** Renderers of the tree, in the order in which they were made. */
export const renderersOf = (rootPid: number): readonly number[] =>
  treeOf(rootPid)
    .map((pid) => {
      const commandLine = readProc(pid, 'cmdline').replaceAll('\0', ' ');
      const clientId = /--renderer-client-id=(\d+)/u.exec(commandLine)?.[1];
      return {
        pid,
        clientId: commandLine.includes('--type=renderer') ? Number(clientId) : Number.NaN,
      };
    })
    .filter(({ clientId }) => Number.isFinite(clientId))
    .toSorted((a, b) => a.clientId - b.clientId)
    .map(({ pid }) => pid);
