import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

/** Seals what the journal keeps on disk: it names customers, and agents type into it. */
export interface BodyCipher {
  seal(text: string): Uint8Array;
  /** Throws when the bytes were not sealed with this key. */
  open(sealed: Uint8Array): string;
}

export const keyBytes = 32;
const ivBytes = 12;
const tagBytes = 16;

/** AES-256-GCM; sealed bytes are iv, tag, ciphertext. */
export const createBodyCipher = (key: Uint8Array): BodyCipher => ({
  seal: (text) => {
    const iv = randomBytes(ivBytes);
    const cipher = createCipheriv('aes-256-gcm', key, iv);
    const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
    return Buffer.concat([iv, cipher.getAuthTag(), body]);
  },
  open: (sealed) => {
    const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, ivBytes));
    decipher.setAuthTag(sealed.subarray(ivBytes, ivBytes + tagBytes));
    return Buffer.concat([
      decipher.update(sealed.subarray(ivBytes + tagBytes)),
      decipher.final(),
    ]).toString('utf8');
  },
});
