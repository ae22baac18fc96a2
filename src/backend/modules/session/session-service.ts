import { createHash, randomBytes } from 'node:crypto';
import type { User } from '../../../shared/api/records.ts';
import type { Session, SignIn, SipAccount, SipProblem } from '../../../shared/api/routes.ts';
import type { Result } from '../../../shared/result.ts';
import { failure, success } from '../../../shared/result.ts';
import type { Now } from '../../clock.ts';
import type { Config } from '../../config.ts';
import type { Database } from '../../database/database.ts';
import type { MintId } from '../../identifiers.ts';
import type { Log } from '../../log.ts';
import type { Pbx } from '../../pbx/pbx.ts';
import type { SignedIn } from '../../plugins/access.ts';
import { refused, type Answer } from '../../problem.ts';
import { mintRelay } from '../../relay.ts';
import { findAccountByUsername, findUser } from '../accounts/accounts-repository.ts';
import { isPassword, nobodysHash } from '../accounts/password.ts';
import { lockStanding } from '../agent/agent-repository.ts';
import type { Agents, SignedOut } from '../agent/agent-service.ts';
import type { Desks } from '../desk/desk-service.ts';
import type { PushHub } from '../push/push-hub.ts';
import { findOwedCalls, owedForMs } from './owed-wrap-ups.ts';
import {
  endExpiredSessions,
  endSession,
  endSessionsOf,
  findLiveSession,
  insertSession,
  listSignedInExtensions,
} from './session-repository.ts';

export type Sessions = {
  readonly signIn: (given: SignIn) => Promise<Answer<Session>>;
  readonly signOut: (who: SignedIn) => Promise<void>;
  /** Who this token belongs to; null: nobody (any more). */
  readonly of: (token: string) => Promise<SignedIn | null>;
  /** A fresh SIP account; the one before stops working. */
  readonly sipAccount: (user: User) => Promise<Result<SipAccount, SipProblem>>;
  /** A supervisor signed the agent out: says so, and takes the phone's account. */
  readonly signedOut: (userId: string, signedOut: SignedOut) => Promise<void>;
  /** From now on phones whose secret was lost with a backend and a PBX that both died are asked for another. */
  readonly start: () => void;
  readonly stop: () => void;
  /** Ends what has run out. */
  readonly sweep: () => Promise<void>;
};

type Needs = {
  readonly database: Database;
  readonly config: Config;
  readonly agents: Agents;
  readonly desks: Desks;
  readonly push: PushHub;
  readonly pbx: Pbx;
  readonly now: Now;
  readonly mintId: MintId;
  readonly log: Log;
};

/** A shift: sessions and SIP secrets last no longer. */
const lifetimeMs = 12 * 3_600_000;
/** A call that began with an account of the relay ends with it. */
const relayOutlastsMs = 4 * 3_600_000;

const hashOf = (token: string): Buffer => createHash('sha256').update(token).digest();

export const createSessions = (needs: Needs): Sessions => {
  let unsubscribe: (() => void) | null = null;
  const { database, config, agents, desks, push, pbx, now, mintId, log } = needs;

  const sipAccount: Sessions['sipAccount'] = async (user) => {
    if (pbx.status().state === 'disconnected') return failure('pbx_away');
    const minted = await pbx.mintCredentials(user.extension, lifetimeMs);
    if (!minted.ok) {
      const { code, message } = minted.why;
      // The phone goes on asking: somebody may put the account into the list.
      const level = code === 'no_account' ? 'info' : 'warn';
      log[level]({ userId: user.id, code, why: message }, 'no SIP account');
      return failure(code);
    }
    const { username, password, expiresAt, uri } = minted.value;
    return success({
      uri: uri ?? `sip:${username}@${config.sipDomain}`,
      username,
      password,
      edges: [...config.sipEdges],
      country: config.country,
      voicemailNumber: config.voicemailNumber,
      ...(config.relay === null
        ? {}
        : { relay: mintRelay(config.relay, user.extension, expiresAt + relayOutlastsMs) }),
      ...(pbx.proofExtension === null ? {} : { proofExtension: pbx.proofExtension }),
      expiresAt,
    });
  };

  const revokeAccount = async (userId: string): Promise<void> => {
    const user = await findUser(database, userId);
    if (user === null) return;
    const revoked = await pbx.revokeCredentials(user.extension);
    if (!revoked.ok && revoked.why.code !== 'not_supported') {
      log.warn({ userId, code: revoked.why.code }, 'the SIP secret could not be revoked');
    }
  };

  const goOffline = async (userId: string): Promise<void> => {
    await agents.take(userId, [{ step: { kind: 'signed_out' }, at: now(), source: 'system' }]);
    await revokeAccount(userId);
  };

  /** With what is owed from before; whatever is completed meanwhile waits for the agent's row. */
  const goOnline = async (userId: string): Promise<void> => {
    const change = await database.transaction(async (transaction) => {
      const { standing } = await lockStanding(transaction, userId);
      if (standing.signedIn) return null;
      const at = now();
      const wrapUps = await findOwedCalls(transaction, userId, at - owedForMs);
      const step = { kind: 'signed_in', wrapUps, at } as const;
      return agents.takeIn(transaction, userId, [{ step, at, source: 'system' }]);
    });
    agents.announce(change);
  };

  /** One live session per user: the newer one wins. */
  const begin = async (user: User, deviceId: string, token: string, expiresAt: number) => {
    const before = await database.transaction(async (transaction) => {
      // Two sign-ins at once take turns.
      await transaction.query('SELECT id FROM users WHERE id = $1 FOR UPDATE', [user.id]);
      const ended = await endSessionsOf(transaction, user.id, now(), deviceId);
      await insertSession(transaction, {
        id: mintId(),
        userId: user.id,
        deviceId,
        tokenHash: hashOf(token),
        createdAt: now(),
        expiresAt,
      });
      return ended;
    });
    for (const session of before) {
      const elsewhere = session.deviceId !== deviceId;
      push.end(session.id, elsewhere ? { kind: 'signed_out', why: 'signed_in_elsewhere' } : null);
      if (elsewhere) {
        log.info({ userId: user.id }, 'signed in elsewhere: the older session ended');
        await agents.take(user.id, [{ step: { kind: 'signed_out' }, at: now(), source: 'system' }]);
      }
    }
    await goOnline(user.id);
  };

  return {
    signIn: async ({ username, password, deviceId }) => {
      const account = await findAccountByUsername(database, username.toLowerCase());
      const mayBe = account !== null && (account.demoPassword === null || config.demo);
      const fits = await isPassword(password, mayBe ? account.passwordHash : nobodysHash);
      if (!mayBe || !fits) return refused('wrong_password', 'the name or the password is wrong');
      const { id, name, role, extension } = account;
      const user: User = { id, username: account.username, name, role, extension };
      const token = randomBytes(32).toString('base64url');
      const expiresAt = now() + lifetimeMs;
      const [sip] = await Promise.all([sipAccount(user), begin(user, deviceId, token, expiresAt)]);
      log.info({ userId: id, role }, 'signed in');
      return success({
        token,
        expiresAt,
        sip: sip.ok ? sip.value : null,
        sipProblem: sip.ok ? null : sip.why,
        desk: await desks.of(user),
      });
    },
    signOut: async ({ user, sessionId }) => {
      const wasLive = await endSession(database, sessionId, now(), 'signed_out');
      if (wasLive) await goOffline(user.id);
      push.end(sessionId, { kind: 'signed_out', why: 'signed_out' });
      log.info({ userId: user.id }, 'signed out');
    },
    of: (token) => findLiveSession(database, hashOf(token), now()),
    sipAccount,
    signedOut: async (userId, { sessionIds, by }) => {
      for (const id of sessionIds) push.end(id, { kind: 'signed_out', why: 'by_supervisor', by });
      await revokeAccount(userId);
    },
    start: () => {
      unsubscribe ??= pbx.subscribe(({ kind }) => {
        if (kind !== 'connected') return;
        listSignedInExtensions(database, now())
          .then((extensions) => pbx.challengeForgotten(extensions))
          .catch((error: unknown) => {
            log.warn({ error }, 'phones whose secrets are lost were not asked for others');
          });
      });
    },
    stop: () => {
      unsubscribe?.();
      unsubscribe = null;
    },
    sweep: async () => {
      for (const { id, userId } of await endExpiredSessions(database, now())) {
        push.end(id, { kind: 'signed_out', why: 'expired' });
        await goOffline(userId);
        log.info({ userId }, 'the session ran out');
      }
    },
  };
};
