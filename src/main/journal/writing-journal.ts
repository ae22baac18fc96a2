import type { DatabaseSyncInstance } from '@photostructure/sqlite';
import type { KeptWriting } from '../../shared/ipc/deeds.ts';
import { failure, success, type Result } from '../../shared/result.ts';
import { createLogger, reasonOf } from '../log/logger.ts';

const log = createLogger('journal');

/** From Friday evening until Monday morning; what nobody sends by then leaves the disk. */
export const keepWritingMs = 72 * 3_600_000;

type About = Pick<KeptWriting, 'kind' | 'contactId'>;

/** What agents were writing for other systems, sealed as everything here is, each agent's own. */
export type WritingJournal = {
  /** `at`: this machine's wall clock, epoch ms. */
  readonly put: (agentId: string, writing: KeptWriting, at: number) => Result<null, string>;
  readonly drop: (agentId: string, about: About) => Result<null, string>;
  readonly of: (agentId: string, at: number) => readonly KeptWriting[];
};

type Needs = {
  readonly seal: (text: string) => Uint8Array;
  readonly opened: (sealed: Uint8Array) => KeptWriting | null;
  /** Why the disk did not take it; null: it did. */
  readonly wrote: (problem: string | null) => void;
};

export const writingIn = (
  database: DatabaseSyncInstance,
  { seal, opened, wrote }: Needs,
): WritingJournal => {
  const insert = database.prepare(
    'INSERT OR REPLACE INTO writing (agent_id, contact_id, kind, written_at, body) VALUES (?, ?, ?, ?, ?)',
  );
  const remove = database.prepare(
    'DELETE FROM writing WHERE agent_id = ? AND contact_id = ? AND kind = ?',
  );
  const removeOld = database.prepare('DELETE FROM writing WHERE written_at < ?');
  const all = database.prepare('SELECT body FROM writing WHERE agent_id = ? ORDER BY written_at');

  const write = (work: () => void): Result<null, string> => {
    try {
      work();
      wrote(null);
      return success(null);
    } catch (thrown) {
      const why = reasonOf(thrown);
      log.error('What is written for another system was not kept', { why });
      wrote(why);
      return failure(why);
    }
  };

  return {
    put: (agentId, writing, at) =>
      write(() => {
        const { contactId, kind } = writing;
        removeOld.run(at - keepWritingMs);
        insert.run(agentId, contactId, kind, at, seal(JSON.stringify(writing)));
      }),
    drop: (agentId, { contactId, kind }) =>
      write(() => {
        remove.run(agentId, contactId, kind);
      }),
    of: (agentId, at) => {
      write(() => {
        removeOld.run(at - keepWritingMs);
      });
      return (all.all(agentId) as readonly { body: Uint8Array }[]).flatMap(({ body }) => {
        const writing = opened(body);
        return writing === null ? [] : [writing];
      });
    },
  };
};
