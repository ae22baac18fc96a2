import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { matched, plainName, ranked, usbIdsOf, type FoundDevice } from './device.ts';

const found = (id: string, label: string, isDefault = false): FoundDevice => ({
  id,
  label,
  isDefault,
});

test.each([
  [
    'Headset Microphone (Jabra EVOLVE 20 MS) (0b0e:0305)',
    'headset microphone (jabra evolve 20 ms)',
  ],
  [
    'Headset Microphone (2- Jabra EVOLVE 20 MS) (0b0e:0305)',
    'headset microphone (jabra evolve 20 ms)',
  ],
  ['Default - Jabra  EVOLVE 20', 'jabra evolve 20'],
  ['Communications - Jabra EVOLVE 20', 'jabra evolve 20'],
  ['3- USB Audio', 'usb audio'],
  ['', ''],
])('the name of "%s" at every port', (label, name) => {
  expect(plainName(label)).toBe(name);
});

test('USB ids are read from the end of a name', () => {
  expect(usbIdsOf('Microphone (Poly BT700) (047F:02F7)')).toBe('047f:02f7');
  expect(usbIdsOf('Built-in Audio')).toBeNull();
});

describe('a device that is remembered', () => {
  const jabra = { id: 'port-1', label: 'Headset (Jabra Evolve 20) (0b0e:0305)' };

  test('is known by its id, whatever it is called by now', () => {
    const here = [found('port-1', 'Kopfhörer'), found('x', jabra.label)];
    expect(matched([jabra], here)).toEqual([here[0]]);
  });
  test('is known by its name at another port', () => {
    const here = [found('port-2', 'Headset (2- Jabra Evolve 20) (0b0e:0305)'), found('y', 'Other')];
    expect(matched([jabra], here)).toEqual([here[0]]);
  });
  test('is known by its USB ids in another language, if only one has them', () => {
    const renamed = found('port-2', 'Auriculares (Jabra Evolve 20) (0b0e:0305)');
    expect(matched([jabra], [renamed])).toEqual([renamed]);
    const twin = found('port-3', 'Auriculares (2- Jabra Evolve 20) (0b0e:0305)');
    expect(matched([jabra], [renamed, twin])).toEqual([null]);
  });
  test('without a name is known by its id alone', () => {
    expect(matched([{ id: 'a', label: '' }], [found('b', '')])).toEqual([null]);
  });
  test('does not take the place of its twin that is there under its own id', () => {
    const twin = { ...jabra, id: 'port-2' };
    const here = [found('port-2', jabra.label)];
    expect(matched([jabra, twin], here)).toEqual([null, here[0]]);
  });
});

const anyLabel = fc.constantFrom(
  'Jabra (0b0e:0305)',
  'Poly',
  'Built-in',
  '2- Jabra (0b0e:0305)',
  '',
);
const anyFound = fc.uniqueArray(
  fc.record({
    id: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
    label: anyLabel,
    isDefault: fc.boolean(),
  }),
  { selector: ({ id }) => id },
);
const anyKnown = fc.array(
  fc.record({ id: fc.constantFrom('a', 'b', 'c', 'x', 'y'), label: anyLabel }),
  { maxLength: 5 },
);

describe('a ranking', () => {
  test('is everything that is there, each once', () => {
    fc.assert(
      fc.property(anyKnown, anyFound, (known, here) => {
        const order = ranked(known, here);
        expect(order.map(({ id }) => id).toSorted()).toEqual(here.map(({ id }) => id).toSorted());
      }),
    );
  });
  test('begins with what was ranked first and is there', () => {
    fc.assert(
      fc.property(anyKnown, anyFound, (known, here) => {
        const first = matched(known, here).find((device) => device !== null);
        if (first !== undefined) expect(ranked(known, here)[0]).toEqual(first);
      }),
    );
  });
  test('without any follows the system', () => {
    const here = [found('a', 'A'), found('b', 'B', true), found('c', 'C')];
    expect(ranked([], here).map(({ id }) => id)).toEqual(['b', 'a', 'c']);
  });
  test('does not depend on ids where names differ', () => {
    const known = [
      { id: '1', label: 'Jabra' },
      { id: '2', label: 'Poly' },
    ];
    const here = [found('9', 'Built-in', true), found('8', 'Poly'), found('7', 'Jabra')];
    expect(ranked(known, here).map(({ label }) => label)).toEqual(['Jabra', 'Poly', 'Built-in']);
  });
});
