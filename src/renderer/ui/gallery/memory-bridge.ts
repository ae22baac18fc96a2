import type { UiBridge } from '../../../shared/ipc/bridge.ts';
import type {
  UiAnswer,
  UiEvent,
  UiEventName,
  UiPayload,
  UiRequestName,
} from '../../../shared/ipc/contract.ts';
import type { DeskSnapshot } from '../../../shared/ipc/desk.ts';
import type { PhoneSnapshot } from '../../../shared/ipc/phone.ts';

export type Request = { readonly name: UiRequestName; readonly payload: unknown };

type Handlers = {
  readonly [Name in UiRequestName]?: (
    payload: UiPayload<Name>,
  ) => UiAnswer<Name> | Promise<UiAnswer<Name>>;
};

export type MemoryBridge = UiBridge & {
  readonly desk: () => DeskSnapshot;
  readonly phone: () => PhoneSnapshot;
  readonly changeDesk: (part: Partial<DeskSnapshot>) => void;
  readonly changePhone: (part: Partial<PhoneSnapshot>) => void;
  readonly emit: <Name extends UiEventName>(name: Name, event: UiEvent<Name>) => void;
  /** Everything the UI asked for, in order. */
  readonly requests: readonly Request[];
};

/** Main and preload in memory: the same contract as the real bridge, driven by a scene. */
export const createMemoryBridge = (
  desk: DeskSnapshot,
  phone: PhoneSnapshot,
  handlersOf: (bridge: MemoryBridge) => Handlers,
): MemoryBridge => {
  let currentDesk = desk;
  let currentPhone = phone;
  const requests: Request[] = [];
  const listeners = new Map<UiEventName, Set<(event: never) => void>>();

  const emit = <Name extends UiEventName>(name: Name, event: UiEvent<Name>): void => {
    for (const listener of listeners.get(name) ?? []) {
      // `on` files each listener under the name whose event it takes.
      (listener as (event: UiEvent<Name>) => void)(event);
    }
  };

  const bridge: MemoryBridge = {
    requests,
    emit,
    desk: () => currentDesk,
    phone: () => currentPhone,
    changeDesk: (part) => {
      currentDesk = { ...currentDesk, ...part, revision: currentDesk.revision + 1 };
      emit('desk.changed', currentDesk);
    },
    changePhone: (part) => {
      currentPhone = { ...currentPhone, ...part, revision: currentPhone.revision + 1 };
      emit('phone.changed', currentPhone);
    },
    on: (name, listener) => {
      const known = listeners.get(name) ?? new Set();
      listeners.set(name, known);
      known.add(listener);
      return () => known.delete(listener);
    },
    request: async (name, payload) => {
      requests.push({ name, payload });
      await Promise.resolve();
      const handler = handlers[name];
      if (handler === undefined) throw new Error(`the scene answers no ${name}`);
      return handler(payload);
    },
  };
  const handlers = handlersOf(bridge);
  return bridge;
};
