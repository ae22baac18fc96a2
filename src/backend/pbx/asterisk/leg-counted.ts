import { field } from '../ami/ami-message.ts';
import type { AmiMessage } from '../ami/ami-message.ts';
import type { PbxEvent } from '../pbx.ts';
import type { TrackedChannel } from './channel-table.ts';

type LegCounted = Extract<PbxEvent, { readonly kind: 'leg_counted' }>;

/** null: not a number, as `CHANNEL(rtcp,…)` answers where there is nothing to tell. */
const numberOf = (text: string): number | null => {
  const value = Number.parseFloat(text);
  return Number.isFinite(value) && value >= 0 ? value : null;
};

const milliseconds = (seconds: number | null): number | null =>
  seconds === null ? null : Math.min(600_000, seconds * 1_000);

/** What the dialplan says of a channel that hangs up (`ringside-counted`). A colleague who is only asked is no leg. */
export const legCounted = (
  message: AmiMessage,
  channel: Pick<TrackedChannel, 'callKey' | 'extension' | 'isConsult' | 'uniqueId'> | null,
  at: number,
): readonly LegCounted[] => {
  if (field(message, 'UserEvent') !== 'RingsideCounted' || channel === null) return [];
  const received = numberOf(field(message, 'Received'));
  const sent = numberOf(field(message, 'Sent'));
  if (channel.isConsult || received === null || sent === null) return [];
  const roundTripMs = milliseconds(numberOf(field(message, 'RoundTrip')));
  // Without a report of the far side Asterisk says 0 for the way there and back, which is never so.
  const isReported = roundTripMs !== null && roundTripMs > 0;
  const { callKey, extension, uniqueId: leg } = channel;
  return [
    {
      ...{ kind: 'leg_counted', at, callKey, leg, extension },
      count: {
        ...{ received, sent },
        lost: numberOf(field(message, 'Lost')) ?? 0,
        jitterMs: milliseconds(numberOf(field(message, 'Jitter'))),
        sentLost: isReported ? numberOf(field(message, 'SentLost')) : null,
        roundTripMs: isReported ? roundTripMs : null,
      },
    },
  ];
};
