import type { PhoneBridge, UiBridge } from '../../../../src/shared/ipc/bridge.ts';

declare global {
  interface Window {
    readonly ringside: UiBridge;
    readonly ringsidePhone: PhoneBridge;
  }
}
