import { bytesSaying } from './hid.ts';
import type { HeadsetLight, HeadsetMap } from './headset-map.ts';
import { lightIn } from './headset-map.ts';
import type { HeadsetQuirks } from './quirks.ts';
import type { HeadsetWish } from './wish.ts';

export type Lit = Readonly<Record<HeadsetLight, boolean>>;

export const litBy = (wish: HeadsetWish, { holdClearsOffHook }: HeadsetQuirks): Lit => ({
  off_hook: wish.offHook && !(wish.held && holdClearsOffHook === true),
  ring: wish.ringing,
  mute: wish.offHook && wish.muted,
  hold: wish.held,
  microphone: wish.offHook && !wish.muted && !wish.held,
});

export type OutputReport = { readonly reportId: number; readonly bytes: readonly number[] };

/** Every report that shows a light, whole: a light is never written without its neighbours. */
export const lightReports = (map: HeadsetMap, lit: Lit): readonly OutputReport[] =>
  map.lightReports.map((reportId) => ({
    reportId,
    bytes: bytesSaying(map.layout, reportId, (field) => {
      const light = lightIn(field);
      return light !== null && lit[light];
    }),
  }));
