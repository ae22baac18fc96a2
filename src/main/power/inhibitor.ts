import { spawn } from 'node:child_process';
import type { Held } from './sleep-lock.ts';

/** A process that lives as long as its standard input is open. */
export const startHeld = (command: string, args: readonly string[]): Held => {
  const child = spawn(command, args, { stdio: ['pipe', 'ignore', 'pipe'] });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said = (said + text).slice(-200);
  });
  // Whoever is gone already reads nothing.
  child.stdin.on('error', () => undefined);
  return {
    release: () => child.stdin.end(),
    onGone: (listener) => {
      let isTold = false;
      const tell = (why: string): void => {
        if (isTold) return;
        isTold = true;
        listener(why.trim());
      };
      child.on('error', (error) => tell(error.message));
      child.on('exit', (code) => tell(said || `it ended (${String(code)})`));
    },
  };
};
