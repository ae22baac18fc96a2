import type { Refusal, UiAnswer, UiPayload, UiRequestName } from '../../../shared/ipc/contract.ts';
import type { PhoneCommand } from '../../../shared/ipc/phone.ts';
import type { Result } from '../../../shared/result.ts';
import { bridge } from '../bridge/bridge.ts';
import { i18n } from '../i18n/i18n.ts';
import { giveNotice } from './notice-store.ts';

/** Requests to main, with their refusals in words. */

type Answered = {
  [Name in UiRequestName]: UiAnswer<Name> extends Result<unknown, Refusal> ? Name : never;
}[UiRequestName];
type ValueOf<Name extends Answered> =
  Extract<UiAnswer<Name>, { readonly ok: true }> extends { readonly value: infer Value }
    ? Value
    : never;

const asFailure = (error: unknown): Refusal => ({
  code: 'failed',
  detail: error instanceof Error ? error.message : String(error),
});

/** Asks and leaves the refusal to the caller. */
export const ask = async <Name extends Answered>(
  name: Name,
  payload: UiPayload<Name>,
): Promise<Result<ValueOf<Name>, Refusal>> => {
  try {
    // `Answered` holds only requests that answer with a result of this value.
    return (await bridge().request(name, payload)) as Result<ValueOf<Name>, Refusal>;
  } catch (error) {
    return { ok: false, why: asFailure(error) };
  }
};

/** Asks, and tells the agent when it is refused. */
export const order = async <Name extends Answered>(
  name: Name,
  payload: UiPayload<Name>,
): Promise<Result<ValueOf<Name>, Refusal>> => {
  const answer = await ask(name, payload);
  if (!answer.ok) {
    giveNotice({
      tone: 'error',
      text: i18n.t(`refusal.${answer.why.code}`),
      detail: answer.why.detail === '' ? null : answer.why.detail,
    });
  }
  return answer;
};

/** Asks the phone, and nobody is told when it refuses. */
export const orderPhoneQuietly = (command: PhoneCommand): Promise<unknown> =>
  bridge().request('phone.command', command).catch(asFailure);

/** Asks the phone; resolves to the call's id, or null when it was refused (and said so). */
export const orderPhone = async (command: PhoneCommand): Promise<string | null> => {
  try {
    const answer = await bridge().request('phone.command', command);
    if (answer.ok) return answer.value.callId;
    // A call that goes on a moment longer is no fault.
    const tone = answer.why === 'just_answered' ? 'info' : 'error';
    giveNotice({ tone, text: i18n.t(`phone.refusal.${answer.why}`), detail: null });
  } catch (error) {
    giveNotice({
      tone: 'error',
      text: i18n.t('phone.refusal.phone_failed'),
      detail: asFailure(error).detail,
    });
  }
  return null;
};
