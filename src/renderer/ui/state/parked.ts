import type { TFunction } from 'i18next';
import type { ParkedCall } from '../../../shared/api/records.ts';
import { firstText } from '../i18n/formats.ts';
import { orderPhone } from './orders.ts';
import { change, showDesk } from './view-store.ts';

/** Who it is, as well as is known. */
export const parkedName = ({ name, number }: ParkedCall, t: TFunction): string =>
  firstText(name, number, t('parked.unknown'));

/** Takes the customer to this desk. */
export const pickUp = ({ slot, callKey, name, number }: ParkedCall): void => {
  void orderPhone({ kind: 'pick_up', slot, callKey, number, name }).then((callId) => {
    if (callId === null) return;
    change({ chosenCallId: callId });
    showDesk();
  });
};
