const sorted = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, each]) => [key, sorted(each)]),
  );
};

/** JSON with its keys in order: the same content is the same text, however the sender wrote it. */
export const canonicalJson = (value: unknown): string => JSON.stringify(sorted(value));
