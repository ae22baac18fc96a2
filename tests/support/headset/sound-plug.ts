import type { Sound } from '../../../scripts/display/pulseaudio.ts';
import { runProgram } from '../../../scripts/platform/run-program.ts';
import type { Headset } from './headset-bed.ts';

/** Pulls out what a headset is for the sound server, and puts it back. */
export type SoundPlug = {
  /** Answers when the devices are gone and the system told of it, epoch ms. */
  readonly unplug: () => Promise<number>;
  readonly plug: () => Promise<void>;
  /** The system tells once more that something was plugged in. */
  readonly tellAgain: () => Promise<void>;
};

type Module = { readonly number: string; readonly name: string; readonly args: string };

const nowMs = (): number => performance.timeOrigin + performance.now();

/** `devices`: arguments of the modules that are the headset, such as `sink_name=headset`. */
export const soundPlug = (
  sound: Pick<Sound, 'env'>,
  headset: Pick<Headset, 'tellSound'>,
  devices: readonly string[] = ['source_name=headset_mic', 'sink_name=headset'],
): SoundPlug => {
  let away: readonly Module[] = [];
  const pactl = async (...args: readonly string[]): Promise<string> => {
    const { code, output } = await runProgram('pactl', args, { env: sound.env });
    if (code !== 0) throw new Error(`pactl ${args.join(' ')}: ${output}`);
    return output;
  };
  const modules = async (): Promise<readonly Module[]> =>
    (await pactl('list', 'short', 'modules')).split('\n').map((line): Module => {
      const [number = '', name = '', args = ''] = line.split('\t');
      return { number, name, args };
    });
  return {
    unplug: async () => {
      away = (await modules()).filter(({ args }) =>
        args.split(' ').some((argument) => devices.includes(argument)),
      );
      const at = nowMs();
      for (const { number } of away) await pactl('unload-module', number);
      await headset.tellSound('remove');
      return at;
    },
    tellAgain: () => headset.tellSound('add'),
    plug: async () => {
      for (const { name, args } of away) await pactl('load-module', name, args);
      away = [];
      await headset.tellSound('add');
    },
  };
};
