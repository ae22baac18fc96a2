import type { ContactGuidance, GuidanceBook } from '../../../shared/api/guidance.ts';
import type { User } from '../../../shared/api/records.ts';
import type { Script } from '../../../shared/domain/script/script.ts';
import type { VerificationPolicy } from '../../../shared/domain/verification/verification.ts';
import { success } from '../../../shared/result.ts';
import type { Database } from '../../database/database.ts';
import { refused, type Answer } from '../../problem.ts';
import { maySee } from '../contacts/contact-access.ts';
import {
  listPolicies,
  listQueueGuidance,
  listScripts,
  readGuidanceVersion,
  readMacros,
} from './guidance-centre.ts';
import { findItems, findMoves } from './guidance-repository.ts';
import { findAttempts } from './verification-attempts.ts';

/** Scripts, pieces of text and verification, as agents read them. */
export type Guidance = {
  readonly book: (user: User) => Promise<GuidanceBook>;
  readonly ofContact: (user: User, contactId: string) => Promise<Answer<ContactGuidance>>;
};

const noContact = refused('not_found', 'there is no such contact among those you may see');

export const createGuidance = (database: Database): Guidance => ({
  book: async ({ id }) => {
    const [version, queues, scripts, policies, macros, [me]] = await Promise.all([
      readGuidanceVersion(database),
      listQueueGuidance(database),
      listScripts(database),
      listPolicies(database),
      readMacros(database),
      database.query<{ readonly team: string | null }>('SELECT team FROM users WHERE id = $1', [
        id,
      ]),
    ]);
    const team = me?.team ?? null;
    return {
      version,
      queues,
      scripts,
      policies,
      macros: macros
        .filter(({ teams }) => teams === undefined || (team !== null && teams.includes(team)))
        .map((macro) => ({ ...macro, queues: macro.queues ?? [], teams: macro.teams ?? [] })),
    };
  },
  ofContact: async (user, contactId) => {
    if (!(await maySee(database, user, contactId))) return noContact;
    const [moves, attempts] = await Promise.all([
      findMoves(database, contactId),
      findAttempts(database, contactId),
    ]);
    const [scripts, policies] = await Promise.all([
      findItems<Omit<Script, 'code' | 'version'>>(
        database,
        'script',
        moves.map(({ fact: { script, version } }) => ({ code: script, version })),
      ),
      findItems<Omit<VerificationPolicy, 'code' | 'version'>>(
        database,
        'verification',
        attempts.map(({ policy, version }) => ({ code: policy, version })),
      ),
    ]);
    return success({
      scripts: scripts.map(({ content, ...item }) => ({ ...item, ...content })),
      policies: policies.map(({ content, ...item }) => ({ ...item, ...content })),
      moves: moves.map(({ fact: { kind: _kind, callKey: _key, ...move }, agent }) => ({
        ...move,
        agent,
      })),
      attempts,
    });
  },
});
