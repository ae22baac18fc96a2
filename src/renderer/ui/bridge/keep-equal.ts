type Plain = Readonly<Record<string, unknown>>;

const isPlain = (value: unknown): value is Plain =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const same = (before: unknown, next: unknown): unknown => {
  if (Object.is(before, next)) return before;
  if (Array.isArray(before) && Array.isArray(next)) {
    const kept = next.map((item, index) => same(before[index], item));
    return kept.length === before.length && kept.every((item, index) => item === before[index])
      ? before
      : kept;
  }
  if (isPlain(before) && isPlain(next)) {
    const keys = Object.keys(next);
    const kept = Object.fromEntries(keys.map((key) => [key, same(before[key], next[key])]));
    return keys.length === Object.keys(before).length &&
      keys.every((key) => key in before && kept[key] === before[key])
      ? before
      : kept;
  }
  return next;
};

/**
 * `next`, with every part that equals the same part of `before` being that very object. Snapshots arrive as copies: what
 * did not change must not look new, or the whole window is drawn again with each of them. For JSON values.
 */
export const keepEqual = <Value>(before: Value, next: Value): Value =>
  // Same shape, by construction.
  same(before, next) as Value;
