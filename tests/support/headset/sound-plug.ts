import { existsSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
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

/** It obeys in silence; this it answers, after everything before. */
const answered = 'stat';
const patienceMs = 5_000;

/** Tells the sound server without a program in between: one that has to wait for a core takes seconds to begin. */
const tellServer = (socketPath: string, commands: readonly string[]): Promise<void> =>
  new Promise((resolve, reject) => {
    const socket = connect(socketPath, () => {
      socket.write([...commands, answered, ''].join('\n'));
    });
    socket.setTimeout(patienceMs, () => socket.destroy(new Error('the sound server is silent')));
    socket.on('error', reject);
    socket.once('data', () => {
      resolve();
      socket.destroy();
    });
  });

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
  const socketPath = join(sound.env.PULSE_RUNTIME_PATH, 'cli');
  return {
    unplug: async () => {
      if (!existsSync(socketPath)) {
        await pactl('load-module', 'module-cli-protocol-unix', `socket=${socketPath}`);
      }
      away = (await modules()).filter(({ args }) =>
        args.split(' ').some((argument) => devices.includes(argument)),
      );
      const at = nowMs();
      const commands = away.map(({ number }) => `unload-module ${number}`);
      await tellServer(socketPath, commands);
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
