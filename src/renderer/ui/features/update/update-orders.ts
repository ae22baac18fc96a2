import { i18n } from '../../i18n/i18n.ts';
import { order } from '../../state/orders.ts';
import { giveNotice } from '../../state/notice-store.ts';

export const checkForUpdate = (): Promise<unknown> => order('update.check', null);

/** Ends the program and starts the new one, or says why not now. */
export const applyUpdate = async (): Promise<void> => {
  const answer = await order('update.apply', null);
  if (!answer.ok) return;
  const { obstacle, failure } = answer.value;
  if (obstacle !== null) {
    giveNotice({ tone: 'info', text: i18n.t(`updates.obstacle.${obstacle}`), detail: null });
  } else if (failure !== null) {
    giveNotice({ tone: 'error', text: i18n.t(`updates.failed.${failure}`), detail: null });
  }
};
