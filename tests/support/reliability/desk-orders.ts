import type { UiBridge } from '../../../src/shared/ipc/bridge.ts';
import type { UiPayload, UiRequestName } from '../../../src/shared/ipc/contract.ts';
import type { PhoneAnswer, PhoneCommand } from '../../../src/shared/ipc/phone.ts';
import type { DeskApp } from '../desk-app.ts';

/** The page's own way to main, past its buttons: for what has to happen at an exact moment. */
type WithBridge = { readonly ringside: UiBridge };

/** Any request that the page can make. */
export const askDesk = <Name extends UiRequestName>(
  { desk }: DeskApp,
  name: Name,
  payload: UiPayload<Name>,
): Promise<unknown> =>
  desk.page.evaluate(
    // One name for all of them: what fits together was seen to above.
    ([asked, given]) =>
      (window as unknown as WithBridge).ringside.request(asked as 'desk.snapshot', given as null),
    [name, payload] as const,
  );

/** A pure tone is what every kind of processing takes for noise. */
export const switchProcessingOff = (desk: DeskApp): Promise<unknown> =>
  askDesk(desk, 'settings.change', {
    audioProcessing: { echoCancellation: false, noiseSuppression: false, autoGainControl: false },
  });

export const commandPhone = ({ desk }: DeskApp, command: PhoneCommand): Promise<PhoneAnswer> =>
  desk.page.evaluate(
    (order) => (window as unknown as WithBridge).ringside.request('phone.command', order),
    command,
  );

/** What is not answered any more is no error: the process that was asked is killed under it. */
export const beginCommand = (desk: DeskApp, command: PhoneCommand): void => {
  commandPhone(desk, command).catch(() => undefined);
};

export const wishReady = ({ desk }: DeskApp): Promise<unknown> =>
  desk.page.evaluate(() =>
    (window as unknown as WithBridge).ringside.request('agent.wish', { kind: 'ready' }),
  );

/** Completes every wrap-up that can be; answers how many there were. */
export const completeAllWrapUps = ({ desk }: DeskApp): Promise<number> =>
  desk.page.evaluate(async () => {
    const { ringside } = window as unknown as WithBridge;
    const { wrapUps } = await ringside.request('desk.snapshot', null);
    const owed = wrapUps.filter(({ ended }) => ended);
    for (const { callId, notes } of owed) {
      const done = await ringside.request('wrapUp.complete', { callId, code: 'resolved', notes });
      if (!done.ok) throw new Error(`a wrap-up was refused: ${done.why.code}`);
    }
    return owed.length;
  });
