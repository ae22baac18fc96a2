import type {
  EngineAnswer,
  EngineOrder,
  EngineOrderName,
  EngineReport,
  EngineReportName,
  EngineRequestName,
  UiAnswer,
  UiEvent,
  UiEventName,
  UiPayload,
  UiRequestName,
} from './contract.ts';

/** What the preload puts on the UI's window as `ringside`. */
export interface UiBridge {
  request<Name extends UiRequestName>(
    name: Name,
    payload: UiPayload<Name>,
  ): Promise<UiAnswer<Name>>;
  /** Returns the function that unsubscribes. */
  on<Name extends UiEventName>(name: Name, listener: (event: UiEvent<Name>) => void): () => void;
}

/** What the preload puts on the engine's window as `ringsidePhone`. */
export interface PhoneBridge {
  request<Name extends EngineRequestName>(name: Name): Promise<EngineAnswer<Name>>;
  report<Name extends EngineReportName>(name: Name, report: EngineReport<Name>): void;
  on<Name extends EngineOrderName>(
    name: Name,
    listener: (order: EngineOrder<Name>) => void,
  ): () => void;
}
