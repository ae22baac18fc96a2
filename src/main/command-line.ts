import { isContactLink } from '../shared/domain/contact/contact-link.ts';
import { isPhoneLink } from '../shared/domain/phone-number/phone-link-scheme.ts';
import type { Settings } from '../shared/ipc/desk.ts';

/** What the program was started with; null where nothing was said. */
export type CommandLine = {
  readonly backendUrl: string | null;
  /** Electron's userData: everything that this installation keeps. */
  readonly profileDir: string | null;
  readonly language: Settings['language'] | null;
  /** `tel:`, `ringside:` and the like, by which the system started us. */
  readonly link: string | null;
  /** Where new versions come from, by the administrator. */
  readonly updates: string | null;
};

/** The last of several: each takes the place of the one before. */
export const linkIn = (argv: readonly string[]): string | null =>
  argv.findLast((part) => isPhoneLink(part) || isContactLink(part)) ?? null;

const valueOf = (argv: readonly string[], flag: string): string | null => {
  const at = argv.findIndex((part) => part === flag || part.startsWith(`${flag}=`));
  const found = argv[at];
  if (found === undefined) return null;
  const value = found === flag ? argv[at + 1] : found.slice(flag.length + 1);
  return value === undefined || value === '' || value.startsWith('--') ? null : value;
};

const filled = (value: string | undefined): string | null =>
  value === undefined || value === '' ? null : value;

const languageOf = (text: string | null): Settings['language'] | null => {
  const primary = text?.toLowerCase().split(/[-_.]/u)[0];
  return primary === 'en' || primary === 'es' || primary === 'pt' ? primary : null;
};

export const readCommandLine = (
  argv: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): CommandLine => ({
  backendUrl: valueOf(argv, '--backend') ?? filled(environment['RINGSIDE_BACKEND_URL']),
  profileDir: valueOf(argv, '--profile'),
  language: languageOf(valueOf(argv, '--lang')),
  link: linkIn(argv),
  updates: valueOf(argv, '--updates') ?? filled(environment['RINGSIDE_UPDATES']),
});

/** The first of the system's languages that the program speaks; English when it speaks none. */
export const preferredLanguage = (systemLanguages: readonly string[]): Settings['language'] =>
  systemLanguages.map(languageOf).find((language) => language !== null) ?? 'en';

/** Whether an address is the loopback (RFC 6761 §6.3, RFC 1122 §3.2.1.3). What is no address is not. */
export const isThisMachine = (address: string): boolean => {
  if (!URL.canParse(address)) return false;
  const { hostname } = new URL(address);
  return hostname === 'localhost' || hostname === '[::1]' || /^127(?:\.\d+){3}$/u.test(hostname);
};
