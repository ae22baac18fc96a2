import { listenForFarEnds, until } from './far-end.ts';
import { startPhoneBed, setupFor } from './phone-bed.ts';
import { setTimeout as pause } from 'node:timers/promises';
import { readFileSync, readdirSync } from 'node:fs';
const N = Number(process.argv[2] ?? 50);
const bed = await startPhoneBed();
const phone = await bed.browser.open(setupFor(bed.pbx.sipUrl));
await phone.untilRegistered();
const cdp = async () => phone.page.evaluate(async () => { (globalThis as any).gc?.(); return { heap: (performance as any).memory?.usedJSHeapSize / 1e6, els: document.querySelectorAll('*').length }; });
let ok = 0;
const t0 = performance.now();
for (let i = 0; i < N; i++) {
  const customer = bed.farEnds.expect();
  await bed.pbx.callFrom({ audioId: customer.id, target: '1001' });
  await until('rings', () => phone.latest().calls.at(-1)?.state === 'offered');
  const { callId } = phone.latest().calls.at(-1)!;
  const a = await phone.command({ kind: 'answer', callId });
  await until('heard', () => customer.firstHeardAt() !== null);
  await phone.command({ kind: 'end', callId });
  await until('gone', () => customer.hasEnded());
  if (a.ok) ok++;
  if (i % 10 === 9) console.log(i + 1, ok, JSON.stringify(await cdp()), 'snap bytes', JSON.stringify(phone.latest()).length);
  await pause(300);
}
console.log('ok', ok, 'of', N, ((performance.now() - t0) / N).toFixed(0), 'ms each');
await pause(7000);
console.log(JSON.stringify(phone.latest().calls), JSON.stringify(await cdp()));
console.log(phone.logs.filter(l => l.level !== 'info').map(l => JSON.stringify(l)).join('\n'));
await phone.close();
await bed.stop();
process.exit(0)
