import type { HeadsetBed } from '../headset/headset-bed.ts';
import { soundPlug } from '../headset/sound-plug.ts';
import type { StackBed } from '../network/stack-bed.ts';
import type { DeskFault } from './desk-faults.ts';

/** As the network is made. */
const deskAddress = 2;

/** What goes wrong for all desks at once. */
export const sharedFaults = (
  { stack, network }: Pick<StackBed, 'stack' | 'network'>,
  bed: HeadsetBed,
): readonly DeskFault[] => {
  const [headset] = bed.headsets;
  const { asterisk, backend } = stack.services;
  if (headset === undefined || asterisk === undefined) throw new Error('no headset, or no PBX');
  const { sound } = stack.screen;
  const microphones = soundPlug(sound, headset, [
    'source_name=headset_mic',
    'source_name=laptop_mic',
  ]);
  const oneHeadset = soundPlug(sound, headset, ['source_name=headset_mic', 'sink_name=headset']);
  let letReturn: () => Promise<void> = () => Promise.resolve();
  const crash = (service: Pick<typeof backend, 'crash'>) => async (): Promise<void> => {
    letReturn = await service.crash();
  };
  const sign = (name: 'SIGSTOP' | 'SIGCONT') => (): Promise<void> => {
    process.kill(asterisk.current().child.pid, name);
    return Promise.resolve();
  };
  return [
    {
      name: 'no microphone',
      ...{ breaks: true, longestMs: 20_000, end: microphones.plug },
      begin: async () => {
        await microphones.unplug();
      },
    },
    {
      name: 'another headset',
      ...{ breaks: false, longestMs: 20_000, end: oneHeadset.plug },
      begin: async () => {
        await oneHeadset.unplug();
      },
    },
    {
      name: 'PBX stands still',
      breaks: true,
      longestMs: 12_000,
      begin: sign('SIGSTOP'),
      end: sign('SIGCONT'),
    },
    {
      name: 'PBX killed',
      breaks: true,
      longestMs: 8_000,
      begin: crash(asterisk),
      end: () => letReturn(),
    },
    {
      name: 'no network',
      ...{ breaks: true, longestMs: 25_000 },
      begin: () => network.unplug('eth0'),
      end: () => network.plug('eth0', deskAddress),
    },
    {
      name: 'network swallows',
      ...{ breaks: true, longestMs: 25_000 },
      begin: () => network.set({ isDown: true }),
      end: () => network.set({}),
    },
    {
      name: 'backend killed',
      breaks: false,
      longestMs: 8_000,
      begin: crash(backend),
      end: () => letReturn(),
    },
  ];
};
