/**
 * Making one of these takes about as long as drawing the component that shows its text: each is made once, and again
 * when this machine has travelled to another zone.
 */
const kept = <Wish extends readonly unknown[], Formatter>(
  make: (...wish: Wish) => Formatter,
): ((...wish: Wish) => Formatter) => {
  const made = new Map<string, Formatter>();
  return (...wish) => {
    const key = JSON.stringify([new Date().getTimezoneOffset(), ...wish]);
    const formatter = made.get(key) ?? make(...wish);
    made.set(key, formatter);
    return formatter;
  };
};

export const dateFormat = kept(
  (locale: string, options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(locale, options),
);

export const unitFormat = kept(
  (locale: string, unit: 'minute' | 'hour' | 'day') =>
    new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'short' }),
);

export const relativeFormat = kept(
  (locale: string) => new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }),
);

export const listFormat = kept(
  (locale: string) => new Intl.ListFormat(locale, { type: 'conjunction' }),
);

export const displayNames = kept(
  (locale: string, type: 'region' | 'language') =>
    new Intl.DisplayNames(locale, { type, fallback: 'code' }),
);
