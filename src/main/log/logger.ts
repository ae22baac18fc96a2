import { redactFields, redactText, type LogFields } from './redact.ts';

export type LogLevel = 'error' | 'warn' | 'info' | 'debug';

/** `error`: the user lost something. `warn`: recovered, or dropped an odd event. `info`: a step of a life cycle. */
export type Logger = Readonly<Record<LogLevel, (message: string, fields?: LogFields) => void>>;

export type LogLine = {
  /** Epoch ms of this machine's clock. */
  readonly at: number;
  readonly level: LogLevel;
  readonly area: string;
  readonly message: string;
  readonly fields: LogFields;
};

type LogSink = (line: LogLine) => void;

const sinks = new Set<LogSink>();

/** Lines go to every sink; before the first one is added they are dropped. */
export const addLogSink = (sink: LogSink): void => {
  sinks.add(sink);
};

export const createLogger = (area: string): Logger => {
  const at =
    (level: LogLevel) =>
    (message: string, fields: LogFields = {}): void => {
      const line: LogLine = {
        at: Date.now(),
        level,
        area,
        message: redactText(message),
        fields: redactFields(fields),
      };
      for (const sink of sinks) sink(line);
    };
  return { error: at('error'), warn: at('warn'), info: at('info'), debug: at('debug') };
};

/** One line for the log out of anything that was thrown. */
export const reasonOf = (thrown: unknown): string =>
  thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : String(thrown);
