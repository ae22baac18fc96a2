import { rankedFrom } from '../../shared/domain/devices/older-choice.ts';
import type { Settings } from '../../shared/ipc/desk.ts';

/** Names that a file of an earlier version used; they are taken over once and go. */
export const olderNames = ['devices'] as const;

/** What such a file says in words of its own. */
export const takenOver = (
  stored: Readonly<Record<string, unknown>>,
  defaults: Settings,
): Partial<Settings> =>
  stored['devices'] === undefined
    ? {}
    : { audioDevices: { ...defaults.audioDevices, ...rankedFrom(stored['devices']) } };
