import type { PhoneBridge } from '../../shared/ipc/bridge.ts';

type Fields = Readonly<Record<string, string | number | boolean | null>>;

/** One per module. Never give it a secret, a whole SIP message or a whole number. */
export type Logger = Readonly<
  Record<'error' | 'warn' | 'info' | 'debug', (message: string, fields?: Fields) => void>
>;

export type CreateLogger = (area: string) => Logger;

export const loggerTo =
  (bridge: PhoneBridge): CreateLogger =>
  (area) => {
    const to =
      (level: keyof Logger) =>
      (message: string, fields: Fields = {}) => {
        bridge.report('engine.log', {
          level,
          message: message.slice(0, 2_000),
          fields: { area, ...fields },
        });
      };
    return { error: to('error'), warn: to('warn'), info: to('info'), debug: to('debug') };
  };

export const textOf = (error: unknown): string =>
  error instanceof Error ? `${error.name}: ${error.message}` : String(error);
