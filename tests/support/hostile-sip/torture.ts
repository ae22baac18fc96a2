import { invalidTorture } from './torture-invalid.ts';
import { meaningTorture } from './torture-meaning.ts';
import type { TortureMessage } from './torture-message.ts';
import { validTorture } from './torture-valid.ts';

/** The messages of RFC 4475, all 49, by its names and in its order. */
export const tortureMessages: readonly TortureMessage[] = [
  ...validTorture,
  ...invalidTorture,
  ...meaningTorture,
];

/** The same message, addressed to this user of a phone, so that it gets past the first question. */
export const addressedTo = (text: string, user: string): string =>
  text.replace(/^(\S+\s+)sips?:[^\s@]*@\S+/u, `$1sip:${user}@phone.invalid`);
