import { bridge } from './bridge.ts';
import { synchroniseClock } from './clock.ts';
import { publishDeviceReport } from './device-reports.ts';
import { mirrorDesk, useDeskStore } from './desk-store.ts';
import { publishLevels } from './levels.ts';
import { mirrorPhone, usePhoneStore } from './phone-store.ts';
import { joinRings } from './whole-ring.ts';

/** Listens first and asks then, so that no change falls between the two. Resolves once the desk is known. */
export const connect = async (onShow: (place: 'desk' | 'settings') => void): Promise<void> => {
  const ringside = bridge();
  const ring = joinRings({
    desk: mirrorDesk,
    phone: (phone) => {
      mirrorPhone(phone, 'event');
    },
    shown: () => ({ ...useDeskStore.getState(), ...usePhoneStore.getState() }),
    isHidden: () => document.hidden,
  });
  ringside.on('desk.changed', ring.desk);
  ringside.on('phone.changed', ring.phone);
  ringside.on('phone.levels', publishLevels);
  ringside.on('devices.told', publishDeviceReport);
  ringside.on('ui.show', onShow);
  document.addEventListener('visibilitychange', () => {
    if (!document.hidden) void synchroniseClock();
  });
  window.addEventListener('focus', () => void synchroniseClock());
  const phone = ringside.request('phone.snapshot', null).then((snapshot) => {
    mirrorPhone(snapshot, 'answer');
  });
  const desk = ringside.request('desk.snapshot', null).then(mirrorDesk);
  await Promise.all([phone, desk, synchroniseClock()]);
};
