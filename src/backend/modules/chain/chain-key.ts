import { createHash, createPrivateKey, createPublicKey, sign, verify } from 'node:crypto';
import type { KeyObject } from 'node:crypto';

/** Signs the lines of the chain (Ed25519, RFC 8032). */
export type ChainKey = {
  /** The first 16 hexadecimal digits of the SHA-256 of the public key. */
  readonly id: string;
  /** SubjectPublicKeyInfo (RFC 8410) in base64: what a verifier needs. */
  readonly publicKey: string;
  readonly sign: (hash: Buffer) => Buffer;
};

/** PKCS #8 around a seed of 32 bytes (RFC 8410 §7). */
const seedPrefix = Buffer.from('302e020100300506032b657004220420', 'hex');

const idOf = (publicKey: Buffer): string =>
  createHash('sha256').update(publicKey).digest('hex').slice(0, 16);

/** The key that these 32 bytes are the seed of. */
export const chainKeyOf = (seed: Buffer): ChainKey => {
  const privateKey = createPrivateKey({
    key: Buffer.concat([seedPrefix, seed]),
    format: 'der',
    type: 'pkcs8',
  });
  const publicKey = createPublicKey(privateKey).export({ format: 'der', type: 'spki' });
  return {
    id: idOf(publicKey),
    publicKey: publicKey.toString('base64'),
    sign: (hash) => sign(null, hash, privateKey),
  };
};

export type ChainVerifier = {
  readonly id: string;
  readonly isSignatureOf: (hash: Buffer, signature: Buffer) => boolean;
};

/** null: this is no public key. */
export const chainVerifierOf = (publicKey: string): ChainVerifier | null => {
  const der = Buffer.from(publicKey, 'base64');
  let key: KeyObject;
  try {
    key = createPublicKey({ key: der, format: 'der', type: 'spki' });
  } catch {
    return null;
  }
  if (key.asymmetricKeyType !== 'ed25519') return null;
  return {
    id: idOf(der),
    isSignatureOf: (hash, signature) => verify(null, hash, key, signature),
  };
};
