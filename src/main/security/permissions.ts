import { session } from 'electron';
import { createLogger } from '../log/logger.ts';
import { originOf } from '../protocol/page-file.ts';

const log = createLogger('permissions');
const phone = originOf('phone');
const ui = originOf('ui');

const originIn = (address: string): string | null => {
  if (!URL.canParse(address)) return null;
  const url = new URL(address);
  return `${url.protocol}//${url.host}`;
};

/** A display on the wall fills it; what is copied by a key (the link of a survey) is text alone. */
const uiPermissions: ReadonlySet<string> = new Set(['fullscreen', 'clipboard-sanitized-write']);

/** What the engine's page may use, and nobody else: the microphone, a choice of speaker, a headset. */
const enginePermissions: ReadonlySet<string> = new Set(['media', 'speaker-selection', 'hid']);

const allowed = (
  permission: string,
  requestingUrl: string,
  media: { readonly video: boolean },
): boolean =>
  (originIn(requestingUrl) === phone && enginePermissions.has(permission) && !media.video) ||
  (originIn(requestingUrl) === ui && uiPermissions.has(permission));

/** Every permission of every page is decided here; nothing is granted by default. */
export const holdPermissions = (): void => {
  const { defaultSession } = session;
  defaultSession.setPermissionRequestHandler((_contents, permission, decide, details) => {
    // Electron leaves the list out of requests that are not for media.
    const video = 'mediaTypes' in details && details.mediaTypes.includes('video');
    const granted = details.isMainFrame && allowed(permission, details.requestingUrl, { video });
    if (!granted) log.warn('A permission was denied', { permission });
    decide(granted);
  });
  defaultSession.setPermissionCheckHandler((_contents, permission, requestingOrigin, details) =>
    allowed(permission, requestingOrigin, { video: details.mediaType === 'video' }),
  );
  defaultSession.setDevicePermissionHandler(
    ({ deviceType, origin }) => deviceType === 'hid' && originIn(origin) === phone,
  );
};
