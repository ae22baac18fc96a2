import { until } from './far-end.ts';
import { startPhoneBed, setupFor } from './phone-bed.ts';
import { startEngineBrowser } from './engine-page.ts';
import { setTimeout as pause } from 'node:timers/promises';
import { readFileSync, readdirSync } from 'node:fs';
const bed = await startPhoneBed();
await bed.browser.close();
const cpuOf = () => { let t = 0; for (const p of readdirSync('/proc')) { if (!/^\d+$/.test(p)) continue; try { const cmd = readFileSync(`/proc/${p}/cmdline`, 'utf8'); if (!cmd.includes('electron-33') || !cmd.includes('ringside-engine-') ) { if (!/electron-33/.test(cmd) ) continue; if (!mine.has(Number(readFileSync(`/proc/${p}/stat`,'utf8').split(') ')[1]!.split(' ')[1])) && !mine.has(Number(p))) continue; } mine.add(Number(p)); const s = readFileSync(`/proc/${p}/stat`, 'utf8').split(') ')[1]!.split(' '); t += Number(s[11]) + Number(s[12]); } catch {} } return t / 100; };
let mine = new Set<number>();
const run = async (kind: 'engine' | 'bare') => {
  mine = new Set();
  const browser = await startEngineBrowser(['tests/bench/support/bare-jssip/index.html']);
  const setup = setupFor(bed.pbx.sipUrl);
  const customer = bed.farEnds.expect(); customer.say(1000);
  let idle = 0;
  if (kind === 'engine') {
    const phone = await browser.open(setup); await phone.untilRegistered(); await pause(3000);
    cpuOf(); const i0 = cpuOf(); await pause(20000); idle = cpuOf() - i0;
    await bed.pbx.callFrom({ audioId: customer.id, target: '1001' });
    const { callId } = await phone.untilCall('offered'); await phone.command({ kind: 'answer', callId });
  } else {
    const page = await browser.openRaw('tests/bench/support/bare-jssip/index.html');
    await page.evaluate((a) => (window as any).bare.start(a), { uri: 'sip:1002@ringside', password: 'secret-1002', url: bed.pbx.sipUrl });
    await until('r', () => page.evaluate(() => (window as any).bare.registered)); await pause(3000);
    cpuOf(); const i0 = cpuOf(); await pause(20000); idle = cpuOf() - i0;
    await bed.pbx.callFrom({ audioId: customer.id, target: '1002' });
    await until('i', () => page.evaluate(() => (window as any).bare.invitedAt > 0));
    await page.evaluate((q) => (window as any).bare.answer(q), setup.audioProcessing);
  }
  await until('heard', () => customer.firstHeardAt() !== null);
  await pause(2000);
  const c0 = cpuOf(); await pause(20000); const c = cpuOf() - c0;
  console.log(kind, 'procs', mine.size, 'idle s/min', (idle * 3).toFixed(2), 'call s/20s', c.toFixed(2));
  await browser.close();
};
await run('engine'); await run('bare'); await run('engine'); await run('bare');
await bed.pbx.stop();
process.exit(0)
