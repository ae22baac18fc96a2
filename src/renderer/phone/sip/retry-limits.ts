import type { BackOffLimits } from '../../../shared/back-off.ts';

/** Of the link and of the registration: the phone is soon back after a blink, and spares an edge that is down. */
export const retryLimits: BackOffLimits = { firstMs: 500, secondMs: 2_000, longestMs: 15_000 };
