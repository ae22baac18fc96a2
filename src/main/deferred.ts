/** A promise and the key to it (Promise.withResolvers is younger than the oldest Electron that must do). */
export type Deferred<Value> = {
  readonly promise: Promise<Value>;
  readonly resolve: (value: Value) => void;
};

export const createDeferred = <Value>(): Deferred<Value> => {
  // The executor runs before the constructor returns.
  let resolve: (value: Value) => void = () => undefined;
  const promise = new Promise<Value>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
};
