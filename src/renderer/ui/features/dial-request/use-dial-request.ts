import { useTranslation } from 'react-i18next';
import type { DialRequest } from '../../../../shared/ipc/desk.ts';
import { dialNumber } from '../../state/call-back.ts';
import { isInConference, isOnHold } from '../../state/legs.ts';
import { useNumberReader } from '../../state/number-reader.ts';
import { order } from '../../state/orders.ts';
import { useCallName } from '../../state/use-call-name.ts';
import { useDeskCountry, useNumberText } from '../../state/use-number-text.ts';
import { useWorks } from '../../state/use-works.ts';

export type AskedNumber = Extract<DialRequest, { readonly state: 'number' }>;

export type Asked = {
  /** As people of this country write it. */
  readonly number: string;
  readonly isEmergency: boolean;
  /** What becomes of the call that goes on; null: there is none. */
  readonly consequence: string | null;
  readonly possible: boolean;
  readonly call: () => void;
  readonly cancel: () => void;
};

/** A number that a link or a selection asks to call, and what a call would mean now. */
export const useDialRequest = (request: AskedNumber): Asked => {
  const { t } = useTranslation();
  const numberText = useNumberText();
  const callName = useCallName();
  const country = useDeskCountry();
  const reader = useNumberReader((state) => state.reader);
  const works = useWorks();
  const up = works.filter(({ stage }) => stage === 'live' || stage === 'outgoing');
  const inConference = up.some(({ call }) => call !== null && isInConference(call));
  const settingUp = up.some(({ state }) => state !== 'connected');
  const heard = up.find(({ call }) => call !== null && !isOnHold(call));
  const settle = (): void => void order('dialRequest.settle', { id: request.id });

  const consequence = (): string | null => {
    if (inConference) return t('dialRequest.inConference');
    if (settingUp) return t('dialRequest.settingUp');
    return heard === undefined ? null : t('dialRequest.goesOnHold', { name: callName(heard) });
  };

  return {
    number: numberText(request.number),
    isEmergency: country !== null && (reader?.isEmergencyNumber(request.number, country) ?? false),
    consequence: consequence(),
    possible: !inConference && !settingUp,
    call: () => {
      settle();
      void dialNumber(request.number);
    },
    cancel: settle,
  };
};
