import type { CheckOrder } from '../../../shared/ipc/shift-check.ts';
import type { CheckPorts } from './check-ports.ts';

/** Does for the check of a shift what main asks for. Loaded with the first one. */
export const followChecks = (ports: CheckPorts): void => {
  let parts: Promise<(order: CheckOrder) => void> | null = null;
  ports.bridge.on('engine.check', (order) => {
    parts ??= import('./check-parts.ts').then(({ createCheckParts }) => createCheckParts(ports));
    void parts.then((take) => take(order));
  });
};
