import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Electron } from './electron.ts';
import { Problem } from './problem.ts';
import { runProgram } from './run-program.ts';

const SET_USER_ID = 0o4000;

const isSetuidRoot = (path: string): boolean => {
  try {
    const { mode, uid } = statSync(path);
    return uid === 0 && (mode & SET_USER_ID) !== 0;
  } catch {
    return false; // not there
  }
};

/** Ubuntu 23.10 and later let programs make user namespaces only by an AppArmor profile. */
const isRestrictedByAppArmor = (): boolean => {
  try {
    return (
      readFileSync('/proc/sys/kernel/apparmor_restrict_unprivileged_userns', 'utf8').trim() === '1'
    );
  } catch {
    return false; // no such setting
  }
};

/**
 * Chromium's sandbox needs user namespaces, or its helper owned by root. Where neither is to be had the app would end
 * with a core dump: say it before.
 */
export const checkSandbox = async (electron: Electron): Promise<void> => {
  if (process.platform !== 'linux' || process.getuid?.() === 0) return;
  const helper = join(electron.dist, 'chrome-sandbox');
  if (isSetuidRoot(helper)) return;
  const { code } = await runProgram('unshare', ['--user', '--map-root-user', 'true']);
  if (code === 0 && !isRestrictedByAppArmor()) return;
  throw new Problem(
    "This system does not let ordinary programs set up Chromium's sandbox.",
    'Give its helper the right to, once:',
    `  sudo chown root:root ${helper} && sudo chmod 4755 ${helper}`,
  );
};
