import { listenForFarEnds, until } from '/work/main/tests/support/engine-page/far-end.ts';
import { startTestPbx } from '/work/main/tests/support/engine-page/test-pbx.ts';
import { startEngineBrowser } from '/work/main/tests/support/engine-page/engine-page.ts';
import { toneDb, rmsDb } from '/work/main/scripts/audio/wav.ts';
const ends = await listenForFarEnds();
const pbx = await startTestPbx(ends.port);
const browser = await startEngineBrowser();
try {
  await pbx.setPassword('1001', 'pw');
  const account = {
    uri: 'sip:1001@ringside',
    username: '1001',
    password: 'pw',
    url: pbx.sipUrl,
    country: 'US',
    expiresAt: 0,
  };
  const quiet = { echoCancellation: false, noiseSuppression: false, autoGainControl: false };
  const engine = await browser.open({
    account,
    devices: { microphone: null, speaker: null, ringer: null },
    ringVolume: 0.5,
    audioProcessing: quiet,
  });
  try {
    await engine.untilRegistered();
    const far = ends.expect();
    far.say(1000);
    await pbx.callFrom({ audioId: far.id, target: '1001' });
    const offered = await engine.untilCall('offered');
    console.log(JSON.stringify(offered));
    await new Promise((r) => setTimeout(r, 700));
    const t0 = performance.timeOrigin + performance.now();
    console.log(await engine.command({ kind: 'answer', callId: offered.callId }));
    await engine.untilCall('connected');
    await until('far end hears', () => far.firstHeardAt() !== null);
    const traffic = await engine.traffic();
    const ok = traffic.find(
      (m) => m.way === 'out' && m.text.startsWith('SIP/2.0 200') && /CSeq: \d+ INVITE/.test(m.text),
    );
    console.log('answer->200', ok!.at - t0, '-> first heard', far.firstHeardAt()! - t0);
    await new Promise((r) => setTimeout(r, 1000));
    console.log('far hears 700', toneDb(far.lastHeard(500), 8000, 700), rmsDb(far.lastHeard(500)));
    console.log('levels', engine.levels.at(-1));
    for (const kind of ['mute', 'unmute', 'hold', 'resume'] as const) {
      console.log(kind, JSON.stringify(await engine.command({ kind, callId: offered.callId })));
      await new Promise((r) => setTimeout(r, 900));
      console.log(
        JSON.stringify({ ...engine.latest().calls.at(-1)!, facts: 0 }),
        'far hears 700',
        toneDb(far.lastHeard(400), 8000, 700),
        rmsDb(far.lastHeard(400)),
        engine.levels.at(-1),
      );
    }
    console.log(
      await engine.command({ kind: 'send_digits', callId: offered.callId, digits: '12*#' }),
    );
    await new Promise((r) => setTimeout(r, 1500));
    console.log('digits', far.digits());
    console.log(await engine.command({ kind: 'end', callId: offered.callId }));
    await until('far ended', () => far.hasEnded());
    console.log(JSON.stringify(engine.latest().calls));
  } finally {
    for (const l of engine.logs) console.log(l.level, l.message, JSON.stringify(l.fields));
    if (process.env.TRAFFIC)
      for (const m of await engine.traffic()) console.log(m.way, m.text.slice(0, 1500));
  }
} finally {
  await browser.close();
  await pbx.stop();
  ends.close();
}
process.exit(0);
