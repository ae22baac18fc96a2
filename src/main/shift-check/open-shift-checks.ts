import { app, type WebContents } from 'electron';
import type { Desk } from '../desk/desk-ports.ts';
import type { DeskStore } from '../desk/desk-store.ts';
import { orderEngine } from '../ipc/engine-ipc.ts';
import { tellUi } from '../ipc/ui-ipc.ts';
import { createShiftChecks, type ShiftChecks } from './shift-checks.ts';

/** The check before a shift, between the page, the phone and the desk. */
export const openShiftChecks = (ports: {
  readonly store: DeskStore;
  readonly desk: Pick<Desk, 'ui' | 'phone' | 'evidence' | 'engine'>;
  /** null: there is no phone now. */
  readonly engine: () => WebContents | null;
  readonly ui: () => WebContents;
  readonly ringHeard: (heard: boolean) => void;
}): ShiftChecks => {
  const { store, desk, engine, ui } = ports;
  const checks = createShiftChecks({
    store,
    order: (order) => {
      const contents = engine();
      if (contents === null) return false;
      orderEngine(contents, 'engine.check', order);
      return true;
    },
    publish: (run) => tellUi(ui(), 'check.changed', run),
    publishLevel: (peak) => tellUi(ui(), 'check.level', peak),
    phone: desk.phone,
    mine: async () => desk.ui['check.mine'](null),
    ringHeard: ports.ringHeard,
    keep: desk.evidence.checked,
    folder: app.getPath('userData'),
    now: desk.engine.requests['clock.now'],
    wallNow: Date.now,
    monotonicMs: () => performance.now(),
  });
  store.subscribe(checks.follow);
  return checks;
};
