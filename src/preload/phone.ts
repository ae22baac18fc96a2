import { contextBridge, ipcRenderer, type IpcRendererEvent } from 'electron';
import type { PhoneBridge } from '../shared/ipc/bridge.ts';
import {
  engineOrderNames,
  engineReportNames,
  engineRequestNames,
} from '../shared/ipc/channel-names.ts';
import type { EngineAnswer, EngineOrder } from '../shared/ipc/contract.ts';

const bridge: PhoneBridge = {
  request: async (name) => {
    if (!Object.hasOwn(engineRequestNames, name)) throw new Error('No such request');
    // Main answers each name with the contract's shape.
    return (await ipcRenderer.invoke(name, null)) as EngineAnswer<typeof name>;
  },
  report: (name, report) => {
    if (!Object.hasOwn(engineReportNames, name)) throw new Error('No such report');
    ipcRenderer.send(name, report);
  },
  on: (name, listener) => {
    if (!Object.hasOwn(engineOrderNames, name)) throw new Error('No such order');
    const receive = (_event: IpcRendererEvent, order: EngineOrder<typeof name>): void => {
      listener(order);
    };
    ipcRenderer.on(name, receive);
    return () => {
      ipcRenderer.off(name, receive);
    };
  },
};

contextBridge.exposeInMainWorld('ringsidePhone', bridge);
