import type { WebContents } from 'electron';
import type { TSchema } from 'typebox';
import { Value } from 'typebox/value';
import {
  engineReports,
  engineRequests,
  type EngineAnswer,
  type EngineOrder,
  type EngineOrderName,
  type EngineReport,
  type EngineReportName,
  type EngineRequestName,
} from '../../shared/ipc/contract.ts';
import { engineReportNames, engineRequestNames } from '../../shared/ipc/channel-names.ts';
import { createLogger } from '../log/logger.ts';
import { createSchemaCheck } from '../schema-check.ts';
import { isTrustedSender } from './trusted-sender.ts';

const log = createLogger('ipc');

export type EngineHandlers = {
  readonly requests: { readonly [Name in EngineRequestName]: () => EngineAnswer<Name> };
  readonly reports: {
    readonly [Name in EngineReportName]: (report: EngineReport<Name>) => void;
  };
};

/** What the desk hears of; headsets and devices are the shell's. */
export type DeskEngineHandlers = {
  readonly requests: EngineHandlers['requests'];
  readonly reports: Omit<
    EngineHandlers['reports'],
    'engine.headsetNews' | 'engine.headsetAsked' | 'engine.devices' | 'engine.checkTold'
  >;
};

/** Listens to one engine window; the channels are bound to its contents. */
export const serveEngine = (contents: WebContents, handlers: EngineHandlers): void => {
  const answer = (name: EngineRequestName): void => {
    const schema: TSchema = engineRequests[name].payload;
    contents.ipc.handle(name, (event, payload: unknown) => {
      if (!isTrustedSender(event, contents, 'phone') || !Value.Check(schema, payload)) {
        log.error('A request of the engine was refused', { name });
        throw new Error('Refused');
      }
      return handlers.requests[name]();
    });
  };
  const hear = (name: EngineReportName): void => {
    const fits = createSchemaCheck(engineReports[name] as TSchema);
    // Name, schema and handler belong together by the contract; the compiler cannot follow a union of names.
    const handler = handlers.reports[name] as (report: unknown) => void;
    contents.ipc.on(name, (event, report: unknown) => {
      if (!isTrustedSender(event, contents, 'phone')) {
        log.error('A report from a stranger was dropped', { name });
        return;
      }
      if (!fits(report)) {
        log.error('A report of unknown shape was dropped', { name });
        return;
      }
      handler(report);
    });
  };
  // The records' types list every name and nothing else.
  for (const name of Object.keys(engineRequestNames) as EngineRequestName[]) answer(name);
  for (const name of Object.keys(engineReportNames) as EngineReportName[]) hear(name);
};

export const orderEngine = <Name extends EngineOrderName>(
  contents: WebContents,
  name: Name,
  order: EngineOrder<Name>,
): void => {
  if (!contents.isDestroyed()) contents.send(name, order);
};
