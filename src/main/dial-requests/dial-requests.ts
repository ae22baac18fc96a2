import { findNumber } from '../../shared/domain/phone-number/find-number.ts';
import { readPhoneLink } from '../../shared/domain/phone-number/phone-link.ts';
import { maskedNumber } from '../../shared/domain/phone-number/phone-number.ts';
import type { DeskSnapshot, DialRequest } from '../../shared/ipc/desk.ts';
import type { DeskStore } from '../desk/desk-store.ts';
import { createLogger } from '../log/logger.ts';
import { createRateLimit } from './rate-limit.ts';

const log = createLogger('dial-requests');
/** A link that came before anybody signed in is kept so long. */
const keptMs = 60_000;
/** A page may open links as fast as it likes; a person opens a few. */
const linksAtMost = 5;
const linksWithinMs = 10_000;
const shownOfText = 80;

export type DialRequestPorts = {
  readonly store: Pick<DeskStore, 'snapshot' | 'update'>;
  /** The domain of the phone's account. */
  readonly domain: () => string | null;
  readonly newId: () => string;
  readonly monotonicMs: () => number;
};

/** Numbers that links and selections ask to call. The latest takes the place of the one before; none ever dials. */
export type DialRequests = {
  /** False: too many of them, and this one was dropped. */
  readonly link: (link: string) => boolean;
  readonly selection: (text: string) => void;
  readonly settle: (id: string) => void;
  /** Who signs in is asked about the link that waits; who signs out is asked no more. */
  readonly follow: (desk: DeskSnapshot) => void;
};

const readable = (text: string): string =>
  text
    .slice(0, 4 * shownOfText)
    .replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ')
    .trim()
    .slice(0, shownOfText);

const lastDigits = (text: string): string => maskedNumber(text.replaceAll(/\D/gu, ''));

export const createDialRequests = (ports: DialRequestPorts): DialRequests => {
  const { store } = ports;
  const mayOpen = createRateLimit(linksAtMost, linksWithinMs, ports.monotonicMs);
  let waiting: string | null = null;
  let timer: ReturnType<typeof setTimeout> | null = null;

  const put = (dialRequest: DialRequest | null): void => store.update({ dialRequest });

  const forget = (): void => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    waiting = null;
  };

  const read = (link: string, country: string): void => {
    const { newId } = ports;
    const reading = readPhoneLink(link, { country, domain: ports.domain() });
    if (reading.ok) {
      log.info('A link asks for a call', { number: maskedNumber(reading.value.number) });
      put({ id: newId(), source: 'link', state: 'number', ...reading.value });
      return;
    }
    log.warn('A link was refused', { why: reading.why, number: lastDigits(link) });
    put({
      id: newId(),
      source: 'link',
      state: 'refused',
      why: reading.why,
      text: readable(link),
    });
  };

  return {
    link: (link) => {
      if (!mayOpen()) {
        log.warn('Too many links; one was dropped');
        return false;
      }
      forget();
      const { session } = store.snapshot();
      if (session.state === 'signed_in') {
        read(link, session.country);
        return true;
      }
      waiting = link;
      timer = setTimeout(() => {
        forget();
        put(null);
      }, keptMs);
      put({ id: ports.newId(), source: 'link', state: 'waiting' });
      return true;
    },
    selection: (text) => {
      const { session } = store.snapshot();
      if (session.state !== 'signed_in') return;
      const number = findNumber(text, session.country);
      const asked = { id: ports.newId(), source: 'selection' } as const;
      log.info('A selection asks for a call', {
        number: number === null ? null : maskedNumber(number),
      });
      put(
        number === null
          ? { ...asked, state: 'refused', why: 'no_number', text: readable(text) }
          : { ...asked, state: 'number', number, extension: null },
      );
    },
    settle: (id) => {
      const { dialRequest } = store.snapshot();
      if (dialRequest?.id !== id) return;
      forget();
      put(null);
    },
    follow: ({ session, dialRequest }) => {
      if (session.state === 'signed_in') {
        const link = waiting;
        if (link === null) return;
        forget();
        read(link, session.country);
      } else if (dialRequest !== null && dialRequest.state !== 'waiting') {
        put(null);
      }
    },
  };
};
