import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { connect } from 'node:net';
import { runProgram } from '../../../scripts/platform/run-program.ts';
import { startChild, tailOf } from '../../../scripts/services/child.ts';

/** A relay for sound (coturn) at this address: TURN by UDP and TCP at 3478, by TLS at 443. */
export type TestRelay = { readonly secret: string; readonly stop: () => Promise<void> };

const answers = (host: string, port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect(port, host);
    socket.once('connect', () => {
      socket.destroy();
      resolve(true);
    });
    socket.once('error', () => resolve(false));
  });

export const startRelay = async (host: string): Promise<TestRelay> => {
  const folder = mkdtempSync(join(tmpdir(), 'ringside-relay-'));
  const secret = 'shared with the backend';
  const [certificate, key] = [join(folder, 'cert.pem'), join(folder, 'key.pem')];
  const made = await runProgram('openssl', [
    ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'],
    ...['-subj', `/CN=${host}`, '-addext', `subjectAltName=IP:${host}`, '-days', '2'],
    ...['-keyout', key, '-out', certificate],
  ]);
  if (made.code !== 0) throw new Error(`no certificate: ${made.output}`);
  const logFile = join(folder, 'relay.log');
  const child = await startChild({
    name: 'The relay',
    command: 'turnserver',
    args: [
      ...['-n', '--no-cli', '--log-file=stdout', '--simple-log'],
      ...[`--listening-ip=${host}`, `--relay-ip=${host}`, '--listening-port=3478'],
      ...['--tls-listening-port=443', `--cert=${certificate}`, `--pkey=${key}`],
      ...['--use-auth-secret', `--static-auth-secret=${secret}`, '--realm=ringside.test'],
      ...['--fingerprint', '--no-multicast-peers', `--pidfile=${join(folder, 'pid')}`],
      `--userdb=${join(folder, 'users.db')}`,
    ],
    logFile,
    stopTimeoutMs: 3_000,
  });
  const stop = async () => {
    await child.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  for (let tries = 0; tries < 100; tries += 1) {
    if (child.hasExited()) break;
    if (await answers(host, 443)) return { secret, stop };
    await pause(100);
  }
  const words = tailOf(logFile);
  await stop();
  throw new Error(`the relay did not start: ${words}`);
};
