/** Opens a contact in the program, where whoever may see it sees it: nothing but its id is in the address. */

/** Ours alone. */
export const contactLinkScheme = 'ringside';

const uuid = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}';
// Windows adds a slash to an address that has nothing behind its host.
const whole = new RegExp(`^${contactLinkScheme}://contact/(${uuid})/?$`, 'iu');

export const contactLink = (contactId: string): string =>
  `${contactLinkScheme}://contact/${contactId}`;

/** Whether a text, such as an argument of the program, means to be such a link. */
export const isContactLink = (text: string): boolean =>
  text.toLowerCase().startsWith(`${contactLinkScheme}:`);

/** The contact that a link opens; null: it names none. */
export const contactIdOf = (link: string): string | null =>
  whole.exec(link)?.[1]?.toLowerCase() ?? null;

/** The page that leads browsers to the program, below the API's prefix. */
export const contactOpenPath = (contactId: string): string => `/contacts/${contactId}/open`;
