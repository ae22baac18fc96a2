import type { PhoneBridge } from '../../shared/ipc/bridge.ts';
import { startEngine } from './engine.ts';
import { loggerTo, textOf } from './log.ts';

declare global {
  interface Window {
    /** Put there by the preload. */
    readonly ringsidePhone: PhoneBridge;
  }
}

startEngine(window.ringsidePhone).catch((error: unknown) => {
  loggerTo(window.ringsidePhone)('main').error('the phone did not start', { error: textOf(error) });
});
