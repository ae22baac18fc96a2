import { randomBytes, scrypt, timingSafeEqual, type ScryptOptions } from 'node:crypto';
import { promisify } from 'node:util';

const derive = promisify<string, Buffer, number, ScryptOptions, Buffer>(scrypt);

// OWASP's password storage advice for scrypt: N = 2^15 with r = 8, p = 3 takes about 32 MB.
const usualCost = { N: 2 ** 15, r: 8, p: 3 } as const;
const keyBytes = 32;
const memoryLimit = 64 * 1024 * 1024;

const keyOf = (password: string, salt: Buffer, options: ScryptOptions): Promise<Buffer> =>
  derive(password.normalize('NFKC'), salt, keyBytes, { ...options, maxmem: memoryLimit });

/** For passwords that are shown anyway. */
export const tokenCost = { N: 2 ** 12, r: 8, p: 1 } as const;

/** `scrypt$N$r$p$salt$key`. */
export const hashPassword = async (
  password: string,
  cost: Required<Pick<ScryptOptions, 'N' | 'r' | 'p'>> = usualCost,
): Promise<string> => {
  const salt = randomBytes(16);
  const key = await keyOf(password, salt, cost);
  return ['scrypt', cost.N, cost.r, cost.p, salt.toString('base64'), key.toString('base64')].join(
    '$',
  );
};

export const isPassword = async (password: string, hash: string): Promise<boolean> => {
  const [scheme, n, r, p, salt, key] = hash.split('$');
  if (scheme !== 'scrypt' || salt === undefined || key === undefined) return false;
  const expected = Buffer.from(key, 'base64');
  const given = await keyOf(password, Buffer.from(salt, 'base64'), {
    N: Number(n),
    r: Number(r),
    p: Number(p),
  });
  return given.length === expected.length && timingSafeEqual(given, expected);
};

/** A hash that no password has: what a name that does not exist is compared with, to take the same time. */
export const nobodysHash = [
  'scrypt',
  usualCost.N,
  usualCost.r,
  usualCost.p,
  Buffer.alloc(16).toString('base64'),
  Buffer.alloc(keyBytes).toString('base64'),
].join('$');
