import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import type { Page } from 'playwright';
import { openMemoryProbe } from '../../soak/call/memory.ts';
import { treeOf } from '../../bench/support/process-tree.ts';
import type { DeskApp } from '../desk-app.ts';

/** Everything that a running desk holds on to, process by process. */

const linesOf = (pid: number, name: string): string => {
  try {
    return readFileSync(`/proc/${String(pid)}/${name}`, 'utf8');
  } catch {
    return ''; // gone since it was listed
  }
};

const handlesOf = (pid: number): readonly string[] => {
  try {
    return readdirSync(`/proc/${String(pid)}/fd`).map((name) => {
      try {
        return readlinkSync(`/proc/${String(pid)}/fd/${name}`);
      } catch {
        return '';
      }
    });
  } catch {
    return [];
  }
};

/** What the system counts of the whole program. */
export const heldBySystem = (pid: number) => {
  const tree = treeOf(pid);
  const handles = tree.flatMap(handlesOf);
  const kilobytes = tree.map((each) =>
    Number(/^Pss:\s+(\d+) kB$/mu.exec(linesOf(each, 'smaps_rollup'))?.[1] ?? 0),
  );
  const threads = tree.map((each) =>
    Number(/^Threads:\s+(\d+)$/mu.exec(linesOf(each, 'status'))?.[1] ?? 0),
  );
  return {
    processes: tree.length,
    memoryMb: kilobytes.reduce((sum, each) => sum + each, 0) / 1_024,
    handles: handles.length,
    sockets: handles.filter((target) => target.startsWith('socket:')).length,
    threads: threads.reduce((sum, each) => sum + each, 0),
  };
};

const living = ['AudioContext', 'RTCPeerConnection', 'MediaStreamTrack', 'AudioNode'] as const;

/** Objects of these kinds that a page still holds, after everything that nobody needs was collected. */
const livingIn = async (page: Page): Promise<Readonly<Record<(typeof living)[number], number>>> => {
  const session = await page.context().newCDPSession(page);
  try {
    const counted: [string, number][] = [];
    for (const kind of living) {
      const { result: prototype } = await session.send('Runtime.evaluate', {
        expression: `${kind}.prototype`,
      });
      if (prototype.objectId === undefined) throw new Error(`no ${kind} here`);
      const { objects } = await session.send('Runtime.queryObjects', {
        prototypeObjectId: prototype.objectId,
        objectGroup: 'soak',
      });
      const { result } = await session.send('Runtime.callFunctionOn', {
        objectId: objects.objectId ?? '',
        functionDeclaration: 'function () { return this.length; }',
        returnByValue: true,
      });
      counted.push([kind, Number(result.value)]);
      await session.send('Runtime.releaseObjectGroup', { objectGroup: 'soak' });
    }
    return Object.fromEntries(counted) as Readonly<Record<(typeof living)[number], number>>;
  } finally {
    await session.detach();
  }
};

/** How late a timer of 100 ms is there, on the average of 30. */
const latenessIn = (page: Page): Promise<number> =>
  page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        const beganAt = performance.now();
        let ticks = 0;
        const timer = setInterval(() => {
          ticks += 1;
          if (ticks < 30) return;
          clearInterval(timer);
          resolve((performance.now() - beganAt - 3_000) / 30);
        }, 100);
      }),
  );

export const heldByPage = async (page: Page) => {
  const probe = await openMemoryProbe(page);
  try {
    const held = await probe.read();
    return { ...held, ...(await livingIn(page)) };
  } finally {
    await probe.close();
  }
};

/** Main's own heap after a collection, and what keeps its event loop alive. */
export const heldByMain = ({ app }: DeskApp) =>
  app.evaluate(async () => {
    process.getBuiltinModule('node:v8').setFlagsFromString('--expose-gc');
    const collect = process.getBuiltinModule('node:vm').runInNewContext('gc') as () => void;
    for (let count = 0; count < 4; count += 1) {
      collect();
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    const { heapUsed, external, arrayBuffers } = process.memoryUsage();
    return {
      heapMb: (heapUsed + external + arrayBuffers) / 1_048_576,
      resources: process.getActiveResourcesInfo().length,
    };
  });

export const enginePage = ({ app }: DeskApp): Page => {
  const page = app.windows().find((each) => each.url().startsWith('app://phone/'));
  if (page === undefined) throw new Error('the desk has no engine');
  return page;
};

/** What a process counts; no call may live meanwhile. */
export const countedBy = async (desk: DeskApp) => ({
  engine: await heldByPage(enginePage(desk)),
  ui: await heldByPage(desk.desk.page),
  main: await heldByMain(desk),
  system: heldBySystem(desk.app.process().pid ?? 0),
});

/** All of it; it takes some seconds. */
export const heldBy = async (desk: DeskApp) => {
  const counted = await countedBy(desk);
  const latenessMs = await latenessIn(enginePage(desk));
  return { ...counted, engine: { ...counted.engine, latenessMs } };
};

export type Held = Awaited<ReturnType<typeof heldBy>>;
