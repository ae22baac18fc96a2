import { existsSync } from 'node:fs';
import { hasScreen } from '../display/screen.ts';
import { ensureAsterisk } from './asterisk.ts';
import { ensureElectron } from './electron.ts';
import { cacheDirectory } from './paths.ts';
import { messageOf, Problem } from './problem.ts';
import { ensureSystemLibraries } from './system-libraries.ts';
import { step, yellow } from './terminal.ts';

/**
 * Parts of the real world that tests need. The virtual desk is a screen with a keyboard, and a headset: Xvfb, xdotool,
 * PulseAudio, umockdev. The desk network is a network namespace that fails on command, and a relay.
 */
const needs = ['Electron', 'virtual desk', 'Asterisk', 'desk network'] as const;

export type TestNeed = (typeof needs)[number];

export type MissingNeed = { readonly need: TestNeed; readonly why: string };

/** What it takes to open a window: the screen of this machine, or else the virtual one. */
export const windowNeeds: readonly TestNeed[] = hasScreen()
  ? ['Electron']
  : ['Electron', 'virtual desk'];

/** Tells test runners what could not be had; without it (one file run by hand) the platform alone decides. */
const VARIABLE = 'RINGSIDE_TEST_WITHOUT';

export const isCi = (env: NodeJS.ProcessEnv = process.env): boolean =>
  !['', '0', 'false'].includes(env['CI'] ?? '');

const whyNotHere = (platform: NodeJS.Platform): string | null =>
  platform === 'linux' ? null : `the one of the tests runs on Linux only, and this is ${platform}`;

const tunDevice = '/dev/net/tun';

const whyNoNetwork = (platform: NodeJS.Platform): string | null => {
  const why = whyNotHere(platform);
  if (why !== null) return why;
  if (process.getuid?.() !== 0) return 'a network of its own can be made by root alone';
  return existsSync(tunDevice) ? null : `this machine has no ${tunDevice}`;
};

const fetchers: Readonly<Record<TestNeed, () => Promise<unknown>>> = {
  Electron: async () => {
    const { executable } = await ensureElectron(cacheDirectory());
    await ensureSystemLibraries(['app'], executable);
  },
  'virtual desk': async () => {
    const why = whyNotHere(process.platform);
    if (why !== null) throw new Problem(why);
    const { executable } = await ensureElectron(cacheDirectory());
    await ensureSystemLibraries(['display', 'sound', 'keyboard', 'headset'], executable);
  },
  Asterisk: () => ensureAsterisk(cacheDirectory()),
  'desk network': async () => {
    const why = whyNoNetwork(process.platform);
    if (why !== null) throw new Problem(why);
    const { executable } = await ensureElectron(cacheDirectory());
    await ensureSystemLibraries(['network'], executable);
  },
};

const whyOf = (error: unknown): string =>
  [messageOf(error), ...(error instanceof Problem ? error.advice : [])].join('\n');

/** Gets everything that tests need; returns what could not be had. */
export const prepareTestNeeds = async (): Promise<readonly MissingNeed[]> => {
  const missing: MissingNeed[] = [];
  for (const need of needs) {
    try {
      await step({ title: `${need} at hand`, work: fetchers[need] });
    } catch (error) {
      missing.push({ need, why: whyOf(error) });
    }
  }
  return missing;
};

/** For the environment of a test runner. */
export const describeMissingNeeds = (
  missing: readonly MissingNeed[],
): Readonly<Record<string, string>> => ({ [VARIABLE]: JSON.stringify(missing) });

const readMissingNeeds = (
  env: NodeJS.ProcessEnv,
  platform: NodeJS.Platform,
): readonly MissingNeed[] => {
  const told = env[VARIABLE];
  // Written by describeMissingNeeds.
  if (told !== undefined) return JSON.parse(told) as readonly MissingNeed[];
  const why = whyNotHere(platform);
  const missing = (['virtual desk', 'Asterisk'] as const).flatMap((need) =>
    why === null ? [] : [{ need, why }],
  );
  const whyNot = whyNoNetwork(platform);
  return whyNot === null ? missing : [...missing, { need: 'desk network', why: whyNot }];
};

const told = new Set<string>();

/**
 * Why tests that need this must be skipped, also printed; null when they can run. In CI a test that could not run is a
 * test that failed: there it throws.
 */
export const reasonToSkip = (
  wanted: readonly TestNeed[],
  env: NodeJS.ProcessEnv = process.env,
  platform: NodeJS.Platform = process.platform,
): string | null => {
  const missing = readMissingNeeds(env, platform).filter(({ need }) => wanted.includes(need));
  if (missing.length === 0) return null;
  // All of it was said when it could not be had.
  const reason = missing.map(({ need, why }) => `no ${need}: ${why.split('\n')[0]}`).join('; ');
  if (isCi(env)) throw new Problem(`Tests cannot run (${reason})`);
  if (!told.has(reason)) process.stderr.write(`${yellow(`! TESTS DO NOT RUN, ${reason}`)}\n`);
  told.add(reason);
  return reason;
};
