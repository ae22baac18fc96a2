import { randomBytes } from 'node:crypto';
import { uuidV7 } from '../shared/uuid-v7.ts';

/** A fresh UUIDv7 of the given instant (epoch ms). */
export const newId = (epochMs: number): string => uuidV7(epochMs, randomBytes(10));
