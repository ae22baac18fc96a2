import { join } from 'node:path';
import { Notification } from 'electron';
import type { DeskSnapshot, Settings } from '../shared/ipc/desk.ts';
import type { UiEvent, UiEventName } from '../shared/ipc/contract.ts';
import { success } from '../shared/result.ts';
import { isContactLink } from '../shared/domain/contact/contact-link.ts';
import type { ContactLinks } from './contact-links/contact-links.ts';
import type { DeskStore } from './desk/desk-store.ts';
import type { DialRequests } from './dial-requests/dial-requests.ts';
import { stripAnswers } from './ipc/strip-answers.ts';
import type { ShellHandlers } from './ipc/ui-answers.ts';
import { serveUi, tellUi, type AnswerUi } from './ipc/ui-ipc.ts';
import { createLogger, reasonOf } from './log/logger.ts';
import { newId } from './new-id.ts';
import type { PhoneLinks } from './phone-links/phone-links.ts';
import { selectedText } from './selected-text.ts';
import type { SettingsStore } from './settings/settings-store.ts';
import type { Say } from './text/texts.ts';
import { createCompactMode, isCompact } from './windows/compact-mode.ts';
import type { UiWindow } from './windows/ui-window.ts';

const log = createLogger('desktop');

export type DesktopPorts = {
  readonly store: DeskStore;
  readonly settings: Pick<SettingsStore, 'compactPlaces' | 'keepCompactPlaces'>;
  readonly changeSettings: (change: Partial<Settings>) => void;
  readonly ui: UiWindow;
  readonly uiPreload: string;
  readonly resources: string;
  readonly say: () => Promise<Say>;
  readonly sipDomain: () => string | null;
  readonly answer: Promise<AnswerUi>;
  readonly pauseKeys: (paused: boolean) => void;
};

/** What ties the program to the desktop around it: the strip of compact mode, links, what is selected elsewhere. */
export type Desktop = {
  readonly handlers: ShellHandlers;
  readonly follow: (desk: DeskSnapshot) => void;
  /** To every page of the UI that there is. */
  readonly tell: <Name extends UiEventName>(name: Name, event: UiEvent<Name>) => void;
  /** The desk in front, by the user's own wish. */
  readonly openDesk: () => void;
  readonly setCompact: (on: boolean) => void;
  readonly openLink: (link: string) => void;
  readonly dialSelected: () => void;
};

export const openDesktop = (ports: DesktopPorts): Desktop => {
  const { store, ui } = ports;
  const setCompact = (on: boolean): void => {
    const { settings, session } = store.snapshot();
    // Without anybody at the desk there is nothing for a strip to show.
    if (on && session.state !== 'signed_in') return;
    if (settings.compact !== on) ports.changeSettings({ compact: on });
  };

  const compact = createCompactMode({
    ui,
    load: async () => (await import('./windows/compact-window.ts')).openCompactWindow,
    window: {
      preload: ports.uiPreload,
      places: ports.settings.compactPlaces,
      keepPlaces: ports.settings.keepCompactPlaces,
      serve: (contents) =>
        serveUi(
          contents,
          ports.answer.then((answer) => stripAnswers(answer, () => compact.pageLives())),
        ),
      onBroken: () => setCompact(false),
    },
  });

  let dialRequests: Promise<DialRequests> | null = null;
  const loadDialRequests = (): Promise<DialRequests> =>
    (dialRequests ??= import('./dial-requests/dial-requests.ts').then(({ createDialRequests }) =>
      createDialRequests({
        store,
        domain: ports.sipDomain,
        newId: () => newId(Date.now()),
        monotonicMs: () => performance.now(),
      }),
    ));

  let contactLinks: Promise<ContactLinks> | null = null;
  const loadContactLinks = (): Promise<ContactLinks> =>
    (contactLinks ??= import('./contact-links/contact-links.ts').then(({ createContactLinks }) =>
      createContactLinks({
        store,
        newId: () => newId(Date.now()),
        monotonicMs: () => performance.now(),
      }),
    ));

  let phoneLinks: Promise<PhoneLinks> | null = null;
  const loadPhoneLinks = (): Promise<PhoneLinks> =>
    (phoneLinks ??= import('./phone-links/phone-links.ts').then(({ createPhoneLinks }) =>
      createPhoneLinks(join(ports.resources, 'desktop')),
    ));

  const openDesk = (): void => {
    if (isCompact(store.snapshot())) setCompact(false);
    else ui.show();
    tellUi(ui.contents(), 'ui.show', 'desk');
  };

  /** A number is asked about where the agent works: on the strip, or on the desk. */
  const showRequest = (): void => {
    if (!isCompact(store.snapshot())) ui.show();
  };

  const openLink = async (link: string): Promise<void> => {
    if (isContactLink(link)) {
      if (!(await loadContactLinks()).link(link)) return;
      // The strip has no room for it.
      if (isCompact(store.snapshot())) setCompact(false);
      else ui.show();
      return;
    }
    if ((await loadDialRequests()).link(link)) showRequest();
  };

  const dialSelected = async (): Promise<void> => {
    const requests = await loadDialRequests();
    requests.selection(await selectedText());
    const { dialRequest, settings } = store.snapshot();
    if (dialRequest?.state === 'number') showRequest();
    else if (dialRequest !== null && settings.notifications && !ui.isFocused()) {
      // Whoever works in another program is told there, without being taken away from it.
      new Notification({
        title: 'Ringside',
        body: (await ports.say())('selection.nothing'),
        silent: true,
      }).show();
    }
  };

  const logFailure = (what: string) => (thrown: unknown) =>
    log.error(what, { why: reasonOf(thrown) });

  return {
    handlers: {
      'dialRequest.settle': async ({ id }) => {
        (await loadDialRequests()).settle(id);
        return success(null);
      },
      'linkedContact.settle': async ({ id }) => {
        (await loadContactLinks()).settle(id);
        return success(null);
      },
      'globalKeys.pause': ({ paused }) => {
        ports.pauseKeys(paused);
        return success(null);
      },
      'phoneLinks.state': async () => success(await (await loadPhoneLinks()).state()),
      'phoneLinks.set': async ({ on }) => success(await (await loadPhoneLinks()).set(on)),
      'compact.move': ({ x, y }) => {
        compact.move(x, y);
        return success(null);
      },
    },
    follow: (desk) => {
      compact.follow(desk);
      void dialRequests?.then((requests) => requests.follow(store.snapshot()));
      void contactLinks?.then((links) => links.follow(store.snapshot()));
    },
    tell: (name, event) => {
      tellUi(ui.contents(), name, event);
      compact.tell(name, event);
    },
    openDesk,
    setCompact,
    openLink: (link) => void openLink(link).catch(logFailure('A link could not be opened')),
    dialSelected: () => void dialSelected().catch(logFailure('The selection could not be read')),
  };
};
