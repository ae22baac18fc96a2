import { setTimeout as pause } from 'node:timers/promises';
import type { Page } from 'playwright';
import { observeDatabase } from '../../../scripts/headless/database-observer.ts';
import { deskPage } from '../../../scripts/headless/desk-page.ts';
import { eventually } from '../../../scripts/headless/timeline.ts';
import {
  figureOf,
  progress,
  type Figure,
  type Measure,
} from '../../../scripts/platform/figures.ts';
import type { SupervisionMode } from '../../../src/shared/domain/supervision/join.ts';
import type { UiBridge } from '../../../src/shared/ipc/bridge.ts';
import { openBare, ringBare } from '../call/bare-call.ts';
import { uiAddress } from '../support/app-phone.ts';
import { serveBarePage } from '../support/bare-page.ts';
import { openCentre, type Centre } from '../support/centre.ts';
import { launchApp } from '../support/programs.ts';
import { unevenPause } from '../support/ringing-leg.ts';
import { median, quantile } from '../support/statistics.ts';

const rounds = { full: 40, quick: 6 } as const;
const phoneAddress = 'app://phone';
const joinedMs = 400;
const betweenMs = 500;
/** Each mode from each other one. */
const changes: readonly SupervisionMode[] = [
  ...(['whisper', 'barge', 'listen'] as const),
  ...(['barge', 'whisper', 'listen'] as const),
];

type RingsideWindow = { readonly ringside: UiBridge };
/** What the phone's page keeps of its latest line, for this measurement. */
type WatchedWindow = { latestPeer: RTCPeerConnection | null };

/** From now on the page remembers the peer connection that it made last. */
const watchPeers = (page: Page): Promise<void> =>
  page.evaluate(() => {
    const watched = window as unknown as WatchedWindow;
    watched.latestPeer = null;
    window.RTCPeerConnection = class extends RTCPeerConnection {
      constructor(configuration?: RTCConfiguration) {
        super(configuration);
        watched.latestPeer = this;
      }
    };
  });

/** Epoch ms at which the line that is made next plays its first sound. */
const firstSoundAt = (page: Page): Promise<number> =>
  page.evaluate(async () => {
    const watched = window as unknown as WatchedWindow;
    watched.latestPeer = null;
    for (;;) {
      const peer = watched.latestPeer as RTCPeerConnection | null;
      if (peer !== null) {
        for (const report of (await peer.getStats()).values()) {
          const { type, jitterBufferEmittedCount } = report as RTCInboundRtpStreamStats;
          if (type === 'inbound-rtp' && (jitterBufferEmittedCount ?? 0) > 0)
            return performance.timeOrigin + performance.now();
        }
      }
      await new Promise((next) => setTimeout(next, 5));
    }
  });

/** Epoch ms at which the microphone of the line is open, or is not. */
const microphoneAt = (page: Page, isOpen: boolean): Promise<number> =>
  page.evaluate(async (wanted) => {
    const { latestPeer } = window as unknown as WatchedWindow;
    const isSent = () =>
      latestPeer?.getSenders().some(({ track }) => track?.enabled === true) ?? false;
    while (isSent() !== wanted) await new Promise((next) => setTimeout(next, 2));
    return performance.timeOrigin + performance.now();
  }, isOpen);

type Asked = { readonly pressedAt: number; readonly answeredAt: number };

const ask = async (
  page: Page,
  channel: 'supervision.join' | 'supervision.mode' | 'supervision.leave',
  payload: unknown,
): Promise<Asked> => {
  const asked = await page.evaluate(
    async ([name, body]) => {
      const { ringside } = window as unknown as RingsideWindow;
      const pressedAt = performance.timeOrigin + performance.now();
      // The contract has a payload for each name, and this has one of them.
      const answer = await ringside.request(name as 'supervision.mode', body as never);
      const answeredAt = performance.timeOrigin + performance.now();
      return { pressedAt, answeredAt, answer };
    },
    [channel, payload] as const,
  );
  if (!asked.answer.ok) throw new Error(`${channel}: ${JSON.stringify(asked.answer.why)}`);
  return asked;
};

const idOf = async (centre: Centre, extension: string): Promise<string> => {
  const database = await observeDatabase(centre.services.databaseUrl);
  try {
    const [row] = await database.rows(`SELECT id FROM users WHERE extension = '${extension}'`);
    return String(row?.['id']);
  } finally {
    await database.stop();
  }
};

/** The supervisor's app, and a call that it can join, on the bare phone. */
const measureJoins = async (centre: Centre, count: number): Promise<readonly Figure[]> => {
  // The supervisor's account has the customers call.
  const supervisor = centre.services.users.find(({ role }) => role === 'administrator');
  if (supervisor === undefined) throw new Error('the demo has no administrator');
  const served = await serveBarePage(centre.scratch);
  const bare = await openBare(centre, served.url);
  const program = await launchApp(centre, 'supervisor');
  try {
    const attached = await program.attach();
    const page = await attached.page(uiAddress);
    await deskPage(page).signIn(supervisor.username, supervisor.password);
    await eventually('the phone registered at the PBX', async () =>
      (await centre.pbx.cli('pjsip show contacts')).some((line) =>
        line.includes(`${supervisor.extension}/sip:`),
      )
        ? true
        : null,
    );
    const phone = await attached.page(phoneAddress);
    await watchPeers(phone);
    const agentId = await idOf(centre, centre.agents.bare.extension);

    const heard: number[] = [];
    const changed: number[] = [];
    const closed: number[] = [];
    for (let round = 0; round < count; round += 1) {
      const number = centre.numbers[round % centre.numbers.length] ?? '';
      const call = await ringBare(centre, bare.phone, number);
      await unevenPause(betweenMs);
      const sound = firstSoundAt(phone);
      const joined = await ask(page, 'supervision.join', { agentId, mode: 'listen' });
      heard.push((await sound) - joined.pressedAt);
      await unevenPause(joinedMs);
      for (const mode of changes) {
        const asked = ask(page, 'supervision.mode', { mode });
        const isOpen = mode !== 'listen';
        const [{ pressedAt, answeredAt }, microphone] = await Promise.all([
          asked,
          microphoneAt(phone, isOpen),
        ]);
        changed.push(Math.max(answeredAt, isOpen ? microphone : answeredAt) - pressedAt);
        if (!isOpen) closed.push(microphone - pressedAt);
        await unevenPause(joinedMs);
      }
      await ask(page, 'supervision.leave', null);
      await pause(betweenMs);
      await call.hangUp();
      await unevenPause(betweenMs);
    }
    await attached.detach();
    const p95 = (values: readonly number[]) => quantile(values, 0.95);
    return [
      figureOf('click to the first sound of the call, median', median(heard), 'ms', heard.length),
      figureOf('click to the first sound of the call, p95', p95(heard), 'ms', heard.length, {
        atMost: 500,
      }),
      figureOf('change of mode, median', median(changed), 'ms', changed.length),
      figureOf('change of mode, p95', p95(changed), 'ms', changed.length, { atMost: 300 }),
      figureOf('click on listen to a closed microphone, p95', p95(closed), 'ms', closed.length),
    ];
  } finally {
    await program.stop();
    await bare.program.stop();
    served.close();
  }
};

export const measureJoining: Measure = async ({ quick }) => {
  progress('starting the centre');
  const centre = await openCentre();
  try {
    const count = rounds[quick ? 'quick' : 'full'];
    progress(`${String(count)} calls, each joined through all modes`);
    return await measureJoins(centre, count);
  } finally {
    await centre.stop();
  }
};
