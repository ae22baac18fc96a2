import type { EngineSetup, Levels, PhoneCommand, PhoneSnapshot } from '../../shared/ipc/phone.ts';
import type { Settings } from '../../shared/ipc/desk.ts';
import type { FloorEvent } from '../../shared/ipc/floor.ts';
import type { ProveOrder } from '../../shared/ipc/readiness.ts';
import type { JoinOrder } from '../../shared/ipc/supervision.ts';
import type { DeskEngineHandlers } from '../ipc/engine-ipc.ts';
import type { DeskHandlers } from '../ipc/ui-answers.ts';
import type { Journal } from '../journal/journal.ts';
import type { DeskEvidence } from '../evidence/desk-evidence.ts';
import type { PowerPorts } from '../power/power.ts';
import type { Fetch } from './api-client.ts';
import type { DirectoryPorts } from './directory-requests.ts';
import type { ReportPorts } from './report-requests.ts';
import type { Floor } from './floor.ts';
import type { DeskReadiness } from '../readiness/desk-readiness.ts';
import type { DeskStore } from './desk-store.ts';
import type { PaymentSteps } from '../payment/payment-steps.ts';
import type { OpenPage } from './elsewhere-requests.ts';

export type DeskPorts = {
  readonly store: DeskStore;
  readonly journal: Journal;
  readonly fetch: Fetch;
  readonly monotonicMs: () => number;
  readonly wallNow: () => number;
  /** Since the machine started, its sleep included. */
  readonly uptimeMs: () => number;
  readonly random: () => number;
  /** Writes the settings; false when they could not be kept. */
  readonly keepSettings: (change: Partial<Settings>) => boolean;
  readonly onSettings: (settings: Settings) => void;
  readonly onPhone: (snapshot: PhoneSnapshot) => void;
  readonly onLevels: (levels: Levels) => void;
  readonly onFloor: (event: FloorEvent) => void;
  readonly setupEngine: (setup: EngineSetup) => void;
  readonly commandEngine: (commandId: string, command: PhoneCommand) => boolean;
  readonly orderJoin: (order: JoinOrder) => void;
  readonly orderProof: (order: ProveOrder) => void;
  readonly wakeEngine: PowerPorts['onWake'];
  readonly onEngineAsked: () => void;
  /** Asks the user where to; null: nowhere. */
  readonly saveFile: (name: string, text: string) => Promise<string | null>;
  readonly openFile: DirectoryPorts['openFile'];
  readonly printPage: ReportPorts['printPage'];
  readonly openPage: OpenPage;
};

export type Desk = {
  readonly ui: DeskHandlers;
  readonly engine: DeskEngineHandlers;
  readonly phone: () => PhoneSnapshot;
  readonly token: () => string | null;
  /** The domain of the phone's address, where it has one. */
  readonly sipDomain: () => string | null;
  readonly engineLost: () => void;
  readonly readiness: Pick<DeskReadiness, 'ringTested' | 'heard'>;
  readonly power: PowerPorts;
  readonly evidence: Pick<DeskEvidence, 'shown' | 'ringTested' | 'checked'>;
  readonly floor: Pick<Floor, 'close'>;
  readonly payments: Pick<PaymentSteps, 'pageOpened'>;
  /** Hangs up, sends what waits and signs off, as far as that goes in a few seconds. */
  readonly farewell: () => Promise<void>;
};
