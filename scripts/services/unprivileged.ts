import { spawnSync } from 'node:child_process';
import { readFileSync, realpathSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { Problem } from '../platform/problem.ts';

/** Whom to run a program as that refuses to run as root. */
export type Account = { readonly name: string; readonly uid: number; readonly gid: number };

export const isRoot = (): boolean => process.getuid?.() === 0;

/** PostgreSQL needs an account that has a name. None is created: one that every system has will do. */
const ACCOUNTS = ['postgres', 'nobody'];

const readAccounts = (): readonly Account[] =>
  readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'))
    .map(([name = '', , uid, gid]) => ({ name, uid: Number(uid), gid: Number(gid) }))
    .filter(({ uid }) => uid > 0);

/** The account that owns the data already, else one of the usual ones. */
export const findAccount = (ownerUid?: number): Account => {
  const accounts = readAccounts();
  const owner = accounts.find(({ uid }) => uid === ownerUid);
  if (owner) return owner;
  for (const name of ACCOUNTS) {
    const account = accounts.find((candidate) => candidate.name === name);
    if (account) return account;
  }
  throw new Problem(
    'PostgreSQL refuses to run as root, and this system has neither a "postgres" nor a "nobody" account.',
    'Run as an ordinary user, or create one: useradd --system postgres',
  );
};

const EXECUTE = 0o1;

/** True when the account may walk down to the path (which exists). */
const canReach = (account: Account, path: string): boolean => {
  for (let at = realpathSync(path); ; at = dirname(at)) {
    const { mode, uid, gid } = statSync(at);
    const shift = uid === account.uid ? 6 : gid === account.gid ? 3 : 0;
    if (((mode >> shift) & EXECUTE) === 0) return false;
    if (at === dirname(at)) return true;
  }
};

export type Invocation = {
  readonly command: string;
  readonly args: readonly string[];
  readonly uid?: number;
  readonly gid?: number;
};

/**
 * How to run the command as the account. Where a folder on the way is closed to others (often /root), the capability to
 * pass by goes with it, and nothing else of root's.
 */
export const asAccount = (
  account: Account | undefined,
  command: string,
  args: readonly string[],
  paths: readonly string[],
): Invocation => {
  if (!account) return { command, args };
  if ([command, ...paths].every((path) => canReach(account, path))) {
    return { command, args, uid: account.uid, gid: account.gid };
  }
  const drop = [
    `--reuid=${account.uid}`,
    `--regid=${account.gid}`,
    '--clear-groups',
    // Else access(2), by which PostgreSQL looks for its own binaries, would not count the capability.
    '--securebits=+no_setuid_fixup',
    '--inh-caps=+dac_override',
    '--ambient-caps=+dac_override',
    '--',
  ];
  if (spawnSync('setpriv', [...drop, 'true']).status !== 0) {
    throw new Problem(
      `PostgreSQL refuses to run as root, and the account "${account.name}" may not enter ${[command, ...paths].join(' or ')}.`,
      'Keep the project and its data where others may enter (not under /root), or run as an ordinary user.',
    );
  }
  return { command: 'setpriv', args: [...drop, command, ...args] };
};
