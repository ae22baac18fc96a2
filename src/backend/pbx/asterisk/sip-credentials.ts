import { createHash, randomBytes } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { failure, success } from '../../../shared/result.ts';
import type { Result } from '../../../shared/result.ts';
import type { PbxFailure, SipCredentials } from '../pbx.ts';
import { isExtension } from './agent-channel.ts';
import type { AriClient, AriFailure } from './ari-client.ts';

export type CredentialStore = {
  readonly mint: (
    extension: string,
    lifetimeMs: number,
  ) => Promise<Result<SipCredentials, PbxFailure>>;
  readonly revoke: (extension: string) => Promise<Result<null, PbxFailure>>;
  /** Makes the PBX honour what we minted and forget what we revoked: it may have been restarted, or away. */
  readonly restore: () => Promise<void>;
  /** Makes the PBX ask for a secret where it knows none and we hold none: those of a process before this one. */
  readonly challenge: (extensions: readonly string[]) => Promise<void>;
  readonly stop: () => void;
};

const SECRET_BYTES = 24;
const MAX_LIFETIME_MS = 12 * 3_600_000;

/** After a restart of the PBX a push may fail once: it goes over a connection that died with the old process. */
const RESTORE_ATTEMPTS = 6;
const RESTORE_PAUSE_MS = 300;

const newSecret = (): string => randomBytes(SECRET_BYTES).toString('base64url');

const pbxFailure = (why: AriFailure): PbxFailure => ({
  code: why.code === 'away' ? 'pbx_away' : 'pbx_refused',
  message: why.message,
});

/**
 * SIP secrets of a shift. They live in this process and in the memory of Asterisk (sorcery.conf), nowhere else; after a
 * restart of Asterisk they are pushed again.
 */
export const createCredentialStore = (ari: AriClient, now: () => number): CredentialStore => {
  const minted = new Map<string, { readonly secret: string; readonly expiry: NodeJS.Timeout }>();
  /** Revoked while the PBX was away: to be done when it is back. */
  const toRevoke = new Set<string>();

  const turns = new Map<string, Promise<unknown>>();

  /** One thing at a time for an extension: the secret pushed last is the one that we hold. */
  const inTurn = <Value>(extension: string, work: () => Promise<Value>): Promise<Value> => {
    const turn = (turns.get(extension) ?? Promise.resolve()).then(work);
    turns.set(extension, turn);
    return turn;
  };

  const push = (extension: string, secret: string) =>
    ari.write('auth', extension, [
      { attribute: 'auth_type', value: 'digest' },
      { attribute: 'username', value: extension },
      { attribute: 'password', value: secret },
    ]);

  const forget = (extension: string): void => {
    clearTimeout(minted.get(extension)?.expiry);
    minted.delete(extension);
  };

  /** Ends the registrations: without a contact the PBX calls nobody. */
  const dropContacts = async (extension: string): Promise<Result<null, AriFailure>> => {
    const aor = await ari.read('aor', extension);
    if (!aor.ok) return aor.why.code === 'absent' ? success(null) : aor;
    const contacts = aor.value.find(({ attribute }) => attribute === 'contact')?.value ?? '';
    for (const uri of contacts.split(',').filter((text) => text !== '')) {
      // res_pjsip_registrar names a contact by its AOR and the MD5 of its URI
      const id = `${extension};@${createHash('md5').update(uri).digest('hex')}`;
      const removed = await ari.remove('contact', id);
      if (!removed.ok && removed.why.code !== 'absent') return removed;
    }
    return success(null);
  };

  /**
   * A secret that nobody knows takes the old one's place. Removing the object instead would make Asterisk answer 500,
   * which reads like a passing fault; so the phone is told 401.
   */
  const lockOut = async (extension: string): Promise<Result<null, AriFailure>> => {
    const pushed = await push(extension, newSecret());
    return pushed.ok ? dropContacts(extension) : pushed;
  };

  const revokeNow = async (extension: string): Promise<Result<null, PbxFailure>> => {
    forget(extension);
    toRevoke.add(extension);
    const done = await lockOut(extension);
    if (!done.ok) return failure(pbxFailure(done.why));
    toRevoke.delete(extension);
    return success(null);
  };

  const mintNow = async (
    extension: string,
    lifetimeMs: number,
  ): Promise<Result<SipCredentials, PbxFailure>> => {
    const endpoint = await ari.read('endpoint', extension);
    if (!endpoint.ok) return failure(pbxFailure(endpoint.why));
    const secret = newSecret();
    const pushed = await push(extension, secret);
    if (!pushed.ok) return failure(pbxFailure(pushed.why));
    forget(extension);
    toRevoke.delete(extension);
    const lifetime = Math.min(Math.max(lifetimeMs, 0), MAX_LIFETIME_MS);
    const expiry = setTimeout(() => void revoke(extension), lifetime);
    expiry.unref();
    minted.set(extension, { secret, expiry });
    return success({ username: extension, password: secret, expiresAt: now() + lifetime });
  };

  const notAnExtension = () =>
    failure({ code: 'pbx_refused', message: 'not an extension' } as const);

  const revoke = async (extension: string): Promise<Result<null, PbxFailure>> =>
    isExtension(extension) ? inTurn(extension, () => revokeNow(extension)) : notAnExtension();

  /** Pushes what holds now: the secret may have been replaced or revoked since. */
  const restoreNow = async (extension: string): Promise<boolean> => {
    if (toRevoke.has(extension)) return (await revokeNow(extension)).ok;
    const held = minted.get(extension);
    return held === undefined || (await push(extension, held.secret)).ok;
  };

  /** Without any the PBX answers 500 for good, and a phone takes that for a passing fault. */
  const challengeNow = async (extension: string): Promise<boolean> => {
    if (minted.has(extension) || toRevoke.has(extension)) return true;
    const known = await ari.read('auth', extension);
    if (known.ok) return true;
    return known.why.code === 'absent' && (await push(extension, newSecret())).ok;
  };

  const patiently = async (
    extension: string,
    work: (extension: string) => Promise<boolean>,
  ): Promise<void> => {
    for (let attempt = 1; attempt <= RESTORE_ATTEMPTS; attempt += 1) {
      if (await inTurn(extension, () => work(extension))) return;
      await wait(RESTORE_PAUSE_MS * attempt);
    }
  };

  return {
    mint: async (extension, lifetimeMs) =>
      isExtension(extension)
        ? inTurn(extension, () => mintNow(extension, lifetimeMs))
        : notAnExtension(),
    revoke,
    restore: async () => {
      const held = [...new Set([...minted.keys(), ...toRevoke])];
      await Promise.all(held.map((extension) => patiently(extension, restoreNow)));
    },
    challenge: async (extensions) => {
      const own = extensions.filter(isExtension);
      await Promise.all(own.map((extension) => patiently(extension, challengeNow)));
    },
    stop: () => {
      for (const { expiry } of minted.values()) clearTimeout(expiry);
    },
  };
};
