import type { WebContents } from 'electron';
import { uiRequestNames } from '../../shared/ipc/channel-names.ts';
import type { UiEvent, UiEventName, UiRequestName } from '../../shared/ipc/contract.ts';
import { createLogger } from '../log/logger.ts';
import { isTrustedSender } from './trusted-sender.ts';

const log = createLogger('ipc');

/** Checks a request against the contract and answers it. */
export type AnswerUi = (name: UiRequestName, payload: unknown) => Promise<unknown>;

/**
 * Listens to one UI window. The channels are bound to its contents: no other page reaches them, and they go with it.
 * What answers may arrive after the window: the first requests wait for it.
 */
export const serveUi = (contents: WebContents, answer: Promise<AnswerUi>): void => {
  // The record's type lists every name and nothing else.
  for (const name of Object.keys(uiRequestNames) as UiRequestName[]) {
    contents.ipc.handle(name, async (event, payload: unknown) => {
      if (!isTrustedSender(event, contents, 'ui')) {
        log.error('A request from a stranger was refused', { name });
        throw new Error('Refused');
      }
      return (await answer)(name, payload);
    });
  }
};

export const tellUi = <Name extends UiEventName>(
  contents: WebContents,
  name: Name,
  event: UiEvent<Name>,
): void => {
  if (!contents.isDestroyed()) contents.send(name, event);
};
