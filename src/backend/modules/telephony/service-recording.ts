import type { RecordingView } from '../../../shared/api/records.ts';
import type { ConsentFact } from '../../../shared/domain/consent/consent.ts';
import {
  consentForRecording,
  recordingDecision,
  type RecordingPolicy,
} from '../../../shared/domain/consent/recording-decision.ts';
import type { Need } from '../../../shared/domain/consent/rule.ts';
import type { Database, Queryable, Transaction } from '../../database/database.ts';
import type { Pbx } from '../../pbx/pbx.ts';
import { readCentreSetting, saveCentreSetting } from '../centre/centre-settings.ts';

/** Whether phones tell a plain SIP service to record. Nobody here can make it, or know that it did. */
export type ServiceRecording = {
  readonly isOn: () => boolean;
  /** Reads anew what the centre allows. */
  readonly refresh: () => Promise<boolean>;
};

type Rules = { readonly recordingByService?: boolean | undefined };

const read = async (database: Queryable): Promise<boolean> => {
  const value = await readCentreSetting<unknown>(database, 'recordingByService');
  return value === true;
};

export const saveServiceRecording = async (
  transaction: Transaction,
  { recordingByService }: Rules,
): Promise<void> => {
  await saveCentreSetting(transaction, 'recordingByService', recordingByService);
};

/** Left out where it is as usual. */
export const showServiceRecording = async (
  database: Queryable,
): Promise<{ readonly recordingByService?: true }> =>
  (await read(database)) ? { recordingByService: true } : {};

export const createServiceRecording = (database: Database, pbx: Pbx): ServiceRecording => {
  let isAllowed = false;
  return {
    isOn: () => isAllowed,
    refresh: async () => {
      isAllowed = pbx.kind === 'none' && (await read(database));
      return isAllowed;
    },
  };
};

type Terms = { readonly rule: { readonly need: Need }; readonly policy: RecordingPolicy };

/** What the phone is to tell the service of this call, by the decision that a PBX of ours would be bound to. */
export const serviceRecordingView = (
  facts: readonly ConsentFact[],
  { rule, policy }: Terms,
  call: { readonly isOver: boolean; readonly isPaused: boolean },
): RecordingView => {
  const consent = consentForRecording(facts, { need: rule.need, policy });
  const decision = recordingDecision(rule, consent, {
    live: !call.isOver,
    policy,
    pause: call.isPaused ? 'payment' : 'none',
    // the desk falls silent by itself when its line to the backend is gone
    deskLine: 'there',
  });
  return { state: 'by_service', wanted: decision.do === 'record' };
};
