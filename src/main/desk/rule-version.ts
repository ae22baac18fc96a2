import type { DeskSnapshot } from '../../shared/ipc/desk.ts';
import type { PhoneSnapshot } from '../../shared/ipc/phone.ts';

/** At a plain SIP service, which is only told, no word on consent binds anybody. */
export const enforcementOf = ({
  session,
}: Pick<DeskSnapshot, 'session'>): { readonly enforced?: false } =>
  session.state === 'signed_in' && session.capabilities.recordingByService === true
    ? { enforced: false }
    : {};

/** The version of the rules that the card of this call was made by; null: no card says. */
export const ruleVersionOf = (
  { cards, wrapUps }: Pick<DeskSnapshot, 'cards' | 'wrapUps'>,
  { calls }: Pick<PhoneSnapshot, 'calls'>,
  callId: string,
): string | null => {
  const callKey = [...calls, ...wrapUps].find((each) => each.callId === callId)?.callKey;
  const rule = cards.find((card) => card.callKey === callKey)?.consent.rule;
  return rule === undefined || rule.rulesVersion === '' ? null : rule.rulesVersion;
};
