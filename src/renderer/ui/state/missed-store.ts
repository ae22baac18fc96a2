import { create } from 'zustand';
import { useDeskStore } from '../bridge/desk-store.ts';
import { usePhoneStore } from '../bridge/phone-store.ts';
import { wasAnswered, type Call } from '../../../shared/domain/call/call.ts';
import type { MissedOffer } from '../../../shared/api/missed.ts';
import { firstText } from '../i18n/formats.ts';
import { createMissedNews } from './missed-elsewhere.ts';

/** A call that nobody took here, or that the agent promised to return, for as long as it is worth calling back. */
export type Missed = {
  readonly callId: string;
  readonly callKey: string;
  readonly number: string;
  /** Who it was, as well as it was known; empty: nobody said. */
  readonly name: string;
  readonly at: number;
};

type Kept = {
  readonly missed: readonly Missed[];
  /** Calls of the notices that were put away. */
  readonly putAway: readonly string[];
  /** The number dialled last; null: none since this window opened. */
  readonly dialed: string | null;
};

const shownAtMost = 2;

export const useMissed = create<Kept>(() => ({ missed: [], putAway: [], dialed: null }));

const remembered = 20;

export const forgetMissed = (callId: string): void => {
  useMissed.setState(({ missed, putAway }) => ({
    missed: missed.filter((call) => call.callId !== callId),
    putAway: [
      ...missed.filter((call) => call.callId === callId).map(({ callKey }) => callKey),
      ...putAway,
    ].slice(0, remembered),
  }));
};

const isMissed = (call: Call): call is Extract<Call, { state: 'ended' }> =>
  call.state === 'ended' &&
  call.direction === 'inbound' &&
  !wasAnswered(call) &&
  call.remote.number !== '' &&
  (call.end.outcome === 'cancelled' ||
    call.end.outcome === 'no_answer' ||
    call.end.rejection === 'call_back');

const nameOf = (call: Call): string => {
  const card = useDeskStore.getState().desk?.cards.find((known) => known.callKey === call.callKey);
  const match = card?.match;
  const customer = match?.kind === 'exact' || match?.kind === 'confirmed' ? match.customer : null;
  return firstText(customer?.name, card?.remoteName, call.remote.name);
};

/** Who was missed, who was dialled; a caller who was spoken with since is missed no more. */
const keep = ({ missed, dialed }: Kept, call: Call): Pick<Kept, 'missed' | 'dialed'> => {
  if (isMissed(call)) {
    const { callId, callKey } = call;
    const entry = {
      callId,
      callKey,
      number: call.remote.number,
      name: nameOf(call),
      at: call.endedAt,
    };
    const others = missed.filter((known) => known.number !== entry.number);
    return { missed: [entry, ...others].slice(0, shownAtMost), dialed };
  }
  const isDialed = call.direction === 'outbound' && call.consultFor === null;
  const reached = isDialed || call.state === 'answering' || call.state === 'connected';
  return {
    missed: reached
      ? missed.filter((m) => m.number !== call.remote.number && m.callKey !== call.callKey)
      : missed,
    dialed: isDialed ? call.remote.number : dialed,
  };
};

const note = (calls: readonly Call[], before: readonly Call[]): void => {
  for (const call of calls) {
    const known = before.find((other) => other.callId === call.callId);
    if (known?.state !== call.state) useMissed.setState((kept) => keep(kept, call));
  }
};

/** What only the PBX knows: this phone was away, or died under the call. */
const noteTold = (told: readonly MissedOffer[]): void => {
  for (const { id, callKey, number, who, at } of told) {
    const { missed, putAway } = useMissed.getState();
    if (number === '' || putAway.includes(callKey)) continue;
    if (missed.some((known) => known.callKey === callKey)) continue;
    const calls = usePhoneStore.getState().phone?.calls ?? [];
    const own = calls.findLast((call) => call.callKey === callKey);
    // It rings again, or was taken meanwhile.
    if (own !== undefined && own.state !== 'ended') continue;
    const entry = { callId: own?.callId ?? id, callKey, number, name: who, at };
    const others = missed.filter((known) => known.number !== number);
    useMissed.setState({ missed: [entry, ...others].slice(0, shownAtMost) });
  }
};

const missedNews = createMissedNews();
useDeskStore.subscribe(({ desk }) => {
  noteTold(missedNews(desk));
});

note(usePhoneStore.getState().phone?.calls ?? [], []);
usePhoneStore.subscribe(({ phone }, { phone: before }) => {
  note(phone?.calls ?? [], before?.calls ?? []);
});
