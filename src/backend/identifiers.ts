import { randomFillSync } from 'node:crypto';
import { uuidV7 } from '../shared/uuid-v7.ts';
import type { Now } from './clock.ts';

/** Mints UUIDs of version 7. */
export type MintId = () => string;

export const createMintId =
  (now: Now): MintId =>
  () =>
    uuidV7(now(), randomFillSync(new Uint8Array(10)));
