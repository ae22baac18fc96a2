import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import type { ConsentFact, ConsentFactKind } from '../../src/shared/domain/consent/consent.ts';
import type { Client, TestBackend } from './backend.ts';
import { people, type Person } from './centre.ts';
import { createJournal } from './journal.ts';

/** A call that the PBX has told of, and what is said in it. */
export type RecordedCall = {
  readonly callKey: string;
  readonly say: (
    kind: ConsentFactKind,
    more?: Partial<Pick<ConsentFact, 'at' | 'how' | 'by'>>,
  ) => Promise<void>;
  readonly joins: (agent: Person) => Promise<void>;
  readonly leaves: (agent: Person) => Promise<void>;
};

type Begin = { readonly queue?: string | null; readonly number?: string };

/** A customer calls and this agent, who is signed in as the client, answers. */
export const beginCall = async (
  bed: Pick<TestBackend, 'backend' | 'pbx'>,
  client: Client,
  { queue = 'support', number = '+13035550123' }: Begin = {},
): Promise<RecordedCall> => {
  const callKey = randomUUID();
  const callId = randomUUID();
  const caller = { remoteNumber: number, remoteName: '' };
  const joins = async ({ extension }: Person): Promise<void> => {
    const report = { at: Date.now(), callKey, extension };
    bed.pbx.report({ kind: 'leg_offered', ...report, queue, ...caller });
    bed.pbx.report({ kind: 'leg_answered', ...report });
    await bed.backend.idle();
  };
  await joins(people.alice);
  return {
    callKey,
    joins,
    leaves: async ({ extension }) => {
      const report = { at: Date.now(), callKey, extension };
      bed.pbx.report({ kind: 'leg_ended', ...report, answered: true, cause: 16 });
      await bed.backend.idle();
    },
    say: async (kind, more = {}) => {
      const fact = { id: randomUUID(), callId, callKey, at: Date.now(), kind, ...more };
      const event = createJournal(people.alice.id).event({ topic: 'consent', fact });
      const { body } = await client.ask('POST', '/events', { events: [event] });
      expect(body).toMatchObject({ refused: [] });
      await bed.backend.idle();
    },
  };
};
