import type { Page } from 'playwright';

/** What a page holds on to after everything that nobody needs was collected. */
export type Held = {
  readonly heapMb: number;
  readonly listeners: number;
  readonly nodes: number;
};

export type MemoryProbe = {
  readonly read: () => Promise<Held>;
  readonly close: () => Promise<void>;
};

/** Finalisers of one collection free what the next one takes. */
const collections = 4;

export const openMemoryProbe = async (page: Page): Promise<MemoryProbe> => {
  const session = await page.context().newCDPSession(page);
  await session.send('HeapProfiler.enable');
  return {
    read: async () => {
      for (let count = 0; count < collections; count += 1) {
        await session.send('HeapProfiler.collectGarbage');
        await page.waitForTimeout(200);
      }
      const {
        usedSize,
        embedderHeapUsedSize = 0,
        backingStorageSize = 0,
      } = (await session.send('Runtime.getHeapUsage')) as {
        readonly usedSize: number;
        readonly embedderHeapUsedSize?: number;
        readonly backingStorageSize?: number;
      };
      const { nodes, jsEventListeners } = await session.send('Memory.getDOMCounters');
      return {
        heapMb: (usedSize + embedderHeapUsedSize + backingStorageSize) / 1_048_576,
        listeners: jsEventListeners,
        nodes,
      };
    },
    close: () => session.detach(),
  };
};
