import { matched, type FoundDevice, type KnownDevice } from './device.ts';

/** Where it rings beside the ringer: nowhere else, at every speaker, or at this one. */
export type AlsoRing = 'nowhere' | 'everywhere' | KnownDevice;

/**
 * Ids of the speakers that ring, each once, the ringer first. Where a ringer was chosen and none of those is there, every
 * speaker rings: a call must not be missed for want of one. Empty: there is nothing to ring with.
 */
export const ringOutputs = ({
  speakers,
  ringer,
  preferences,
  alsoRing,
}: {
  readonly speakers: readonly FoundDevice[];
  /** In use. */
  readonly ringer: FoundDevice | null;
  readonly preferences: readonly KnownDevice[];
  readonly alsoRing: AlsoRing;
}): readonly string[] => {
  const chosenIsThere = matched(preferences, speakers).some((device) => device !== null);
  const isLost = preferences.length > 0 && !chosenIsThere;
  const others =
    isLost || alsoRing === 'everywhere'
      ? speakers
      : alsoRing === 'nowhere'
        ? []
        : matched([alsoRing], speakers).filter((device) => device !== null);
  return [...new Set([...(ringer === null ? [] : [ringer]), ...others].map(({ id }) => id))];
};
