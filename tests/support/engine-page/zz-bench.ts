import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { repositoryDirectory } from '../../../scripts/platform/paths.ts';
import { listenForFarEnds, until } from './far-end.ts';
import { startTestPbx } from './test-pbx.ts';
import { startEngineBrowser } from './engine-page.ts';
const N = Number(process.argv[2] ?? 12);
const ends = await listenForFarEnds();
const pbx = await startTestPbx(ends.port);
const root = repositoryDirectory;
const browser = await startEngineBrowser(['tests/bench/support/bare-jssip/index.html']);
const median = (v: number[]) => v.toSorted((a, b) => a - b)[Math.floor(v.length / 2)]!;
const p95 = (v: number[]) => v.toSorted((a, b) => a - b)[Math.ceil(v.length * 0.95) - 1]!;
const show = (name: string, v: number[]) =>
  console.log(
    name,
    'median',
    median(v).toFixed(1),
    'p95',
    p95(v).toFixed(1),
    'min',
    Math.min(...v).toFixed(1),
  );
const now = () => performance.timeOrigin + performance.now();
try {
  await pbx.setPassword('1001', 'pw');
  await pbx.setPassword('1002', 'pw');
  const quiet = { echoCancellation: false, noiseSuppression: false, autoGainControl: false };
  const engine = await browser.open({
    account: {
      uri: 'sip:1001@ringside',
      username: '1001',
      password: 'pw',
      url: pbx.sipUrl,
      country: 'US',
      expiresAt: 0,
    },
    devices: { microphone: null, speaker: null, ringer: null },
    ringVolume: 0.5,
    audioProcessing: quiet,
  });
  const bare = await browser.openRaw('tests/bench/support/bare-jssip/index.html');
  await bare.evaluate((a) => (window as any).bare.start(a), {
    uri: 'sip:1002@ringside',
    password: 'pw',
    url: pbx.sipUrl,
  });
  await engine.untilRegistered();
  await until('bare registered', () => bare.evaluate(() => (window as any).bare.registered));
  const ours: number[] = [],
    oks: number[] = [],
    pops: number[] = [],
    theirs: number[] = [];
  for (let i = 0; i < N; i++) {
    {
      const far = ends.expect();
      await pbx.callFrom({ audioId: far.id, target: '1001' });
      await engine.untilCall('offered');
      const call = engine.latest().calls.at(-1)!;
      await pause(700);
      const inv = (await engine.traffic())
        .filter((m) => m.way === 'in' && m.text.startsWith('INVITE'))
        .at(-1)!.at;
      pops.push((await engine.toldAt(call.callId)) - inv);
      const t0 = now();
      await engine.command({ kind: 'answer', callId: call.callId });
      await until('heard', () => far.firstHeardAt() !== null);
      ours.push(far.firstHeardAt()! - t0);
      const traffic = await engine.traffic();
      oks.push(
        traffic
          .filter(
            (m) =>
              m.way === 'out' &&
              m.text.startsWith('SIP/2.0 200') &&
              /CSeq: \d+ INVITE/.test(m.text),
          )
          .at(-1)!.at - t0,
      );
      await pause(200);
      await engine.command({ kind: 'end', callId: call.callId });
      await until('ended', () => far.hasEnded());
    }
    {
      const far = ends.expect();
      await bare.evaluate(() => {
        (window as any).bare.invitedAt = 0;
      });
      await pbx.callFrom({ audioId: far.id, target: '1002' });
      await until('invited', () => bare.evaluate(() => (window as any).bare.invitedAt > 0));
      await pause(700);
      const t0 = now();
      await bare.evaluate((q) => (window as any).bare.answer(q), quiet);
      await until('heard', () => far.firstHeardAt() !== null);
      theirs.push(far.firstHeardAt()! - t0);
      await pause(200);
      await bare.evaluate(() => (window as any).bare.end());
      await until('ended', () => far.hasEnded());
    }
  }
  show('ours INVITE->snapshot', pops);
  show('ours answer->200', oks);
  show('ours answer->heard', ours);
  show('bare answer->heard', theirs);
  console.log('ratio', (median(ours) / median(theirs)).toFixed(3));
} finally {
  await browser.close();
  await pbx.stop();
  ends.close();
}
process.exit(0);
