import { execFile } from 'node:child_process';
import { networkInterfaces } from 'node:os';
import { promisify } from 'node:util';
import { messageOf } from '../platform/problem.ts';
import { warn } from '../platform/terminal.ts';

const runFile = promisify(execFile);

/** For documentation, never routed (RFC 5737 §3); on the loopback interface it leads nowhere. */
const spareAddress = '192.0.2.1/32';
const change = (verb: 'add' | 'del'): readonly string[] => [
  'addr',
  verb,
  spareAddress,
  'dev',
  'lo',
];

/** This machine's IPv4 addresses that Asterisk offers for media: it leaves 127.0.0.0/8 out, always. */
export const mediaAddresses = (): readonly string[] =>
  Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .filter(({ family, address }) => family === 'IPv4' && !address.startsWith('127.'))
    .map(({ address }) => address);

const nothingToTakeBack = (): Promise<void> => Promise.resolve();

/**
 * A Linux machine whose network is off may have the loopback address alone, and no call would be heard. It is given a
 * second one, where we may. Resolves with the way to take it back.
 */
export const ensureMediaAddress = async (): Promise<() => Promise<void>> => {
  if (process.platform !== 'linux' || mediaAddresses().length > 0) return nothingToTakeBack;
  try {
    await runFile('ip', change('add'));
  } catch (thrown) {
    warn(
      `This machine has no network address but loopback, and calls will have no sound (${messageOf(thrown).split('\n')[0] ?? ''}).`,
    );
    warn(`Connect a network, or run: sudo ip ${change('add').join(' ')}`);
    return nothingToTakeBack;
  }
  return async () => {
    // Somebody may have taken it away already.
    await runFile('ip', change('del')).catch(() => undefined);
  };
};
