import type { PhonePresence } from '../../../shared/ipc/phone.ts';

/** The namespace of RFC 4235 §4.4. */
const namespace = 'urn:ietf:params:xml:ns:dialog-info';
const longestBody = 32_768;
const mostDialogs = 64;

type Dialog = { readonly state: string; readonly isCaller: boolean };

/** What one subscription has heard so far: documents have rising versions, and a partial one changes the last. */
export type DialogInfo = {
  readonly version: number;
  readonly dialogs: ReadonlyMap<string, Dialog>;
};

export type DialogInfoReading =
  | { readonly kind: 'read'; readonly info: DialogInfo }
  /** Older than what is known, or a second copy. */
  | { readonly kind: 'old' }
  /** Something between was missed: the whole is needed (RFC 4235 §4.3). */
  | { readonly kind: 'gap' }
  | { readonly kind: 'unreadable'; readonly why: string };

const unreadable = (why: string): DialogInfoReading => ({ kind: 'unreadable', why });

/** Reads a document onto what is known; nothing in it is believed to be well-formed. */
export const readDialogInfo = (body: string, known: DialogInfo | null): DialogInfoReading => {
  if (body.length > longestBody) return unreadable('too long');
  // No document of this kind declares anything; entities are how a short one becomes a huge one.
  if (/<!\s*(?:DOCTYPE|ENTITY)/iu.test(body)) return unreadable('declares a document type');
  const document = new DOMParser().parseFromString(body, 'application/xml');
  const root = document.documentElement;
  if (document.querySelector('parsererror') !== null) return unreadable('no XML');
  if (root.localName !== 'dialog-info' || root.namespaceURI !== namespace) {
    return unreadable('no dialog-info');
  }
  const version = Number(root.getAttribute('version') ?? '');
  if (!/^\d{1,10}$/u.test(root.getAttribute('version') ?? '')) return unreadable('no version');
  const state = root.getAttribute('state');
  if (state !== 'full' && state !== 'partial') return unreadable('neither full nor partial');
  if (known !== null && version <= known.version) return { kind: 'old' };
  if (state === 'partial' && (known === null || version !== known.version + 1)) {
    return { kind: 'gap' };
  }
  const dialogs = new Map(state === 'partial' ? known?.dialogs : []);
  for (const element of [...root.getElementsByTagNameNS(namespace, 'dialog')].slice(
    0,
    mostDialogs,
  )) {
    const id = element.getAttribute('id') ?? '';
    const [told] = element.getElementsByTagNameNS(namespace, 'state');
    dialogs.set(id.slice(0, 256), {
      state: told?.textContent.trim().toLowerCase() ?? '',
      isCaller: element.getAttribute('direction') === 'initiator',
    });
  }
  return { kind: 'read', info: { version, dialogs } };
};

/** Who calls somebody else is busy from the first moment; who is called rings until it is answered. */
export const presenceOf = ({ dialogs }: DialogInfo): PhonePresence => {
  const states = [...dialogs.values()];
  if (states.some(({ state }) => state === 'confirmed')) return 'busy';
  const inProgress = states.filter(({ state }) => /^(?:trying|proceeding|early)$/u.test(state));
  if (inProgress.some(({ isCaller }) => isCaller)) return 'busy';
  return inProgress.length > 0 ? 'ringing' : 'idle';
};
