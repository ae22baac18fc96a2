import { type Sound, startSound } from './pulseaudio.ts';
import { type Display, startDisplay } from './xvfb.ts';

export type Screen = {
  /** For the app's environment. */
  readonly env: Readonly<Record<string, string>>;
  readonly display: Display;
  readonly sound: Sound;
  readonly stop: () => Promise<void>;
};

/** True when a window opened here could be seen. */
export const hasScreen = (): boolean =>
  process.platform !== 'linux' || Boolean(process.env['DISPLAY'] ?? process.env['WAYLAND_DISPLAY']);

/** A screen and a headset that exist only inside the machine. */
export const startVirtualScreen = async (logDir: string): Promise<Screen> => {
  const display = await startDisplay({ logDir });
  try {
    const sound = await startSound({ logDir });
    return {
      env: { DISPLAY: display.display, ...sound.env },
      display,
      sound,
      stop: async () => {
        await sound.stop();
        await display.stop();
      },
    };
  } catch (error) {
    await display.stop();
    throw error;
  }
};
