import type { UiBridge } from '../../../shared/ipc/bridge.ts';

declare global {
  interface Window {
    /** Set by the preload before any script of the page runs. */
    readonly ringside: UiBridge;
  }
}

export const bridge = (): UiBridge => window.ringside;
