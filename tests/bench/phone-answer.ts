import { setTimeout as pause } from 'node:timers/promises';
import type { Page } from 'playwright';
import type { EnginePage } from '../support/engine-page/engine-page.ts';
import { startEngineBrowser } from '../support/engine-page/engine-page.ts';
import type { FarEnds } from '../support/engine-page/far-end.ts';
import { listenForFarEnds, until } from '../support/engine-page/far-end.ts';
import { setupFor } from '../support/engine-page/phone-bed.ts';
import type { TestPbx } from '../support/engine-page/test-pbx.ts';
import { startTestPbx } from '../support/engine-page/test-pbx.ts';
import { nowMs } from './support/sip-tap.ts';
import { quantile } from './support/statistics.ts';

/**
 * From the answer to the customer's ear, the engine against a bare JsSIP page in the same browser on the same PBX, in
 * turns. Run: node tests/bench/phone-answer.ts [ROUNDS]
 */

type BareWindow = {
  readonly bare: {
    registered: boolean;
    invitedAt: number;
    start(account: { uri: string; password: string; url: string }): void;
    answer(audio: object): void;
    end(): void;
  };
};

const barePath = 'tests/bench/support/bare-jssip/index.html';
const ringMs = 700;

const summary = (values: readonly number[]) => ({
  medianMs: Number(quantile(values, 0.5).toFixed(1)),
  p95Ms: Number(quantile(values, 0.95).toFixed(1)),
});

const engineRound = async (engine: EnginePage, pbx: TestPbx, farEnds: FarEnds) => {
  const customer = farEnds.expect();
  await pbx.callFrom({ audioId: customer.id, target: '1001' });
  const { callId } = await engine.untilCall('offered');
  await pause(ringMs);
  const invite = (await engine.traffic()).findLast(({ text }) => text.startsWith('INVITE'));
  const inviteToSnapshot = (await engine.toldAt(callId)) - (invite?.at ?? Number.NaN);
  const answeredAt = nowMs();
  await engine.command({ kind: 'answer', callId });
  await until('the customer hears', () => customer.firstHeardAt() !== null);
  const ok = (await engine.traffic()).findLast(
    ({ way, text }) => way === 'out' && /^SIP\/2\.0 200 [\s\S]*CSeq: \d+ INVITE/u.test(text),
  );
  await pause(200);
  await engine.command({ kind: 'end', callId });
  await until('the customer is gone', () => customer.hasEnded());
  return {
    inviteToSnapshot,
    answerToOk: (ok?.at ?? Number.NaN) - answeredAt,
    answerToHeard: (customer.firstHeardAt() ?? Number.NaN) - answeredAt,
  };
};

const bareRound = async (page: Page, audio: object, pbx: TestPbx, farEnds: FarEnds) => {
  const customer = farEnds.expect();
  await page.evaluate(() => {
    (window as unknown as BareWindow).bare.invitedAt = 0;
  });
  await pbx.callFrom({ audioId: customer.id, target: '1002' });
  await until('the bare page rings', () =>
    page.evaluate(() => (window as unknown as BareWindow).bare.invitedAt > 0),
  );
  await pause(ringMs);
  const answeredAt = nowMs();
  await page.evaluate((wish) => {
    (window as unknown as BareWindow).bare.answer(wish);
  }, audio);
  await until('the customer hears', () => customer.firstHeardAt() !== null);
  await pause(200);
  await page.evaluate(() => {
    (window as unknown as BareWindow).bare.end();
  });
  await until('the customer is gone', () => customer.hasEnded());
  return (customer.firstHeardAt() ?? Number.NaN) - answeredAt;
};

const rounds = Number(process.argv[2] ?? 12);
const farEnds = await listenForFarEnds();
const pbx = await startTestPbx(farEnds.port);
const browser = await startEngineBrowser({ otherPaths: [barePath] });
try {
  for (const extension of ['1001', '1002']) await pbx.setPassword(extension, `secret-${extension}`);
  const setup = setupFor(pbx.sipUrl);
  const engine = await browser.open(setup);
  const bare = await browser.openRaw(barePath);
  await bare.evaluate(
    (account) => {
      (window as unknown as BareWindow).bare.start(account);
    },
    { uri: 'sip:1002@ringside', password: 'secret-1002', url: pbx.sipUrl },
  );
  await engine.untilRegistered();
  await until('the bare page is registered', () =>
    bare.evaluate(() => (window as unknown as BareWindow).bare.registered),
  );
  const ours = [];
  const theirs: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    ours.push(await engineRound(engine, pbx, farEnds));
    theirs.push(await bareRound(bare, setup.audioProcessing, pbx, farEnds));
  }
  const answerToHeard = summary(ours.map((round) => round.answerToHeard));
  const bareAnswerToHeard = summary(theirs);
  console.log(
    JSON.stringify(
      {
        rounds,
        inviteToSnapshot: summary(ours.map((round) => round.inviteToSnapshot)),
        answerToOk: summary(ours.map((round) => round.answerToOk)),
        answerToHeard,
        bareAnswerToHeard,
        ratio: Number((answerToHeard.medianMs / bareAnswerToHeard.medianMs).toFixed(3)),
      },
      null,
      2,
    ),
  );
} finally {
  await browser.close();
  await pbx.stop();
  farEnds.close();
}
