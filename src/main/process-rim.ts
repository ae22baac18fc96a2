import { createLogger } from './log/logger.ts';

const log = createLogger('rim');

/**
 * A bug that nothing caught ends here: it is written down and the program goes on. A call that lives in the engine must
 * not end because of a fault in a tray menu.
 */
export const holdProcessRim = (): void => {
  const report = (kind: string) => (thrown: unknown) => {
    const error = thrown instanceof Error ? thrown : new Error(String(thrown));
    log.error(kind, { why: error.message, stack: error.stack ?? null });
  };
  process.on('uncaughtException', report('An exception was not caught'));
  process.on('unhandledRejection', report('A rejection was not handled'));
};
