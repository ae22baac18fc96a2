import { connect } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

type Door = { readonly port: number; readonly user: string; readonly secret: string };

/** One attempt: true when Asterisk says over AMI that it has booted. */
const hasBooted = ({ port, user, secret }: Door, timeoutMs: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port });
    let heard = '';
    const end = (answer: boolean) => {
      socket.destroy();
      resolve(answer);
    };
    socket.setTimeout(timeoutMs, () => end(false));
    socket.once('error', () => end(false));
    socket.once('close', () => end(false));
    socket.once('connect', () => {
      socket.write(
        `Action: Login\r\nUsername: ${user}\r\nSecret: ${secret}\r\nEvents: system\r\n\r\n`,
      );
    });
    socket.on('data', (chunk) => {
      heard += chunk.toString();
      if (heard.includes('Response: Error')) end(false);
      // Sent to each new session once everything is loaded.
      if (heard.includes('Event: FullyBooted')) end(true);
    });
  });

/** Waits until Asterisk is ready for calls. False when the time is over, or when `isHopeless` says so. */
export const waitForAmi = async (
  door: Door,
  timeoutMs: number,
  isHopeless: () => boolean,
): Promise<boolean> => {
  const giveUpAt = performance.now() + timeoutMs;
  while (performance.now() < giveUpAt && !isHopeless()) {
    if (await hasBooted(door, 2000)) return true;
    await pause(50);
  }
  return false;
};
