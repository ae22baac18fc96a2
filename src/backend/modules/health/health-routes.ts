import { Type } from 'typebox';
import { pbxViewSchema } from '../../../shared/api/records.ts';
import type { App } from '../../app-type.ts';
import type { Now } from '../../clock.ts';
import type { Database } from '../../database/database.ts';
import { isDatabaseAway } from '../../database/database.ts';
import type { Pbx } from '../../pbx/pbx.ts';
import type { Keeping } from '../keeping/keeping.ts';
import type { Latency } from '../telephony/latency.ts';

const latencySchema = Type.Object({
  count: Type.Integer(),
  p50Ms: Type.Union([Type.Number(), Type.Null()]),
  p95Ms: Type.Union([Type.Number(), Type.Null()]),
  maximumMs: Type.Union([Type.Number(), Type.Null()]),
});

const healthSchema = Type.Object({
  ok: Type.Boolean(),
  version: Type.String(),
  database: Type.Object({ ok: Type.Boolean(), version: Type.String(), why: Type.String() }),
  pbx: pbxViewSchema,
  serverTime: Type.Integer(),
  /** Recordings that are not yet where they should be; the log says why. */
  keeping: Type.Object({ waiting: Type.Integer() }),
  /** From the PBX's report of a ringing leg to the card leaving for the agent's desk. */
  offerToPush: latencySchema,
});

type Needs = {
  readonly database: Database;
  readonly pbx: Pbx;
  readonly now: Now;
  readonly version: string;
  readonly offerToPush: Latency;
  readonly keeping: Pick<Keeping, 'status'>;
  /** Why the backend is not ready to serve yet; empty: it is. */
  readonly startProblem: () => string;
};

export const healthRoutes = (app: App, needs: Needs): void => {
  const { database, pbx, now, version, offerToPush, keeping, startProblem } = needs;

  const databaseHealth = async () => {
    try {
      const [row] = await database.query<{ readonly version: string }>(
        `SELECT current_setting('server_version') AS version`,
      );
      const why = startProblem();
      return { ok: why === '', version: row?.version ?? '', why };
    } catch (error) {
      return {
        ok: false,
        version: '',
        why: isDatabaseAway(error) ? 'the database cannot be reached' : 'the database refuses',
      };
    }
  };

  app.get(
    '/health',
    {
      config: { access: 'public' },
      schema: {
        summary: 'Whether calls can be taken, and what is missing otherwise.',
        response: { 200: healthSchema, 503: healthSchema },
      },
    },
    async (_request, reply) => {
      const databaseState = await databaseHealth();
      const pbxState = pbx.status();
      // A PBX that is away is a fault of its own: the desk works, calls do not.
      const ok = databaseState.ok && pbxState.state !== 'disconnected';
      void reply.code(databaseState.ok ? 200 : 503);
      return {
        ok,
        version,
        database: databaseState,
        pbx: pbxState,
        serverTime: now(),
        keeping: { waiting: keeping.status().waiting },
        offerToPush: offerToPush.figures(),
      };
    },
  );

  app.get(
    '/time',
    {
      config: { access: 'public' },
      schema: {
        summary: 'The clock that facts are dated by, epoch ms.',
        response: { 200: Type.Object({ serverTime: Type.Integer() }) },
      },
    },
    () => ({ serverTime: now() }),
  );
};
