import type { RemoteParty } from '../../../shared/domain/call/call.ts';
import { remoteText } from '../../../shared/domain/call/remote-text.ts';

export const callHeader = 'X-Ringside-Call';
export const queueHeader = 'X-Ringside-Queue';
/** Asks a colleague for the sake of the call that the other header names. */
export const consultHeader = 'X-Ringside-Consult';

/** Where somebody who calls for help is, as they confirmed it: civic address elements (RFC 4776), percent-encoded. */
const locationHeader = 'X-Ringside-Location';

/** A supervisor's line to an agent's call, by the id of the join. */
export const superviseHeader = 'X-Ringside-Supervise';

/** null: an ordinary call. What is no UUID is no join, and no call either. */
export const joinIdOf = (header: string | undefined): string | null => {
  if (header === undefined) return null;
  const id = header.trim().toLowerCase();
  return /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/u.test(id) ? id : '';
};

/** A header's value as it may leave: one line of printable text, whatever it was made from. */
export const headerValue = (text: string): string => remoteText(text);

/** What an INVITE of ours says of its call. */
export const dialHeaders = (call: {
  readonly callKey: string;
  readonly isConsult: boolean;
  readonly queue: string | null;
  readonly location: string | null;
}): string[] => [
  `${callHeader}: ${headerValue(call.callKey)}`,
  ...(call.isConsult ? [`${consultHeader}: 1`] : []),
  ...(call.queue === null ? [] : [`${queueHeader}: ${headerValue(call.queue)}`]),
  // Longer than names are; the schema of the setup lets through what a header may hold.
  ...(call.location === null ? [] : [`${locationHeader}: ${call.location}`]),
];

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    // Malformed percent-encoding is shown as it came.
    return text;
  }
};

const nameAddress = /^\s*(?:"((?:[^"\\]|\\.)*)"|([^<"]*))\s*<([^>]*)>/su;
const uriUser = /^\s*(?:sips?:([^@;?]*)(?:;[^@]*)?@|tel:([^;?]*))/iu;

const partyOf = (header: string): RemoteParty => {
  const match = nameAddress.exec(header);
  const name = match?.[1]?.replaceAll(/\\(.)/gsu, '$1') ?? match?.[2] ?? '';
  const uri = uriUser.exec(match === null ? header : (match[3] ?? ''));
  const [user = ''] = decoded(uri?.[1] ?? uri?.[2] ?? '').split(':');
  const number = remoteText(user);
  return { number: /^anonymous$/iu.test(number) ? '' : number, name: remoteText(name) };
};

/** Who calls: what the PBX asserts (RFC 3325) before what the caller claims. */
export const remoteParty = (from: string, asserted: string | undefined): RemoteParty => {
  const claimed = partyOf(from);
  if (asserted === undefined) return claimed;
  const party = partyOf(asserted);
  return {
    number: party.number === '' ? claimed.number : party.number,
    name: party.name === '' ? claimed.name : party.name,
  };
};

/** Who the far side has become, as the PBX asserts it within a call; null when that is nobody new. */
export const changedParty = (asserted: string, current: RemoteParty): RemoteParty | null => {
  const { number, name } = partyOf(asserted);
  if (number === '' || (number === current.number && (name === '' || name === current.name))) {
    return null;
  }
  return { number, name };
};

/** The name that ties this leg to the PBX's call; a foreign PBX sends none, then the SIP Call-ID serves. */
export const callKeyOf = (header: string | undefined, sipCallId: string): string => {
  const key = remoteText(header ?? '');
  return key === '' ? remoteText(sipCallId) : key;
};

export const queueOf = (header: string | undefined): string | null => {
  const queue = remoteText(header ?? '').slice(0, 80);
  return queue === '' ? null : queue;
};
