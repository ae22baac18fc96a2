import type { TFunction } from 'i18next';
import type { StatusItem } from './status-items.ts';

/** The item's one word. */
export const wordOf = (item: StatusItem, t: TFunction): string => {
  switch (item.name) {
    case 'signalling':
      return t(`status.signalling.${item.word}`);
    case 'backend':
      return t(`status.backend.${item.word}`);
    case 'pbx':
      return t(`status.pbx.${item.word}`);
    case 'microphone':
      return t(`status.microphone.${item.word}`);
    case 'line':
      return t(`status.line.${item.word}`);
    case 'headset':
      return t(`status.headset.${item.word}`);
    case 'power':
      return t(`status.power.${item.word}`);
    case 'update':
      return t(`status.update.${item.word}`);
    case 'devices':
      return t(`status.devices.${item.word}`);
  }
};
