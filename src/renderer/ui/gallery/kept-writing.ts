import type { KeptWriting } from '../../../shared/ipc/deeds.ts';
import type { createMemoryBridge } from './memory-bridge.ts';

type Handlers = ReturnType<Parameters<typeof createMemoryBridge>[2]>;

const diskKey = 'writing';

const isReload = (): boolean => {
  const [navigation] = performance.getEntriesByType('navigation');
  return navigation instanceof PerformanceNavigationTiming && navigation.type === 'reload';
};

const keptOnDisk = (): readonly KeptWriting[] =>
  // Written by the handler below alone.
  JSON.parse(sessionStorage.getItem(diskKey) ?? '[]') as readonly KeptWriting[];

/** Outlives a page that is loaded anew, as the journal does; every other scene begins with nothing. */
export const keptWritingHandlers = (): Partial<Handlers> => {
  if (!isReload()) sessionStorage.removeItem(diskKey);
  return {
    'deeds.keep': ({ draft, ...about }) => {
      const others = keptOnDisk().filter(
        ({ kind, contactId }) => kind !== about.kind || contactId !== about.contactId,
      );
      const all = draft === null ? others : [...others, { ...about, draft }];
      sessionStorage.setItem(diskKey, JSON.stringify(all));
      return { ok: true, value: null };
    },
    'deeds.kept': () => ({ ok: true, value: { drafts: [...keptOnDisk()] } }),
  };
};
