import { handlersOf } from './handlers.ts';
import { createMemoryBridge, type MemoryBridge } from './memory-bridge.ts';
import { scenes, snapshotsOf, type SceneName } from './scenes.ts';
import { languages } from '../i18n/i18n.ts';

/**
 * The program with nothing behind it: `?scene=ringing&theme=dark&lang=es`. It is the real entry point over a bridge in
 * memory, for looking at every screen and for tests of keyboard and accessibility. Scenes of the strip show its page.
 */

declare global {
  interface Window {
    gallery?: MemoryBridge;
  }
}

const query = new URLSearchParams(location.search);
const wanted = query.get('scene') ?? 'idle';
const isScene = (name: string): name is SceneName => Object.hasOwn(scenes, name);
const name: SceneName = isScene(wanted) ? wanted : 'idle';
const theme = query.get('theme') === 'dark' ? 'dark' : 'light';
const language = languages.find((known) => known === query.get('lang')) ?? 'en';

const now = (): number => Date.now();
const { desk, phone } = snapshotsOf(name, now());
const bridge = createMemoryBridge(
  { ...desk, settings: { ...desk.settings, theme, language } },
  phone,
  handlersOf(now),
);
window.gallery = bridge;
Object.defineProperty(window, 'ringside', { value: bridge });

if (name === 'battery-low') {
  const battery = Object.assign(new EventTarget(), {
    ...{ charging: false, level: 0.12, dischargingTime: 1_500 },
  });
  Object.defineProperty(navigator, 'getBattery', { value: () => Promise.resolve(battery) });
}

await (name.startsWith('strip-') ? import('../compact/main.tsx') : import('../main.tsx'));
