import { describe, expect, it } from 'vitest';
import { kindOfStatus, waitFromSeconds, waitUntilUnixSeconds, wordOf } from './dialect.ts';

const now = Date.UTC(2026, 10, 20, 12, 0, 0);
const headers = (name: string, value: string) => new Headers({ [name]: value });

describe('how long a vendor wants to be left alone', () => {
  it.each([
    ['2', 2_000],
    ['0.5', 500],
    ['Fri, 20 Nov 2026 12:00:03 GMT', 3_000],
    ['-1', undefined],
    ['soon', undefined],
    ['Fri, 20 Nov 2026 11:00:00 GMT', undefined],
    // A clock that is wrong there stops nothing for a week.
    ['9999999', 24 * 3_600_000],
  ])('Retry-After: %s is %s ms', (value, expected) => {
    expect(waitFromSeconds(headers('retry-after', value), now)).toBe(expected);
  });

  it('is nothing where nothing is said', () => {
    expect(waitFromSeconds(new Headers(), now)).toBeUndefined();
    expect(waitUntilUnixSeconds(new Headers(), now, 'x-reset')).toBeUndefined();
  });

  it('may be told as an instant', () => {
    const at = (seconds: number) =>
      waitUntilUnixSeconds(headers('x-reset', String(now / 1_000 + seconds)), now, 'x-reset');
    expect(at(5)).toBe(5_000);
    expect(at(-5)).toBe(0);
  });
});

describe('a refusal', () => {
  it.each([
    [400, 'validation'],
    [401, 'auth'],
    [403, 'forbidden'],
    [404, 'not_found'],
    [408, 'timeout'],
    [409, 'conflict'],
    [410, 'not_found'],
    [422, 'validation'],
    [429, 'rate_limited'],
    [500, 'unavailable'],
    [503, 'unavailable'],
    [304, 'bad_response'],
  ])('%s is %s', (status, kind) => {
    expect(kindOfStatus(status)).toBe(kind);
  });

  it('is told by the vendor’s own word, and by no sentence that may quote somebody', () => {
    expect(wordOf({ error: 'RecordInvalid' }, 'error')).toBe('RecordInvalid');
    expect(wordOf({ error: 'Ana Pires is wrong' }, 'error')).toBeUndefined();
    expect(wordOf({ error: { a: 1 } }, 'error')).toBeUndefined();
    expect(wordOf('<html>', 'error')).toBeUndefined();
  });
});
