import type { EmergencyCall, KnownAddress } from '../../../shared/api/emergency.ts';
import type { PlaceAddress } from '../../../shared/domain/emergency/location.ts';
import { callsForHelp } from '../../../shared/domain/phone-number/emergency-numbers.ts';
import type { Now } from '../../clock.ts';
import type { Database } from '../../database/database.ts';
import { createKeyedQueue } from '../../keyed-queue.ts';
import type { Log } from '../../log.ts';
import { appendAudit } from '../audit/audit-log.ts';
import { listSupervisorsOf } from '../help/help-repository.ts';
import type { PushHub } from '../push/push-hub.ts';
import {
  forgetAddresses,
  insertCall,
  listCallsFor,
  readAddress,
  readCall,
  saveAddress,
  saveNetwork,
} from './emergency-repository.ts';

/** A supervisor who signs in is told of what happened within this time. */
const toldForMs = 3_600_000;
const addressKeptMs = 400 * 24 * 3_600_000;

type Dialed = {
  readonly agentId: string;
  readonly callKey: string;
  readonly number: string;
  readonly at: number;
};

/** Calls for help: who has to know of them, and where the caller is. */
export type Emergencies = {
  /** An agent dialled this; told to supervisors at once, and once, if it calls for help. By PBX and phone, whichever first. */
  readonly dialed: (call: Dialed) => void;
  /** The agent's desk is in this network now. */
  readonly moved: (agentId: string, network: string | null) => Promise<KnownAddress>;
  readonly confirm: (agentId: string, network: string, address: PlaceAddress) => Promise<void>;
  readonly deskPart: (userId: string) => Promise<{ readonly emergencies?: EmergencyCall[] }>;
  readonly idle: () => Promise<void>;
};

export const createEmergencies = ({
  database,
  push,
  country,
  now,
  log,
}: {
  readonly database: Database;
  readonly push: Pick<PushHub, 'toUser' | 'isConnected'>;
  /** ISO 3166-1. */
  readonly country: string;
  readonly now: Now;
  readonly log: Log;
}): Emergencies => {
  const telling = createKeyedQueue((error, callKey) => {
    log.error({ error, callKey }, 'a call for help could not be told');
  });

  const tell = async ({ agentId, callKey, number, at }: Dialed): Promise<void> => {
    const isNew = await database.transaction(async (transaction) => {
      if (!(await insertCall(transaction, { agentId, callKey, number, at }))) return false;
      const details = { callKey, number };
      const line = { at: now(), actor: agentId, subject: agentId, details };
      await appendAudit(transaction, { ...line, action: 'emergency_call' });
      return true;
    });
    if (!isNew) return;
    log.warn({ agentId, callKey }, 'an agent calls for help');
    const call = await readCall(database, callKey);
    if (call === null) return;
    for (const userId of (await listSupervisorsOf(database, agentId)).filter(push.isConnected)) {
      push.toUser(userId, { kind: 'emergency', call });
    }
  };

  return {
    dialed: (call) => {
      if (callsForHelp(call.number, country)) void telling.add(call.callKey, () => tell(call));
    },
    moved: async (agentId, network) => {
      await saveNetwork(database, agentId, network, now());
      return readAddress(database, agentId, network);
    },
    confirm: async (agentId, network, address) => {
      await saveAddress(database, agentId, { network, address }, now());
      await saveNetwork(database, agentId, network, now());
      await forgetAddresses(database, now() - addressKeptMs);
    },
    deskPart: async (userId) => {
      const calls = await listCallsFor(database, userId, now() - toldForMs);
      return calls.length === 0 ? {} : { emergencies: [...calls] };
    },
    idle: telling.idle,
  };
};
