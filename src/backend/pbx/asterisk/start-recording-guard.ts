import { spawn } from 'node:child_process';
import { join } from 'node:path';
import type { Log } from '../../log.ts';
import type { AmiAddress } from '../ami/ami-address.ts';

const againMs = 1_000;

const urlOf = ({ host, port, username, secret }: AmiAddress): string => {
  const user = `${encodeURIComponent(username)}:${encodeURIComponent(secret)}`;
  return `ami://${user}@${host.includes(':') ? `[${host}]` : host}:${String(port)}`;
};

/** Sees to it that this owner's recordings end with this process, however it ends. */
export const startRecordingGuard = (address: AmiAddress, owner: string, log: Log): void => {
  const guard = spawn(process.execPath, [join(import.meta.dirname, 'recording-guard-process.ts')], {
    env: {
      PATH: process.env['PATH'],
      RINGSIDE_GUARD_AMI: urlOf(address),
      RINGSIDE_GUARD_OWNER: owner,
      NODE_OPTIONS: '--disable-warning=ExperimentalWarning',
    },
    stdio: ['pipe', 'ignore', 'ignore'],
    // Out of reach of what ends the backend's own group.
    detached: true,
  });
  const again = (): void => {
    log.error({}, 'the guard of the recordings is gone: another is started');
    setTimeout(() => startRecordingGuard(address, owner, log), againMs).unref();
  };
  guard.on('exit', again);
  guard.on('error', again);
  guard.stdin.on('error', () => undefined);
  guard.unref();
};
