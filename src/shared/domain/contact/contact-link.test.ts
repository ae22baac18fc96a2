import { expect, test } from 'vitest';
import { contactIdOf, contactLink, isContactLink } from './contact-link.ts';

const id = '0197f0aa-0000-7000-8000-00000000abcd';

test('a link names its contact, in whatever case and with the slash that systems add', () => {
  for (const link of [
    contactLink(id),
    `RINGSIDE://Contact/${id.toUpperCase()}`,
    `ringside://contact/${id}/`,
  ]) {
    expect(isContactLink(link)).toBe(true);
    expect(contactIdOf(link)).toBe(id);
  }
});

test.each([
  'ringside://contact/',
  'ringside://contact/1',
  `ringside://contact/${id}?to=https://elsewhere.example`,
  `ringside://contact/${id}/../../settings`,
  `ringside://settings/${id}`,
  `ringside:contact/${id}`,
  `ringside://contact/${id}\n--backend=http://elsewhere.example`,
])('%j names none', (link) => {
  expect(contactIdOf(link)).toBeNull();
});

test('links of others are not taken for one', () => {
  expect(['tel:+12025550123', `https://ringside/${id}`, ` ringside://`].map(isContactLink)).toEqual(
    [false, false, false],
  );
});
