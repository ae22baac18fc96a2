import { createReadStream } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'playwright/test';
import { createAmiClient } from '../../../src/backend/pbx/ami/ami-client.ts';
import { parseAmiUrl } from '../../../src/backend/pbx/ami/ami-address.ts';
import { figureOf, progress, type Measure } from '../../../scripts/platform/figures.ts';
import { answer, becomeReady, offerCall } from '../../support/agent-at-work.ts';
import { launchDeskApp, type DeskApp } from '../../support/desk-app.ts';
import { agentChannels } from '../../support/far-end.ts';
import { seededRandom } from '../../support/seeded-random.ts';
import { startStack, type Stack } from '../../support/stack.ts';

/**
 * Cards are typed, pasted, keyed in and sent past the desk during real calls; then every file of the app, the backend,
 * the database and the PBX is searched for them.
 */

const seed = 4_111;
/** What must be found, or the search itself is blind. */
const control = 'harmless-canary-word';

const provenDigits = (random: () => number, length: number): string => {
  const digits = [4, ...Array.from({ length: length - 2 }, () => Math.floor(random() * 10))];
  const sum = [...digits, 0]
    .reverse()
    .map((digit, at) => (at % 2 === 1 ? digit * 2 : digit))
    .map((digit) => (digit > 9 ? digit - 9 : digit))
    .reduce((a, b) => a + b, 0);
  return [...digits, (10 - (sum % 10)) % 10].join('');
};

type Planted = { readonly digits: string; readonly written: string };

/** As people write them; no two alike. */
const planter = () => {
  const random = seededRandom(seed);
  const planted: Planted[] = [];
  const forms: readonly ((digits: string) => string)[] = [
    (digits) => digits,
    (digits) => (digits.match(/\d{1,4}/gu) ?? []).join(' '),
    (digits) => (digits.match(/\d{1,4}/gu) ?? []).join('-'),
    (digits) => (digits.match(/\d{1,4}/gu) ?? []).join('.'),
  ];
  return {
    planted: (): readonly Planted[] => planted,
    plant: (length = 16): string => {
      const digits = provenDigits(random, length);
      const written = forms[planted.length % forms.length]?.(digits) ?? digits;
      planted.push({ digits, written });
      return written;
    },
  };
};

/** Of each card what must be nowhere: the number as it was written and without breaks, whole and all but its end. */
const needlesOf = ({ digits, written }: Planted): readonly string[] => [
  ...new Set([digits, written, digits.slice(0, 12), written.slice(0, written.length - 4)]),
];

const filesBelow = async (folder: string): Promise<readonly string[]> =>
  (await readdir(folder, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));

type Search = { readonly files: number; readonly bytes: number; readonly found: readonly string[] };

const searchFiles = async (folder: string, needles: readonly string[]): Promise<Search> => {
  const encoded = needles.flatMap((needle) => [
    { needle, bytes: Buffer.from(needle, 'latin1') },
    { needle, bytes: Buffer.from(needle, 'utf16le') },
  ]);
  const longest = Math.max(...encoded.map(({ bytes }) => bytes.length));
  const found: string[] = [];
  let bytes = 0;
  const files = await filesBelow(folder);
  for (const file of files) {
    let rest = Buffer.alloc(0);
    try {
      for await (const chunk of createReadStream(file)) {
        const piece = Buffer.concat([rest, chunk as Buffer]);
        bytes += (chunk as Buffer).length;
        for (const each of encoded) {
          if (piece.includes(each.bytes)) found.push(`${file}: ${each.needle}`);
        }
        rest = piece.subarray(Math.max(0, piece.length - longest));
      }
    } catch {
      // Sockets of programs that run, and files that were gone meanwhile.
    }
  }
  return { files: files.length, bytes, found: [...new Set(found)] };
};

const searchTables = async (
  { rows }: Stack,
  needles: readonly string[],
): Promise<readonly string[]> => {
  const tables = await rows(
    `SELECT quote_ident(tablename) AS name FROM pg_tables WHERE schemaname = 'public'`,
  );
  const found: string[] = [];
  for (const { name } of tables) {
    const hits = await rows(
      `SELECT n AS needle FROM unnest($1::text[]) n
       WHERE EXISTS (SELECT FROM ${String(name)} t WHERE strpos(t::text, n) > 0)`,
      [needles],
    );
    found.push(...hits.map(({ needle }) => `${String(name)}: ${String(needle)}`));
  }
  return found;
};

/** As if the customer keyed it in: received on a channel of the call that is no agent's. */
const keyInAsCustomer = async (stack: Stack, digits: string): Promise<void> => {
  const asterisk = stack.services.asterisk?.current();
  const address = asterisk === undefined ? null : parseAmiUrl(asterisk.amiUrl);
  if (address?.ok !== true) throw new Error('there is no PBX to key in at');
  const channels = await agentChannels(stack, stack.user('alice').extension);
  const [channel] = channels;
  if (channel === undefined) throw new Error('the agent has no channel');
  const client = await new Promise<ReturnType<typeof createAmiClient>>((resolve, reject) => {
    const opened = createAmiClient(
      { ...address.value, username: 'observer' },
      {
        opened: () => resolve(opened),
        event: () => undefined,
        lost: (why) => reject(new Error(why)),
      },
    );
    opened.start();
  });
  try {
    for (const digit of digits) {
      const sent = await client.send('PlayDTMF', [
        ['Channel', channel],
        ['Digit', digit],
        ['Duration', '80'],
        ['Receive', 'true'],
      ]);
      if (!sent.ok) throw new Error(`no key was pressed: ${sent.why.message}`);
      await new Promise((done) => setTimeout(done, 150));
    }
  } finally {
    client.stop();
  }
};

/** A phone sends keys slower than they are typed. */
const lastKeySent = (): Promise<void> => new Promise((done) => setTimeout(done, 5_000));

const silentWords = 'you can take the card number';

const workThrough = async (alice: DeskApp, plant: () => string): Promise<void> => {
  const { desk, stack } = alice;
  const { page } = desk;
  const strip = desk.region('Card payment');
  const notes = page.getByRole('textbox', { name: 'Notes' });
  const call = await offerCall(alice);
  await answer(alice, call);
  await alice.press('Control+Shift+KeyS');
  await alice.press('Control+Shift+KeyY');
  await expect(desk.consent).toContainText('Recording');

  progress('typed key by key while the recording is silent');
  await alice.press('Control+KeyP');
  await expect(strip).toContainText(silentWords);
  await notes.click();
  await page.keyboard.type(`${control} `, { delay: 5 });
  await page.keyboard.type(`${plant()} `, { delay: 120 });
  await page.keyboard.press('Tab');
  await expect(notes).toHaveValue(/•{4}/u);
  await alice.press('Control+Shift+KeyK');
  await page.keyboard.type(plant().replace(/\D/gu, ''), { delay: 60 });
  await page.keyboard.press('Escape');
  await keyInAsCustomer(stack, plant().replace(/\D/gu, ''));
  await lastKeySent();
  await alice.press('Control+KeyP');
  await expect(strip).toHaveCount(0);

  progress('keyed in at the telephone, without a word of the agent');
  await keyInAsCustomer(stack, plant().replace(/\D/gu, ''));
  await expect(strip).toContainText(silentWords);
  await lastKeySent();
  await alice.press('Control+KeyP');
  await expect(strip).toHaveCount(0);

  progress('pasted where no card belongs');
  await notes.fill(`${control} paid with ${plant()} and ${plant()}`);
  await notes.blur();
  await desk.button('Hang up').click();
  await desk.wrapUp.waitFor();
  await desk.chooseWrapUpCode('resolved');
  await notes.fill(`${control} once more ${plant()}`);
  await alice.press('Control+Enter');
  await expect(desk.wrapUp).toHaveCount(0);
};

/** A client that lies, or is older than this one. */
const sendPastTheDesk = async ({ administrator }: Stack, plant: () => string): Promise<void> => {
  const id = (): string => crypto.randomUUID();
  await administrator.ask('POST', '/customers', {
    name: `Card ${plant()}`,
    number: '+13035550199',
  });
  await administrator.ask('PUT', `/wrap-ups/${id()}/draft`, {
    revision: 1,
    code: null,
    notes: plant(),
  });
  const callId = id();
  const fact = { id: id(), callId, callKey: callId, at: Date.now(), code: '', notes: plant() };
  const envelope = { journalId: id(), agentId: administrator.session.desk.user.id };
  const event = (seq: number, body: object) => ({
    ...{ id: id(), ...envelope, seq, writtenAt: Date.now(), offsetMs: 0 },
    body,
  });
  await administrator.ask('POST', '/events', {
    events: [
      event(1, { topic: 'ledger', fact: { kind: 'wrap_up_completed', ...fact } }),
      // Refused, and kept as it came.
      event(2, { topic: 'ledger', fact: { kind: 'no_such_kind', ...fact, notes: plant() } }),
    ],
  });
  // Refusals tell what they refuse.
  await administrator.ask('GET', `/customers?search=${encodeURIComponent(plant())}`);
  await administrator.ask('GET', `/contacts/${encodeURIComponent(plant())}`);
};

export const measurePlantedDigits: Measure = async ({ quick }) => {
  const stack = await startStack();
  const { plant, planted } = planter();
  try {
    const alice = await launchDeskApp(stack, { username: 'alice' });
    await becomeReady(alice);
    for (let call = 0; call < (quick ? 1 : 5); call += 1) await workThrough(alice, () => plant());
    await sendPastTheDesk(stack, () => plant());
    await alice.close();
    progress('every file and every table is searched');
    const needles = planted().flatMap(needlesOf);
    const inTables = await searchTables(stack, needles);
    const controls = await searchTables(stack, [control]);
    await stack.rows('CHECKPOINT').catch(() => []);
    const inFiles = await searchFiles(stack.scratch, needles);
    for (const found of [...inTables, ...inFiles.found]) progress(found);
    const proofs = await stack.rows(`SELECT count(*) FILTER (WHERE not_zero = 0)::int AS silent,
      count(*)::int AS looked FROM silence_proofs WHERE samples > 0`);
    const [proof] = proofs;
    const count = planted().length;
    return [
      figureOf('planted cards found in files', inFiles.found.length, '', count, { exactly: 0 }),
      figureOf('planted cards found in the database', inTables.length, '', count, { exactly: 0 }),
      figureOf('tables that hold the harmless word', controls.length, '', 1, { atLeast: 1 }),
      figureOf('files searched', inFiles.files, '', 1),
      figureOf('searched', Math.round(inFiles.bytes / 1e6), 'MB', 1),
      figureOf(
        'silences looked at that are not silent',
        Number(proof?.['looked'] ?? 0) - Number(proof?.['silent'] ?? 0),
        '',
        Number(proof?.['looked'] ?? 0),
        { exactly: 0 },
      ),
      figureOf('silences proven', Number(proof?.['silent'] ?? 0), '', 1, { atLeast: 1 }),
    ];
  } finally {
    await stack.stop();
  }
};
