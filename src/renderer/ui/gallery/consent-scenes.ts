import type { ContactCard } from '../../../shared/api/records.ts';
import { exact, talkingScene, type Scene } from './scene-makers.ts';
import { marta } from './people.ts';

type ConsentPart = ContactCard['consent'];

const wordings: ConsentPart['wordings'] = [
  {
    language: 'es',
    version: 'es-4',
    ask: '¿Puedo grabar esta llamada para mejorar nuestro servicio?',
    notice: 'Esta llamada se graba para mejorar nuestro servicio. Dígame si prefiere que no.',
  },
];

/** A customer in Spain, where people have to be told, and an agent in Massachusetts, where they have to agree. */
export const consentOf = (part: Partial<ConsentPart> = {}): ConsentPart => ({
  state: 'not_asked',
  at: null,
  rule: {
    need: 'consent',
    because: [
      {
        place: { country: 'US', subdivision: 'US-MA' },
        source: 'Mass. Gen. Laws ch. 272, § 99',
      },
    ],
    rulesVersion: '2026-11-22',
  },
  wordings,
  policy: 'on_consent',
  ...part,
});

const told: Partial<ConsentPart> = {
  rule: {
    need: 'notice',
    because: [{ place: { country: 'ES' }, source: 'Constitución art. 18.3 (STC 114/1984)' }],
    rulesVersion: '2026-11-22',
  },
  policy: 'when_rule_allows',
};

const standing = (now: number, kind: 'granted' | 'refused') => ({
  kind: 'exact' as const,
  customer: {
    ...marta(now),
    standing: { kind, how: 'written_before', at: now - 19 * 86_400_000 } as const,
  },
});

export const consentScenes = {
  'consent-rule': (now) => talkingScene(now, { consent: consentOf() }),
  'consent-notice': (now) =>
    talkingScene(now, { consent: consentOf({ ...told, state: 'asked', at: now - 2_000 }) }),
  'consent-unknown-place': (now) =>
    talkingScene(now, {
      match: { kind: 'unknown' },
      consent: consentOf({
        rule: {
          need: 'consent',
          because: [
            { place: null, source: 'unknown' },
            { place: { country: 'US' }, source: 'unknown' },
          ],
          rulesVersion: '2026-11-22',
        },
      }),
    }),
  'consent-stands': (now) =>
    talkingScene(now, { match: standing(now, 'granted'), consent: consentOf() }),
  'consent-refused-before': (now) =>
    talkingScene(now, {
      match: standing(now, 'refused'),
      consent: consentOf({
        state: 'refused',
        at: now - 19 * 86_400_000,
        how: 'written_before',
        standing: true,
      }),
    }),
  'consent-keypad': (now) =>
    talkingScene(now, {
      match: exact(now),
      consent: consentOf({ state: 'granted', at: now - 60_000, how: 'keypad' }),
      recording: { state: 'recording', since: now - 41_000 },
    }),
} satisfies Record<string, (now: number) => Scene>;
