import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Database } from '../../../src/backend/database/database.ts';
import { password, people, makeCentre } from '../centre.ts';
import { startDatabaseServer } from '../database.ts';
import { spawnServer } from '../server-process.ts';
import { startTestAsterisk } from '../test-asterisk.ts';
import { enterAgent, type RecordedAgent } from './recorded-agent.ts';

/** Database, PBX and backend as processes that can be killed, and agents with phones of plain RTP. */
export type RecordedCentre = {
  readonly database: Database;
  readonly agents: readonly RecordedAgent[];
  readonly supervisors: readonly RecordedAgent[];
  /** Where customers call in, as from a trunk and without an account: the user is `outside`. */
  readonly sipPort: number;
  /** Resolves while both backend and PBX are there. */
  readonly isThere: () => Promise<void>;
  readonly killBackend: (awayMs: number) => Promise<void>;
  readonly killPbx: () => Promise<void>;
  /** Everything of one recording, or why it cannot be had. */
  readonly wav: (contactId: string, recordingId: string) => Promise<Buffer | string>;
  readonly recordingsFolder: string;
  readonly log: () => string;
  readonly stop: () => Promise<void>;
};

/** Endpoints with plain RTP: the extensions that the product's dialplan takes for agents'. */
const endpoints = (extensions: readonly string[]): string =>
  [
    '[transport-test]\ntype=transport\nprotocol=udp\nbind=127.0.0.1:@SIP_PORT@',
    '[plain](!)\ntype=endpoint\ntransport=transport-test\ncontext=agents\ndisallow=all\nallow=ulaw',
    'direct_media=no\nmedia_address=127.0.0.1\nbind_rtp_to_media_address=yes\ndtmf_mode=rfc4733',
    ...extensions.map(
      (name) => `[${name}](plain)\naors=${name}\nauth=${name}\n[${name}](agent-aor)`,
    ),
    '[outside](plain)\ncontext=ringside-entry',
    '',
  ].join('\n');

export const openRecordedCentre = async (
  count: number,
  supervisorCount = 0,
): Promise<RecordedCentre> => {
  const staff = (role: 'agent' | 'supervisor', many: number, first: number) =>
    Array.from({ length: many }, (_, index) => ({
      id: randomUUID(),
      role,
      username: `${role}${String(index)}`,
      extension: String(first + index),
    }));
  const who = [...staff('agent', count, 1050), ...staff('supervisor', supervisorCount, 1080)];
  const closing: (() => unknown)[] = [];
  const stop = async (): Promise<void> => {
    for (const close of closing.splice(0).reverse()) await close();
  };
  try {
    const asterisk = await startTestAsterisk({
      'pjsip_local.conf': endpoints(who.map(({ extension }) => extension)),
    });
    closing.push(asterisk.stop);
    const server = await startDatabaseServer(async (database) => {
      await makeCentre(database);
      for (const { id, role, username, extension } of who) {
        await database.query(
          `INSERT INTO users (id, username, name, role, extension, password_hash)
           SELECT $1, $2, $2, $4, $3, password_hash FROM users WHERE username = 'alice'`,
          [id, username, extension, role],
        );
      }
    });
    closing.push(server.stop);
    const { url, database } = await server.fresh();
    const dataDir = await mkdtemp(join(tmpdir(), 'ringside-recorded-'));
    closing.push(() => rm(dataDir, { recursive: true, force: true }));
    const { running } = asterisk;
    const environment = {
      DATABASE_URL: url,
      RINGSIDE_PBX: 'asterisk',
      RINGSIDE_AMI_URL: running.amiUrl,
      RINGSIDE_ARI_URL: running.ariUrl,
      RINGSIDE_SIP_URL: running.sipUrl,
      RINGSIDE_RECORDINGS: running.recordingsDir,
      RINGSIDE_DATA: dataDir,
      RINGSIDE_LOG: 'warn',
    };
    let backend = await spawnServer(environment);
    let logBefore = '';
    closing.push(() => backend.kill('SIGKILL'));
    const { port } = new URL(backend.url);
    const place = { url: backend.url, sipPort: running.ports.sip };
    const entered: RecordedAgent[] = [];
    closing.push(() => {
      for (const person of entered) person.close();
    });
    for (const one of who) entered.push(await enterAgent(place, one));
    let there: Promise<void> = Promise.resolve();

    const listenAs = async (): Promise<string> => {
      const answer = await fetch(`${place.url}/session`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ username: people.sofia.username, password, deviceId: randomUUID() }),
      });
      return ((await answer.json()) as { readonly token: string }).token;
    };
    let token: Promise<string> | null = null;

    return {
      database,
      agents: entered.slice(0, count),
      supervisors: entered.slice(count),
      sipPort: running.ports.sip,
      isThere: () => there,
      killBackend: (awayMs) => {
        const back = (async () => {
          await backend.kill('SIGKILL');
          logBefore += backend.log();
          await wait(awayMs);
          backend = await spawnServer({ ...environment, RINGSIDE_BACKEND_PORT: port });
        })();
        there = back;
        return back;
      },
      killPbx: () => {
        const back = (async () => {
          await asterisk.kill();
          await asterisk.start();
          // The backend gives the PBX the phones' secrets anew.
          for (const person of entered) await person.register();
        })();
        there = back;
        return back;
      },
      wav: async (contactId, recordingId) => {
        token ??= listenAs();
        const path = `/contacts/${contactId}/recordings/${recordingId}`;
        const answer = await fetch(`${place.url}${path}`, {
          headers: { authorization: `Bearer ${await token}` },
        });
        return answer.status === 200 ? Buffer.from(await answer.arrayBuffer()) : answer.text();
      },
      recordingsFolder: running.recordingsDir,
      log: () => logBefore + backend.log(),
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
};
