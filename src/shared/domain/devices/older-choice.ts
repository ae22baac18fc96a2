import type { KnownDevice } from './device.ts';

/** What was kept before devices were ranked: an id each, and no name. */

type Ranked = {
  readonly microphone: readonly KnownDevice[];
  readonly speaker: readonly KnownDevice[];
  readonly ringer: readonly KnownDevice[];
};

const asRanking = (id: unknown): readonly KnownDevice[] =>
  typeof id === 'string' && id !== '' && id.length <= 256 ? [{ id, label: '' }] : [];

/** `{ microphone, speaker, ringer }`, each an id or null; whatever else it may be. */
export const rankedFrom = (older: unknown): Ranked => {
  const read = (name: string): unknown =>
    typeof older === 'object' && older !== null ? Reflect.get(older, name) : null;
  return {
    microphone: asRanking(read('microphone')),
    speaker: asRanking(read('speaker')),
    ringer: asRanking(read('ringer')),
  };
};

/** Gives those without a name the one that they are listed by now. The same object when there is nothing to give. */
export const withNames = <Settings extends Ranked>(
  settings: Settings,
  listed: {
    readonly microphones: readonly KnownDevice[];
    readonly speakers: readonly KnownDevice[];
  },
): Settings => {
  const named = (ranking: readonly KnownDevice[], found: readonly KnownDevice[]) =>
    ranking.map((known) => {
      const label = known.label === '' ? found.find(({ id }) => id === known.id)?.label : '';
      return label === undefined || label === '' ? known : { ...known, label };
    });
  const next = {
    microphone: named(settings.microphone, listed.microphones),
    speaker: named(settings.speaker, listed.speakers),
    ringer: named(settings.ringer, listed.speakers),
  };
  const isSame = (['microphone', 'speaker', 'ringer'] as const).every((role) =>
    next[role].every((known, index) => known === settings[role][index]),
  );
  return isSame ? settings : { ...settings, ...next };
};
