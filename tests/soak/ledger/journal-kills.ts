import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { figureOf, ofPromise, progress, type Measure } from '../../../scripts/platform/figures.ts';
import { cutPower, type Died, nothingYet } from '../../support/ledger/cut-power.ts';
import { flawsOfJournal, startWriter } from '../../support/ledger/journal-writing.ts';
import { needsOwnDisk } from '../../support/ledger/power-cut.ts';
import { seededRandom } from '../../support/seeded-random.ts';

const seed = 4_711;

const wait = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));

/** The program is killed again and again while it writes one journal. */
const killWriters = async (kills: number): Promise<Died> => {
  const folder = mkdtempSync(join(tmpdir(), 'ringside-kills-'));
  const random = seededRandom(seed);
  const flaws: string[] = [];
  let promisedInAll = 0;
  try {
    let promised = nothingYet();
    for (let kill = 0; kill < kills; kill += 1) {
      // A new journal now and then, or reading it would take longer than writing it.
      if (kill % 50 === 0) {
        promisedInAll += promised.written.size;
        promised = nothingYet();
      }
      const path = join(folder, `${String(Math.floor(kill / 50))}.sqlite`);
      const { child, heard } = await startWriter(path, seed + kill, promised);
      await wait(random() * 300);
      child.kill('SIGKILL');
      await heard;
      for (const flaw of flawsOfJournal(path, promised))
        flaws.push(`kill ${String(kill)}: ${flaw}`);
      if (kill % 100 === 99) progress(`${String(kill + 1)} of ${String(kills)} kills`);
    }
    return { promised: promisedInAll + promised.written.size, flaws };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};

/** The journal through power cuts and kill -9. */
export const measureJournalKills: Measure = async ({ quick }) => {
  needsOwnDisk();
  const cuts = quick ? 4 : 200;
  const kills = quick ? 20 : 1_000;
  progress(`${String(cuts)} power cuts, seed ${String(seed)}`);
  const died: Died[] = [];
  for (let round = 0; round < cuts; round += 1) died.push(await cutPower(seed + round));
  progress(`${String(kills)} kills, seed ${String(seed)}`);
  const killed = await killWriters(kills);
  const cutFlaws = died.flatMap(({ flaws }) => flaws);
  for (const flaw of [...cutFlaws, ...killed.flaws].slice(0, 10)) progress(flaw);
  const promised = died.reduce((sum, each) => sum + each.promised, 0);
  const [inCuts, inKills] = [`${String(promised)} events`, `${String(killed.promised)} events`];
  return [
    figureOf(
      `journals with a loss after a power cut (${inCuts}, seed ${String(seed)})`,
      cutFlaws.length,
      '',
      cuts,
      { exactly: 0 },
    ),
    figureOf(
      `journals with a loss after kill -9 (${inKills}, seed ${String(seed)})`,
      killed.flaws.length,
      '',
      kills,
      { exactly: 0 },
    ),
  ].map((figure) => ofPromise(11, figure));
};
