import { contextBridge, ipcRenderer, type IpcRendererEvent } from 'electron';
import type { UiBridge } from '../shared/ipc/bridge.ts';
import { uiEventNames, uiRequestNames } from '../shared/ipc/channel-names.ts';
import type { UiAnswer, UiEvent } from '../shared/ipc/contract.ts';

const bridge: UiBridge = {
  request: async (name, payload) => {
    if (!Object.hasOwn(uiRequestNames, name)) throw new Error('No such request');
    // Main answers each name with the contract's shape.
    return (await ipcRenderer.invoke(name, payload)) as UiAnswer<typeof name>;
  },
  on: (name, listener) => {
    if (!Object.hasOwn(uiEventNames, name)) throw new Error('No such event');
    const receive = (_event: IpcRendererEvent, event: UiEvent<typeof name>): void => {
      listener(event);
    };
    ipcRenderer.on(name, receive);
    return () => {
      ipcRenderer.off(name, receive);
    };
  },
};

contextBridge.exposeInMainWorld('ringside', bridge);
