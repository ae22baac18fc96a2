import { phoneFixture } from './desk-fixture.ts';
import type { Scene } from './scene-makers.ts';

/** Headsets as they are when something is the matter. */

export const headsetScenes = {
  headsets: (now) => {
    const [first] = phoneFixture(now).headsets ?? [];
    if (first === undefined) return {};
    const headsets = [
      first,
      {
        ...first,
        id: 2,
        name: 'Plantronics Blackwire 3220 Series',
        model: '047f:c056',
        used: false,
      },
      { ...first, id: 3, name: 'Yealink UH38', model: '6993:b017', problem: 'no_access' as const },
    ];
    return { phone: { headsets } };
  },
} satisfies Record<string, (now: number) => Scene>;
