import { contactIdOf } from '../../shared/domain/contact/contact-link.ts';
import type { DeskSnapshot, LinkedContact } from '../../shared/ipc/desk.ts';
import type { DeskStore } from '../desk/desk-store.ts';
import { createRateLimit } from '../dial-requests/rate-limit.ts';
import { createLogger } from '../log/logger.ts';

const log = createLogger('contact-links');
/** A link that came before anybody signed in is kept so long: a password and a second factor take their time. */
const keptMs = 300_000;
/** A page may open links as fast as it likes; a person opens a few. */
const linksAtMost = 5;
const linksWithinMs = 10_000;

export type ContactLinkPorts = {
  readonly store: Pick<DeskStore, 'snapshot' | 'update'>;
  readonly newId: () => string;
  readonly monotonicMs: () => number;
};

/** Contacts that links of other systems lead to. The latest takes the place of the one before. */
export type ContactLinks = {
  /** False: too many of them, and this one was dropped. */
  readonly link: (link: string) => boolean;
  readonly settle: (id: string) => void;
  /** Who signs in is led to the contact that waits; who signs out, no more. */
  readonly follow: (desk: DeskSnapshot) => void;
};

export const createContactLinks = ({
  store,
  newId,
  monotonicMs,
}: ContactLinkPorts): ContactLinks => {
  const mayOpen = createRateLimit(linksAtMost, linksWithinMs, monotonicMs);
  let waiting: string | null = null;
  let timer: ReturnType<typeof setTimeout> | null = null;

  const put = (linkedContact: LinkedContact | null): void => store.update({ linkedContact });

  const forget = (): void => {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    waiting = null;
  };

  return {
    link: (link) => {
      if (!mayOpen()) {
        log.warn('Too many links; one was dropped');
        return false;
      }
      forget();
      const contactId = contactIdOf(link);
      if (contactId === null) {
        log.warn('A link was refused: it names no contact');
        put({ id: newId(), state: 'refused' });
      } else if (store.snapshot().session.state === 'signed_in') {
        log.info('A link leads to a contact', { contactId });
        put({ id: newId(), state: 'here', contactId });
      } else {
        waiting = contactId;
        timer = setTimeout(() => {
          forget();
          put(null);
        }, keptMs);
        put({ id: newId(), state: 'waiting' });
      }
      return true;
    },
    settle: (id) => {
      if (store.snapshot().linkedContact?.id !== id) return;
      forget();
      put(null);
    },
    follow: ({ session, linkedContact }) => {
      if (session.state === 'signed_in') {
        const contactId = waiting;
        if (contactId === null) return;
        forget();
        log.info('A link leads to a contact', { contactId });
        put({ id: newId(), state: 'here', contactId });
      } else if (linkedContact?.state === 'here') {
        put(null);
      }
    },
  };
};
