import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isPreferred, ranked, type FoundDevice, type KnownDevice } from './device.ts';
import {
  noStanding,
  standingIn,
  withOfferDeclined,
  withOfferTaken,
  type Situation,
  type Standing,
} from './standing.ts';

const headset: FoundDevice = { id: 'headset', label: 'Headset', isDefault: false };
const laptop: FoundDevice = { id: 'laptop', label: 'Laptop', isDefault: true };
const webcam: FoundDevice = { id: 'webcam', label: 'Webcam', isDefault: false };
const wanted: readonly KnownDevice[] = [headset, laptop];

const situation = (part: Partial<Situation>): Situation => ({
  found: [headset, laptop, webcam],
  preferences: wanted,
  talking: false,
  better: 'ask',
  ...part,
});
const after = (...situations: readonly Partial<Situation>[]): Standing =>
  situations.reduce<Standing>(
    (standing, part) => standingIn(standing, situation(part)).standing,
    noStanding,
  );

describe('in a call', () => {
  const inCall = after({}, { talking: true });

  test('what vanishes is replaced by the next best, at once', () => {
    expect(standingIn(inCall, situation({ talking: true, found: [webcam, laptop] }))).toEqual({
      standing: { inUse: laptop, offered: null, declined: [], preferences: wanted },
      change: { why: 'gone', from: headset, to: laptop },
    });
  });
  test('what comes back is offered', () => {
    const standing = after({}, { talking: true, found: [laptop] }, { talking: true });
    expect(standing).toMatchObject({ inUse: laptop, offered: headset });
    expect(withOfferTaken(standing).change).toEqual({ why: 'chosen', from: laptop, to: headset });
  });
  test('what comes back is taken where the agent wants that', () => {
    const away = after({}, { talking: true, found: [laptop] });
    expect(standingIn(away, situation({ talking: true, better: 'take' })).change).toEqual({
      why: 'better',
      from: laptop,
      to: headset,
    });
  });
  test('an offer without an answer is taken after the call', () => {
    const offered = after({}, { talking: true, found: [laptop] }, { talking: true });
    expect(standingIn(offered, situation({})).change).toMatchObject({ to: headset });
  });
  test('an offer that was declined is not made again, nor taken, until the device went and came', () => {
    const offered = after({}, { talking: true, found: [laptop] }, { talking: true });
    const declined = withOfferDeclined(offered);
    expect(standingIn(declined, situation({ talking: true })).standing).toMatchObject({
      inUse: laptop,
      offered: null,
    });
    const stays = standingIn(declined, situation({}));
    expect(stays.change).toBeNull();
    const went = standingIn(stays.standing, situation({ found: [laptop] })).standing;
    expect(standingIn(went, situation({})).standing.inUse).toEqual(headset);
  });
  test('where nobody ranked anything the system is followed', () => {
    const systems = { preferences: [], talking: true };
    const before = after({ preferences: [] }, systems);
    const found = [headset, { ...laptop, isDefault: false }, { ...webcam, isDefault: true }];
    expect(standingIn(before, situation({ ...systems, found })).change).toMatchObject({
      to: { id: 'webcam' },
    });
  });
  test('the agent’s own ranking counts at once', () => {
    const preferences = [webcam, headset];
    expect(standingIn(inCall, situation({ talking: true, preferences })).change).toEqual({
      why: 'chosen',
      from: headset,
      to: webcam,
    });
  });
});

const anyFound = fc
  .subarray([headset, laptop, webcam])
  .chain((devices) =>
    fc
      .option(fc.constantFrom(...devices.map(({ id }) => id), 'none'))
      .map((id) => devices.map((device) => ({ ...device, isDefault: device.id === id }))),
  );
const anySituation: fc.Arbitrary<Situation> = fc.record({
  found: anyFound,
  preferences: fc.constantFrom<readonly KnownDevice[]>(
    [],
    wanted,
    [webcam],
    [laptop, webcam, headset],
  ),
  talking: fc.boolean(),
  better: fc.constantFrom('ask' as const, 'take' as const),
});
type Step = Situation | 'take' | 'decline';
const anySteps = fc.array(
  fc.oneof({ weight: 5, arbitrary: anySituation }, fc.constantFrom<Step>('take', 'decline')),
  { maxLength: 12 },
);

/** Every standing on the way, with the one before it. */
const walk = (
  steps: readonly Step[],
  see: (before: Standing, now: Standing, situation: Situation) => void,
): void => {
  let standing = noStanding;
  for (const step of steps) {
    if (step === 'take') standing = withOfferTaken(standing).standing;
    else if (step === 'decline') standing = withOfferDeclined(standing);
    else {
      const before = standing;
      standing = standingIn(before, step).standing;
      see(before, standing, step);
    }
  }
};

describe('whatever comes and goes', () => {
  const always = (see: Parameters<typeof walk>[1]): void => {
    fc.assert(fc.property(anySteps, (steps) => walk(steps, see)));
  };

  test('something is in use as long as anything is there', () => {
    always((_before, { inUse }, { found }) => {
      expect(inUse === null).toBe(found.length === 0);
      if (inUse !== null) expect(found).toContainEqual(inUse);
    });
  });
  test('a call is disturbed only for want of the device, by the agent’s word, or where the system decides', () => {
    always((before, { inUse }, { found, talking, better, preferences }) => {
      const still = found.some(({ id }) => id === before.inUse?.id);
      const anew = JSON.stringify(preferences) !== JSON.stringify(before.preferences);
      if (!talking || better === 'take' || !still || anew || inUse === null) return;
      if (inUse.id !== before.inUse?.id) expect(isPreferred(preferences, found, inUse)).toBe(false);
    });
  });
  test('outside of calls the best that was not declined is in use', () => {
    always((_before, { inUse, declined }, { found, talking, preferences }) => {
      if (talking || inUse === null) return;
      const ids = ranked(preferences, found).map(({ id }) => id);
      const ahead = ids.slice(0, ids.indexOf(inUse.id));
      expect(ahead.every((id) => declined.includes(id))).toBe(true);
    });
  });
  test('what is offered is there, ranks before what is in use, and was not declined', () => {
    always((_before, { inUse, offered, declined }, { found, preferences }) => {
      if (offered === null) return;
      const ids = ranked(preferences, found).map(({ id }) => id);
      expect(ids.indexOf(offered.id)).toBeGreaterThanOrEqual(0);
      expect(ids.indexOf(offered.id)).toBeLessThan(ids.indexOf(inUse?.id ?? ''));
      expect(declined).not.toContain(offered.id);
    });
  });
  test('looking twice changes nothing', () => {
    always((_before, now, situation) => {
      expect(standingIn(now, situation)).toEqual({ standing: now, change: null });
    });
  });
});
