import type { Now } from './clock.ts';
import type { Database } from './database/database.ts';
import { createCallBackKeeping } from './modules/call-backs/call-back-keeping.ts';
import type { HourlyDestruction } from './modules/centre/hourly-destruction.ts';
import { createDeedKeeping } from './modules/deeds/deed-keeping.ts';
import { createLineKeeping } from './modules/line-quality/line-keeping.ts';

/** All that is destroyed by itself once it is older than the centre keeps it. */
export const assembleOld = (needs: {
  readonly database: Database;
  readonly now: Now;
}): HourlyDestruction => {
  const kinds = [createLineKeeping, createCallBackKeeping, createDeedKeeping].map((create) =>
    create(needs),
  );
  return {
    sweep: async () => {
      for (const { sweep } of kinds) await sweep();
    },
  };
};
