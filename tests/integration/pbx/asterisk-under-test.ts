import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { test as base } from 'vitest';
import { reasonToSkip } from '../../../scripts/platform/test-needs.ts';
import { parseAmiUrl } from '../../../src/backend/pbx/ami/ami-address.ts';
import { parseAriUrl } from '../../../src/backend/pbx/asterisk/ari-client.ts';
import { createAsteriskPbx } from '../../../src/backend/pbx/asterisk/asterisk-pbx.ts';
import type { Pbx } from '../../../src/backend/pbx/pbx.ts';
import { known } from '../../support/known.ts';
import { startTestAsterisk, type TestAsterisk } from '../../support/test-asterisk.ts';

/** A test that is skipped where there is no Asterisk. */
export const test = base.skipIf(reasonToSkip(['Asterisk']) !== null);

export type AsteriskUnderTest = Pick<TestAsterisk, 'cli' | 'kill' | 'start' | 'stop'> & {
  readonly webSocketUrl: string;
  /** Plain SIP over UDP, for the test endpoints 1091 to 1095 (never in the product's configuration). */
  readonly sipPort: number;
  readonly recordings: string;
  /** Where the mailboxes are. */
  readonly mailboxes: string;
  /** A new adapter to this Asterisk, as a backend makes it at its start. */
  readonly adapter: () => Pbx;
  /** Files of Asterisk's own folders that contain this text. */
  readonly filesContaining: (text: string) => Promise<readonly string[]>;
};

/** Endpoints with plain RTP, so that a test can send and hear tones. */
const PLAIN_ENDPOINTS = [
  '[transport-test]\ntype=transport\nprotocol=udp\nbind=127.0.0.1:@SIP_PORT@',
  '[plain](!)\ntype=endpoint\ntransport=transport-test\ncontext=agents\ndisallow=all\nallow=ulaw',
  'subscribe_context=ringside-presence\ndirect_media=no\nmedia_address=127.0.0.1\nbind_rtp_to_media_address=yes\ndtmf_mode=rfc4733\nset_var=TRANSFER_CONTEXT=ringside-transfer',
  ...['1091', '1092', '1093', '1094'].map(
    (name) =>
      `[${name}](plain)\naors=${name}\nauth=${name}\nmailboxes=${name}@ringside\n[${name}](agent-aor)`,
  ),
  // as wide as the phones of agents
  '[1095](plain)\nallow=!all,slin16\naors=1095\nauth=1095\n[1095](agent-aor)',
  // a customer who can be heard: calls in as from a trunk, without an account
  '[outside](plain)\ncontext=ringside-entry',
  '',
].join('\n');

/** A private Asterisk with the product's own configuration, the test endpoints, and what a test adds to its files. */
export const startAsteriskUnderTest = async (
  additions: Readonly<Record<string, string>> = {},
): Promise<AsteriskUnderTest> => {
  const asterisk = await startTestAsterisk({ 'pjsip_local.conf': PLAIN_ENDPOINTS, ...additions });
  const { running, dataDir } = asterisk;
  const recordings = { asPbx: running.recordingsDir, asBackend: running.recordingsDir };
  return {
    webSocketUrl: running.sipUrl,
    sipPort: running.ports.sip,
    recordings: running.recordingsDir,
    mailboxes: join(dataDir, 'pbx/spool/voicemail'),
    adapter: () =>
      createAsteriskPbx({
        ami: known(parseAmiUrl(running.amiUrl)),
        ari: known(parseAriUrl(running.ariUrl)),
        recordings,
        hasDemoCustomers: true,
      }),
    filesContaining: async (text) => {
      const found: string[] = [];
      for (const entry of await readdir(dataDir, { recursive: true, withFileTypes: true })) {
        const path = join(entry.parentPath, entry.name);
        if (entry.isFile() && (await readFile(path)).includes(text)) found.push(path);
      }
      return found;
    },
    cli: asterisk.cli,
    kill: asterisk.kill,
    start: asterisk.start,
    stop: asterisk.stop,
  };
};
