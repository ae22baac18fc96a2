import type { TSchema } from 'typebox';
import { Value } from 'typebox/value';
import {
  uiRequests,
  type UiAnswer,
  type UiPayload,
  type UiRequestName,
} from '../../shared/ipc/contract.ts';
import { requestWithoutCards } from '../../shared/domain/payment/free-text.ts';
import { createLogger, reasonOf } from '../log/logger.ts';
import type { AnswerUi } from './ui-ipc.ts';

const log = createLogger('ipc');

export type UiHandlers = {
  readonly [Name in UiRequestName]: (
    payload: UiPayload<Name>,
  ) => UiAnswer<Name> | Promise<UiAnswer<Name>>;
};

/** What is answered by the program around the desk. */
type DesktopRequest =
  | 'dialRequest.settle'
  | 'linkedContact.settle'
  | 'globalKeys.pause'
  | 'phoneLinks.state'
  | 'phoneLinks.set'
  | 'compact.move';
type HeadsetRequest = Extract<UiRequestName, `headsets.${string}`>;
type DeviceRequest = Extract<UiRequestName, `devices.${string}`>;
type UpdateRequest = Extract<UiRequestName, `update.${string}`>;
/** What the backend answers of checks is the desk's. */
type CheckRequest = 'check.start' | 'check.say' | 'check.stop' | 'check.run';
export type ShellHandlers = Pick<UiHandlers, DesktopRequest>;
export type HeadsetHandlers = Pick<UiHandlers, HeadsetRequest>;
export type DeviceHandlers = Pick<UiHandlers, DeviceRequest>;
export type UpdateHandlers = Pick<UiHandlers, UpdateRequest>;
export type CheckHandlers = Pick<UiHandlers, CheckRequest>;
export type DeskHandlers = Omit<
  UiHandlers,
  DesktopRequest | HeadsetRequest | DeviceRequest | UpdateRequest | CheckRequest
>;

/** What a request that does not fit its schema is told, where its answer has words for that. */
const invalidAnswer = (name: UiRequestName): unknown => {
  switch (name) {
    case 'desk.snapshot':
    case 'phone.snapshot':
    case 'clock.now':
      return undefined;
    case 'phone.command':
      return { ok: false, why: 'not_allowed' } satisfies UiAnswer<'phone.command'>;
    default:
      return { ok: false, why: { code: 'invalid', detail: name } } satisfies UiAnswer<'agent.wish'>;
  }
};

/** Every request is held to its schema before its handler sees it. */
export const uiAnswers =
  (handlers: UiHandlers): AnswerUi =>
  async (name, payload) => {
    const schema: TSchema = uiRequests[name].payload;
    if (!Value.Check(schema, payload)) {
      log.error('A request of unknown shape was refused', { name });
      const answer = invalidAnswer(name);
      if (answer === undefined) throw new Error('Refused');
      return answer;
    }
    // Name, schema and handler belong together by the contract; the compiler cannot follow a union of names.
    const handler = handlers[name] as (checked: unknown) => unknown;
    try {
      // Before anything of it is kept, on this machine or elsewhere.
      return await handler(name === 'customers.search' ? payload : requestWithoutCards(payload));
    } catch (thrown) {
      log.error('A request failed', { name, why: reasonOf(thrown) });
      throw new Error('Failed', { cause: thrown });
    }
  };
