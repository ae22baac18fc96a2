import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** Keys and pointer of an X display, by the same way as a person's (XTEST): they go to whatever has the focus. */
export type RealKeyboard = {
  readonly type: (text: string) => Promise<void>;
  /** Such as `ctrl+alt+h`. */
  readonly press: (keys: string) => Promise<void>;
  readonly click: (x: number, y: number) => Promise<void>;
  readonly drag: (from: readonly [number, number], to: readonly [number, number]) => Promise<void>;
  readonly focusWindow: (title: string) => Promise<void>;
  /** The X id of the window that has the focus. */
  readonly focused: () => Promise<string>;
};

const run = promisify(execFile);

export const realKeyboard = (display: string): RealKeyboard => {
  const xdotool = async (...args: readonly string[]): Promise<string> => {
    const { stdout } = await run('xdotool', args, { env: { ...process.env, DISPLAY: display } });
    return stdout.trim();
  };
  const at = (x: number, y: number): readonly string[] => [
    'mousemove',
    String(Math.round(x)),
    String(Math.round(y)),
  ];
  return {
    type: async (text) => {
      await xdotool('type', '--delay', '20', text);
    },
    press: async (keys) => {
      await xdotool('key', keys);
    },
    click: async (x, y) => {
      await xdotool(...at(x, y), 'click', '1');
    },
    drag: async (from, to) => {
      const half = [(from[0] + to[0]) / 2, (from[1] + to[1]) / 2] as const;
      const pause = ['sleep', '0.2'];
      const down = [...at(...from), 'mousedown', '1'];
      await xdotool(...down, ...at(...half), ...pause, ...at(...to), ...pause, 'mouseup', '1');
    },
    focusWindow: async (title) => {
      const id = await xdotool('search', '--sync', '--onlyvisible', '--name', title);
      await xdotool('windowfocus', '--sync', id.split('\n')[0] ?? '');
    },
    focused: () => xdotool('getwindowfocus', '-f'),
  };
};
