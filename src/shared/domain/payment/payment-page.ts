/** `https://host/path*`: scheme and host to the letter, and `*` for anything in what follows. */
const form = /^https:\/\/([a-z0-9.-]+(?::\d+)?)(\/[^\s?#]*)?$/u;

export const isPagePattern = (pattern: string): boolean => form.test(pattern);

/** An address without a `*` can be opened as it is. */
export const isWholeAddress = (pattern: string): boolean =>
  isPagePattern(pattern) && !pattern.includes('*');

const matches = (pattern: string, host: string, path: string): boolean => {
  const found = form.exec(pattern);
  if (found?.[1] !== host) return false;
  const parts = (found[2] ?? '/').split('*');
  const [first = '', ...rest] = parts;
  if (!path.startsWith(first)) return false;
  if (rest.length === 0) return path === first;
  let at = first.length;
  for (const [index, part] of rest.entries()) {
    if (index === rest.length - 1) return path.length >= at + part.length && path.endsWith(part);
    const next = path.indexOf(part, at);
    if (next === -1) return false;
    at = next + part.length;
  }
  return true;
};

/** Whether cards are taken at this address. `host` and `path` as a parser of addresses gives them. */
export const isPaymentPage = (
  patterns: readonly string[],
  {
    protocol,
    host,
    path,
  }: { readonly protocol: string; readonly host: string; readonly path: string },
): boolean => protocol === 'https:' && patterns.some((pattern) => matches(pattern, host, path));
