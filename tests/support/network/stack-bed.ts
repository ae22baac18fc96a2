import { type Stack, startStack } from '../stack.ts';
import { type DeskNetwork, openDeskNetwork } from './desk-network.ts';

/** Database, PBX and backend on this machine, and a network in which the whole program is started. */
export type StackBed = {
  readonly network: DeskNetwork;
  /** As it is seen from in there. */
  readonly stack: Stack;
  /** For the program's environment. */
  readonly env: Readonly<Record<string, string>>;
  readonly stop: () => Promise<void>;
};

/** `phonesFindPbxAt`: a port of this machine's loopback in the place of the PBX's own. */
export const startStackBed = async (phonesFindPbxAt?: number): Promise<StackBed> => {
  const network = await openDeskNetwork();
  try {
    let sipPort = phonesFindPbxAt ?? 0;
    const sip = await network.openDoor(() => sipPort);
    const stack = await startStack(undefined, {
      mediaAddress: network.machine,
      backendEnv: { RINGSIDE_SIP_URL: `ws://${network.machine}:${sip.port}/ws` },
    });
    sipPort = phonesFindPbxAt ?? stack.services.asterisk?.current().ports.http ?? 0;
    const backend = await network.openDoor(() => Number(new URL(stack.services.backendUrl).port));
    const inside = network.inside(stack.electron.executable);
    const backendUrl = `http://${network.machine}:${backend.port}`;
    return {
      network,
      stack: {
        ...stack,
        services: { ...stack.services, backendUrl },
        electron: { ...stack.electron, executable: inside.program },
      },
      env: inside.env,
      stop: async () => {
        await stack.stop();
        await network.stop();
      },
    };
  } catch (error) {
    await network.stop();
    throw error;
  }
};
