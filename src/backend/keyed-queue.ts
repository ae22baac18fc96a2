/** Runs tasks of one key one after the other, tasks of different keys at once. Tasks answer for their own errors. */
export type KeyedQueue = {
  readonly add: (key: string, task: () => Promise<void>) => Promise<void>;
  /** Resolves when everything added so far is done. */
  readonly idle: () => Promise<void>;
};

export const createKeyedQueue = (onError: (error: unknown, key: string) => void): KeyedQueue => {
  const tails = new Map<string, Promise<void>>();
  return {
    add: (key, task) => {
      const before = tails.get(key) ?? Promise.resolve();
      const tail = before.then(task).catch((error: unknown) => {
        onError(error, key);
      });
      tails.set(key, tail);
      return tail.finally(() => {
        if (tails.get(key) === tail) tails.delete(key);
      });
    },
    idle: async () => {
      while (tails.size > 0) await Promise.all(tails.values());
    },
  };
};
