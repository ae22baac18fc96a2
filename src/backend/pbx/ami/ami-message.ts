/** One AMI message. Keys are lower case; a header that was repeated has several values. */
export type AmiMessage = ReadonlyMap<string, readonly string[]>;

/** The first value of a header, or '' where it is absent. */
export const field = (message: AmiMessage, name: string): string =>
  message.get(name.toLowerCase())?.[0] ?? '';

export const fields = (message: AmiMessage, name: string): readonly string[] =>
  message.get(name.toLowerCase()) ?? [];

/** Builds a message from pairs, as the parser does. */
export const amiMessage = (pairs: Iterable<readonly [string, string]>): AmiMessage => {
  const message = new Map<string, string[]>();
  for (const [name, value] of pairs) {
    const key = name.toLowerCase();
    const values = message.get(key);
    if (values === undefined) message.set(key, [value]);
    else values.push(value);
  }
  return message;
};
