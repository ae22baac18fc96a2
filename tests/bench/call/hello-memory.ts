import { setTimeout as pause } from 'node:timers/promises';
import type { Centre } from '../support/centre.ts';
import { memoryMb } from '../support/process-tree.ts';
import { helloAddress, launchPlain } from '../support/programs.ts';
import { settleMs } from './plan.ts';

/** Memory of an Electron with two windows and nothing in them, MB. */
export const measureHelloMemory = async (centre: Centre): Promise<number> => {
  const hello = await launchPlain(centre, 'hello', { windows: 2 });
  try {
    // As the app: driven until it stands, then left alone.
    const attached = await hello.attach();
    await (await attached.page(helloAddress)).getByRole('heading').waitFor();
    await attached.detach();
    await pause(settleMs);
    return memoryMb(hello.pid);
  } finally {
    await hello.stop();
  }
};
