import type { Database } from '../../database/database.ts';
import { createKeyedQueue } from '../../keyed-queue.ts';
import type { Log } from '../../log.ts';
import type { Pbx } from '../../pbx/pbx.ts';
import { findUser } from '../accounts/accounts-repository.ts';

/** Phones that died in a call cannot end it. Until the PBX's RTP timeout the customer would hear nothing. */
export type FailedPhones = {
  /** Ends the agent's leg of the call as it was at `failedAt` (epoch ms). A PBX that cannot is left to its timeout. */
  readonly hangUp: (agentId: string, callKey: string, failedAt: number) => void;
  readonly idle: () => Promise<void>;
};

type Needs = { readonly database: Database; readonly pbx: Pbx; readonly log: Log };

export const createFailedPhones = ({ database, pbx, log }: Needs): FailedPhones => {
  const queue = createKeyedQueue((error, callKey) => {
    log.error({ error, callKey }, 'the leg of a phone that died could not be ended');
  });
  return {
    hangUp: (agentId, callKey, failedAt) => {
      void queue.add(callKey, async () => {
        const user = await findUser(database, agentId);
        if (user === null) return;
        const ended = await pbx.hangUp({ callKey, extension: user.extension, failedAt });
        if (ended.ok || ended.why.code === 'not_supported') return;
        const { code, message } = ended.why;
        log.warn(
          { agentId, callKey, code, why: message },
          'the PBX did not end the leg of a phone that died',
        );
      });
    },
    idle: queue.idle,
  };
};
