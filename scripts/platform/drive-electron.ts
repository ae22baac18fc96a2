import { setTimeout as pause } from 'node:timers/promises';
import { _electron, type ElectronApplication } from 'playwright';

type Launch = Parameters<typeof _electron.launch>[0];

const attachWithinMs = 25_000;
const askAgainForMs = 5_000;
const askAgainAfterMs = 50;

/**
 * V8 holds the promise that the driver waits for weakly, even when the work in the program was done at once: a collection
 * at that moment loses the answer (github.com/microsoft/playwright/issues/33737).
 */
const wasCollected = (thrown: unknown): boolean =>
  /promise was (garbage )?collected/i.test(String(thrown));

/** Questions to the main process are asked again when their answer was lost: they must bear being asked twice. */
const askAgainWhenCollected = (app: ElectronApplication): ElectronApplication => {
  const ask = app.evaluate.bind(app) as (...question: readonly unknown[]) => Promise<unknown>;
  const patient = async (...question: readonly unknown[]): Promise<unknown> => {
    const until = performance.now() + askAgainForMs;
    for (;;) {
      try {
        return await ask(...question);
      } catch (thrown) {
        if (!wasCollected(thrown) || performance.now() > until) throw thrown;
      }
      await pause(askAgainAfterMs);
    }
  };
  return Object.assign(app, { evaluate: patient });
};

/**
 * Starts an Electron program with Playwright attached. On a busy machine Playwright now and then (once in some hundred
 * starts) does not get hold of a program that is up; it then ends it, and the second try is another start.
 */
export const driveElectron = async (launch: Launch): Promise<ElectronApplication> => {
  const options = { ...launch, timeout: attachWithinMs };
  try {
    return askAgainWhenCollected(await _electron.launch(options));
  } catch (thrown) {
    if (!String(thrown).includes('Timeout')) throw thrown;
    return askAgainWhenCollected(await _electron.launch(options));
  }
};
