import { setTimeout as pause } from 'node:timers/promises';
import type { DeskApp } from '../desk-app.ts';
import { killPage } from '../kill-page.ts';
import type { SettableClock } from '../../soak/ledger/settable-clock.ts';
import type { AgentEdges } from './agent-edges.ts';
import type { SmallDisk } from './small-disk.ts';

/** Something that goes wrong at one desk for a while. */
export type DeskFault = {
  readonly name: string;
  /** A call could not ring and be heard there meanwhile. */
  readonly breaks: boolean;
  /** No call depends on it: a desk that is paused for it is paused without a fault. */
  readonly isHarmless?: true;
  /** The longest that it lasts, ms; it is over by itself where it is 0. */
  readonly longestMs: number;
  readonly begin: () => Promise<void>;
  readonly end: () => Promise<void>;
};

/** What an engine takes to be born again. */
const rebirthMs = 4_000;
/** Shorter than a link takes to be called lost. */
const flapMs = 300;
/** How far somebody sets a clock, to either side. */
const hourMs = 3_600_000;
/** Until an answer of the desk is here. */
const clockDoubtMs = 5_000;
const napMs = 1_000;

/** What the desk's machine has of its own. */
export type DeskMachine = {
  readonly edges: AgentEdges;
  readonly clock: SettableClock;
  /** Of its profile. */
  readonly disk: SmallDisk;
};

export const faultsOf = (
  desk: DeskApp,
  { edges, clock, disk }: DeskMachine,
  random: () => number,
): readonly DeskFault[] => {
  const { extension } = desk.user;
  const nothing = (): Promise<void> => Promise.resolve();
  const sign = (name: 'SIGSTOP' | 'SIGCONT') => (): Promise<void> => {
    desk.app.process().kill(name);
    return Promise.resolve();
  };
  const power = (event: 'suspend' | 'resume') => (): Promise<void> =>
    desk.app.evaluate(({ powerMonitor }, what) => void powerMonitor.emit(what), event);
  const edge = (mode: 'pass' | 'cut' | 'swallow') => (): Promise<void> => {
    edges.set(extension, mode);
    return Promise.resolve();
  };
  const lasting = (longestMs: number) => ({ breaks: true, longestMs });
  return [
    { name: 'link cut', ...lasting(25_000), begin: edge('cut'), end: edge('pass') },
    { name: 'link swallows', ...lasting(25_000), begin: edge('swallow'), end: edge('pass') },
    {
      name: 'link flaps',
      ...{ breaks: false, longestMs: 0, end: nothing },
      begin: async () => {
        for (let times = 0; times < 3; times += 1) {
          edges.set(extension, 'cut');
          await pause(flapMs);
          edges.set(extension, 'pass');
          await pause(flapMs);
        }
      },
    },
    {
      name: 'phone killed',
      ...{ breaks: true, longestMs: 0, end: nothing },
      begin: async () => {
        await killPage(desk.app, 'phone');
        await pause(rebirthMs);
      },
    },
    {
      name: 'program stands still',
      ...lasting(20_000),
      begin: sign('SIGSTOP'),
      end: sign('SIGCONT'),
    },
    { name: 'sleep', ...lasting(9_000), begin: power('suspend'), end: power('resume') },
    {
      name: 'disk full',
      ...lasting(20_000),
      // It is tried as Ready is proven anew; by itself that would be in ten minutes.
      begin: async () => {
        disk.fill(desk.profile);
        await power('suspend')();
        await pause(napMs);
        await power('resume')();
      },
      end: () => {
        disk.free();
        return Promise.resolve();
      },
    },
    {
      name: 'clock set',
      ...{ breaks: false, isHarmless: true, longestMs: 20_000 },
      begin: async () => {
        const shiftMs = Math.round((random() * 2 - 1) * hourMs);
        clock.set(shiftMs);
        const there = await desk.app.evaluate(() => Date.now());
        if (Math.abs(there - Date.now() - shiftMs) > clockDoubtMs) {
          throw new Error('the desk does not go by its clock');
        }
      },
      end: () => {
        clock.set(0);
        return Promise.resolve();
      },
    },
  ];
};
