import { setTimeout as pause } from 'node:timers/promises';
import type { DeskApp } from '../desk-app.ts';
import { killPage } from '../kill-page.ts';
import type { AgentEdges } from './agent-edges.ts';

/** Something that goes wrong at one desk for a while. */
export type DeskFault = {
  readonly name: string;
  /** A call could not ring and be heard there meanwhile. */
  readonly breaks: boolean;
  /** The longest that it lasts, ms; it is over by itself where it is 0. */
  readonly longestMs: number;
  readonly begin: () => Promise<void>;
  readonly end: () => Promise<void>;
};

/** What an engine takes to be born again. */
const rebirthMs = 4_000;
/** Shorter than a link takes to be called lost. */
const flapMs = 300;

export const faultsOf = (desk: DeskApp, edges: AgentEdges): readonly DeskFault[] => {
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
  ];
};
