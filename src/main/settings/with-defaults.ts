type Plain = Readonly<Record<string, unknown>>;

const isPlain = (value: unknown): value is Plain =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const filled = (defaults: unknown, stored: unknown): unknown => {
  if (stored === undefined) return defaults;
  if (!isPlain(defaults) || !isPlain(stored)) return stored;
  const names = new Set([...Object.keys(defaults), ...Object.keys(stored)]);
  return Object.fromEntries([...names].map((name) => [name, filled(defaults[name], stored[name])]));
};

/** What was stored, with the defaults of everything that a file of an earlier version did not know. For JSON values. */
export const withDefaults = <Value>(defaults: Value, stored: unknown): Value =>
  // `stored` was held to the schema of a `Value`, in which nothing is required.
  filled(defaults, stored) as Value;
