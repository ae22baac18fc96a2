import { setTimeout as pause } from 'node:timers/promises';
import type { Figure, MeasureOptions } from '../../scripts/platform/figures.ts';
import { progress } from '../../scripts/platform/figures.ts';
import type { AnsweredCall, AppPhone } from './support/app-phone.ts';
import { appPhone, uiAddress } from './support/app-phone.ts';
import { barePhone, serveBarePage, type BarePhone } from './support/bare-page.ts';
import { openCentre, type Centre } from './support/centre.ts';
import type { AttachedElectron, LaunchedElectron } from './support/launched-electron.ts';
import { cpuSeconds, memoryMb, renderersOf } from './support/process-tree.ts';
import { helloAddress, launchApp, launchPlain } from './support/programs.ts';
import { legAtPbx, unevenPause } from './support/ringing-leg.ts';
import { nowMs } from './support/sip-tap.ts';
import { timeAppStart, timePlainStart } from './support/start-up.ts';
import { largest, median, quantile } from './support/statistics.ts';
import { killUiInCall } from './support/ui-kills.ts';

/**
 * One call in all its parts, against an Electron that shows "Hello, world" and against a bare JsSIP page, on the same
 * Electron, the same PBX and the same line.
 */

type Plan = {
  readonly starts: number;
  readonly calls: number;
  readonly backToBack: number;
  readonly kills: number;
  readonly idleSeconds: number;
  readonly inCallSeconds: number;
};

const plans: Readonly<Record<'full' | 'quick', Plan>> = {
  full: { starts: 7, calls: 30, backToBack: 50, kills: 20, idleSeconds: 60, inCallSeconds: 30 },
  quick: { starts: 3, calls: 8, backToBack: 8, kills: 5, idleSeconds: 20, inCallSeconds: 10 },
};

/** A program that has just been left alone still tidies up. */
const settleMs = 4_000;
const quietAfterMs = 62_000;
const ringMs = 400;
const talkMs = 200;
const betweenMs = 300;
const gapMs = 300;
const killsPerCall = 5;

const figure = (
  name: string,
  value: number,
  unit: string,
  n: number,
  promise?: { readonly atMost: number } | { readonly exactly: number },
): Figure => {
  if (promise === undefined) return { figure: name, value, unit, promise: '', ok: true, n };
  if ('exactly' in promise) {
    const { exactly } = promise;
    return { figure: name, value, unit, promise: `= ${exactly}`, ok: value === exactly, n };
  }
  return {
    figure: name,
    value,
    unit,
    promise: `<= ${promise.atMost}`,
    ok: value <= promise.atMost,
    n,
  };
};

// --- Start and memory of nothing

const measureStarts = async (centre: Centre, plan: Plan): Promise<readonly Figure[]> => {
  const ours: number[] = [];
  const hello: number[] = [];
  // The first start of each fills the profile; it is shown apart.
  const firstMs = await timeAppStart(centre);
  await timePlainStart(centre);
  for (let run = 0; run < plan.starts; run += 1) {
    hello.push(await timePlainStart(centre));
    ours.push(await timeAppStart(centre));
  }
  const n = plan.starts;
  return [
    figure('start to sign-in form, fresh profile', firstMs, 'ms', 1),
    figure('start to sign-in form, median', median(ours), 'ms', n),
    figure('hello-world start, median', median(hello), 'ms', n),
    figure('start / hello-world', median(ours) / median(hello), '', n, { atMost: 2.5 }),
  ];
};

const measureHelloMemory = async (centre: Centre): Promise<number> => {
  const hello = await launchPlain(centre, 'hello', { windows: 2 });
  try {
    // As the app: driven until it stands, then left alone.
    const attached = await hello.attach();
    await (await attached.page(helloAddress)).getByRole('heading').waitFor();
    await attached.detach();
    await pause(settleMs);
    return memoryMb(hello.pid);
  } finally {
    await hello.stop();
  }
};

/** Processor seconds per minute. */
const cpuPerMinute = async (pid: number, seconds: number): Promise<number> => {
  const before = cpuSeconds(pid);
  const startedAt = nowMs();
  await pause(seconds * 1_000);
  return ((cpuSeconds(pid) - before) * 60_000) / (nowMs() - startedAt);
};

// --- The bare phone

type BareCall = {
  readonly invitedAt: number;
  readonly shownAt: number;
  readonly answeredAt: number;
  readonly heardAt: number;
  readonly hangUp: () => Promise<unknown>;
};

const ringBare = async (centre: Centre, phone: BarePhone, number: string): Promise<BareCall> => {
  const { extension } = centre.agents.bare;
  const since = nowMs();
  const made = legAtPbx(centre.pbx, extension, since);
  await centre.placeCall({ number, extension });
  const [shownAt, leg] = await Promise.all([phone.shownAt(since), made]);
  const invitedAt = centre.tap.invitedAt(extension, since);
  await unevenPause(ringMs);
  const answeredAt = await phone.answer();
  const heardAt = await leg.heardAt();
  return {
    invitedAt,
    shownAt,
    answeredAt,
    heardAt,
    hangUp: async () => {
      await phone.end();
      await leg.endedAt();
    },
  };
};

type OpenBare = {
  readonly program: LaunchedElectron;
  readonly attached: AttachedElectron;
  readonly phone: BarePhone;
};

const attachBare = async (program: LaunchedElectron, pageUrl: string): Promise<OpenBare> => {
  const attached = await program.attach();
  return { program, attached, phone: barePhone(await attached.page(pageUrl)) };
};

const openBare = async (centre: Centre, pageUrl: string): Promise<OpenBare> => {
  const bare = await attachBare(
    await launchPlain(centre, 'bare', { windows: 1, pageUrl }),
    pageUrl,
  );
  const { sip } = await centre.signIn(centre.agents.bare);
  if (sip === null) throw new Error('the bare phone was given no account');
  await bare.phone.register(sip);
  return bare;
};

/** Both in a call with nobody attached, at the same time: whatever else this machine does slows both down. */
const measureCallCpu = async (
  centre: Centre,
  appPid: number,
  bare: OpenBare,
  seconds: number,
): Promise<readonly Figure[]> => {
  await ringBare(centre, bare.phone, centre.numbers.at(-1) ?? '');
  await bare.attached.detach();
  await pause(settleMs);
  const [ours, theirs] = await Promise.all([
    cpuPerMinute(appPid, seconds),
    cpuPerMinute(bare.program.pid, seconds),
  ]);
  return [
    figure('CPU in a call', ours, 's/min', 1),
    figure('CPU in a call, bare', theirs, 's/min', 1),
    figure('CPU in a call / bare', ours / theirs, '', 1, { atMost: 1.3 }),
  ];
};

// --- Calls one after another

type Rounds = {
  readonly queue: readonly AnsweredCall[];
  readonly direct: readonly AnsweredCall[];
  readonly bare: readonly BareCall[];
};

const measureRounds = async (
  centre: Centre,
  app: AppPhone,
  bare: BarePhone,
  calls: number,
): Promise<Rounds> => {
  const queue: AnsweredCall[] = [];
  const direct: AnsweredCall[] = [];
  const bareCalls: BareCall[] = [];
  const one = async (to: 'queue' | 'extension', number: string): Promise<AnsweredCall> => {
    const ringing = await app.ring(number, to);
    await unevenPause(ringMs);
    const answered = await app.answer(ringing);
    await unevenPause(talkMs);
    await app.hangUp(answered);
    await app.completeWrapUp();
    await unevenPause(betweenMs);
    return answered;
  };
  for (let round = 0; round < calls; round += 1) {
    const number = (offset: number) =>
      centre.numbers[(round * 3 + offset) % centre.numbers.length] ?? '';
    queue.push(await one('queue', number(0)));
    const bareCall = await ringBare(centre, bare, number(1));
    await unevenPause(talkMs);
    await bareCall.hangUp();
    bareCalls.push(bareCall);
    direct.push(await one('extension', number(2)));
  }
  return { queue, direct, bare: bareCalls };
};

const roundFigures = ({ queue, direct, bare }: Rounds): readonly Figure[] => {
  const n = queue.length;
  const pop = (calls: readonly AnsweredCall[]) =>
    calls.map(({ paintedAt, invitedAt }) => paintedAt - invitedAt);
  const ring = bare.map(({ shownAt, invitedAt }) => shownAt - invitedAt);
  const heard = [...queue, ...direct].map(({ heardAt, pressedAt }) => heardAt - pressedAt);
  const bareHeard = bare.map(({ heardAt, answeredAt }) => heardAt - answeredAt);
  const p95 = (values: readonly number[]) => quantile(values, 0.95);
  return [
    figure('INVITE to record, queue call, median', median(pop(queue)), 'ms', n),
    figure('INVITE to record, queue call, p95', p95(pop(queue)), 'ms', n, { atMost: 60 }),
    figure('INVITE to record, direct call, median', median(pop(direct)), 'ms', n),
    figure('INVITE to record, direct call, p95', p95(pop(direct)), 'ms', n, { atMost: 150 }),
    figure('INVITE to bare ring, median', median(ring), 'ms', n),
    figure('INVITE to bare ring, p95', p95(ring), 'ms', n),
    figure('INVITE to record / to bare ring, p95', p95(pop(queue)) / p95(ring), '', n),
    figure('Answer to first audio, median', median(heard), 'ms', heard.length),
    figure('Answer to first audio, p95', p95(heard), 'ms', heard.length),
    figure('Answer to first audio, bare, median', median(bareHeard), 'ms', n),
    figure('Answer to first audio / bare', median(heard) / median(bareHeard), '', n, {
      atMost: 0.8,
    }),
  ];
};

// --- The next call right after the last

const measureBackToBack = async (
  centre: Centre,
  app: AppPhone,
  calls: number,
): Promise<readonly Figure[]> => {
  let good = 0;
  let before: AnsweredCall | null = null;
  const gaps: number[] = [];
  let endedAt = Number.NaN;
  for (let index = 0; index < calls; index += 1) {
    const number = centre.numbers[index % centre.numbers.length] ?? '';
    const ringing = await app.ring(number, 'extension');
    if (before !== null) {
      gaps.push(ringing.invitedAt - endedAt);
      await app.settle(before.callId);
    }
    const answered: AnsweredCall = await app.answer(ringing);
    await app.page
      .locator(`[data-call-id="${answered.callId}"][data-call-state="connected"]`)
      .first()
      .waitFor();
    endedAt = await app.hangUp(answered);
    good += 1;
    before = answered;
    // The PBX needs some 40 ms to bring the next one.
    await pause(Math.max(0, endedAt + gapMs - 40 - nowMs()));
  }
  if (before !== null) await app.settle(before.callId);
  return [
    figure('gap between calls back to back, median', median(gaps), 'ms', gaps.length),
    figure('calls back to back, rung, answered and ended', good, '', calls, { exactly: calls }),
  ];
};

// --- The screen dies

const measureKills = async (
  centre: Centre,
  program: LaunchedElectron,
  attached: AttachedElectron,
  kills: number,
): Promise<readonly Figure[]> => {
  // Until the first kill: the desk's process, then the phone's.
  const enginePid = renderersOf(program.pid)[1];
  if (enginePid === undefined) throw new Error('the app has no phone');
  const backMs: number[] = [];
  let lost = 0;
  for (let done = 0; done < kills; done += killsPerCall) {
    const page = await attached.page(uiAddress);
    const app = appPhone(centre, page);
    const call = await app.answer(
      await app.ring(centre.numbers[done % centre.numbers.length] ?? '', 'extension'),
    );
    const killed = await killUiInCall(
      { pbx: centre.pbx, attached, rootPid: program.pid, enginePid },
      page,
      call,
      Math.min(killsPerCall, kills - done),
    );
    backMs.push(...killed.backMs);
    if (killed.isLost) lost += 1;
    const after = appPhone(centre, killed.page);
    if (!killed.isLost) {
      await after.hangUp(call);
      await after.completeWrapUp();
    }
  }
  const n = backMs.length;
  return [
    figure('calls lost by UI kills', lost, '', n, { exactly: 0 }),
    figure('UI kill to the same call on screen, median', median(backMs), 'ms', n),
    figure('UI kill to the same call on screen, slowest', largest(backMs), 'ms', n, {
      atMost: 2_000,
    }),
  ];
};

// --- All of it

const measureQuietDesk = async (
  centre: Centre,
  plan: Plan,
  program: LaunchedElectron,
): Promise<readonly Figure[]> => {
  const readyAt = nowMs();
  await pause(settleMs);
  const memory = memoryMb(program.pid);
  // Meanwhile the desk grows quiet: its clocks count seconds in the first minute.
  progress(`${plan.starts} starts, in turns with hello-world`);
  const starts = await measureStarts(centre, plan);
  await pause(Math.max(0, readyAt + quietAfterMs - nowMs()));
  progress(`idle for ${plan.idleSeconds} s`);
  const cpu = await cpuPerMinute(program.pid, plan.idleSeconds);
  return [
    ...starts,
    figure('memory, signed in and idle', memory, 'MB', 1),
    figure(
      plan.idleSeconds < 60 ? `CPU idle (from ${plan.idleSeconds} s)` : 'CPU idle',
      cpu,
      's/min',
      1,
      { atMost: 0.5 },
    ),
  ];
};

/** The first call of a fresh app; it is left alone in it. */
const measureFirstCall = async (
  centre: Centre,
  program: LaunchedElectron,
  helloMb: number,
): Promise<readonly Figure[]> => {
  const attached = await program.attach();
  const app = appPhone(centre, await attached.page(uiAddress));
  const ringing = await app.ring(centre.numbers[0] ?? '', 'queue');
  await pause(ringMs);
  const call = await app.answer(ringing);
  await attached.detach();
  await pause(settleMs);
  const memory = memoryMb(program.pid);
  return [
    figure('first call, INVITE to record', call.paintedAt - call.invitedAt, 'ms', 1),
    figure('first call, Answer to first audio', call.heardAt - call.pressedAt, 'ms', 1),
    figure('memory, in a call', memory, 'MB', 1),
    figure('memory, hello-world with two windows', helloMb, 'MB', 1),
    figure('memory in a call / hello-world', memory / helloMb, '', 1, { atMost: 1.45 }),
  ];
};

/** Beside the bare phone: the processor's work in a call, then calls in turns. */
const measureBesideBare = async (
  centre: Centre,
  plan: Plan,
  program: LaunchedElectron,
  pageUrl: string,
): Promise<readonly Figure[]> => {
  const opened = await openBare(centre, pageUrl);
  try {
    progress(`in a call for ${plan.inCallSeconds} s, beside the bare phone`);
    const cpu = await measureCallCpu(centre, program.pid, opened, plan.inCallSeconds);
    const bare = await attachBare(opened.program, pageUrl);
    await bare.phone.end();
    const attached = await program.attach();
    const app = appPhone(centre, await attached.page(uiAddress));
    await app.endCall();
    progress(`${plan.calls} queue calls, direct calls and calls of the bare phone in turns`);
    const rounds = await measureRounds(centre, app, bare.phone, plan.calls);
    await attached.detach();
    return [...cpu, ...roundFigures(rounds)];
  } finally {
    await opened.program.stop();
  }
};

const measureApp = async (
  centre: Centre,
  plan: Plan,
  bareUrl: string,
  helloMb: number,
): Promise<readonly Figure[]> => {
  const program = await launchApp(centre, 'desk');
  try {
    const first = await program.attach();
    await appPhone(centre, await first.page(uiAddress)).signInReady();
    await first.detach();
    const quiet = await measureQuietDesk(centre, plan, program);
    progress('the first call');
    const firstCall = await measureFirstCall(centre, program, helloMb);
    const besideBare = await measureBesideBare(centre, plan, program, bareUrl);
    const attached = await program.attach();
    const app = appPhone(centre, await attached.page(uiAddress));
    progress(`${plan.backToBack} calls back to back`);
    const backToBack = await measureBackToBack(centre, app, plan.backToBack);
    progress(`${plan.kills} kills of the screen in calls`);
    const kills = await measureKills(centre, program, attached, plan.kills);
    await attached.detach();
    return [...quiet, ...firstCall, ...besideBare, ...backToBack, ...kills];
  } finally {
    await program.stop();
  }
};

export const measure = async ({ quick }: MeasureOptions): Promise<readonly Figure[]> => {
  const plan = plans[quick ? 'quick' : 'full'];
  progress('starting the centre');
  const centre = await openCentre();
  try {
    const bare = await serveBarePage(centre.scratch);
    try {
      const helloMb = await measureHelloMemory(centre);
      return await measureApp(centre, plan, bare.url, helloMb);
    } finally {
      bare.close();
    }
  } finally {
    await centre.stop();
  }
};
