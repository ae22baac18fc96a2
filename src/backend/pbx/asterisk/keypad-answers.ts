import { field } from '../ami/ami-message.ts';
import type { AmiMessage } from '../ami/ami-message.ts';
import type { CallKey, PbxEvent } from '../pbx.ts';
import { callerName, callerNumber } from './caller-text.ts';
import type { ChannelTable, TrackedChannel } from './channel-table.ts';
import type { SnapshotChannel } from './pbx-snapshot.ts';

type EventOf<Kind extends PbxEvent['kind']> = Extract<PbxEvent, { readonly kind: Kind }>;
type KeypadAnswer = EventOf<'keypad_answered'>;
type When = { readonly at: number; readonly isNow: boolean };

const decoded = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

const SAID =
  /^(yes|no|told):(\d{13}):(\d{13}):([\w-]{1,64}):(consent|notice):([a-z]{2}):([^:]*):([^:]*)$/;

/** `yes:<prompted>:<said>:<queue>:<prompt>` with times in epoch ms of the PBX; null: not of our dialplan. */
const readSaid = (
  text: string,
  callKey: CallKey,
  { at: now, isNow }: When,
): KeypadAnswer | null => {
  const parts = SAID.exec(text);
  if (parts === null) return null;
  const [, said, prompted = '', answered = '', queue = '', kind, language = ''] = parts;
  // What is said this moment needs no clock of the PBX.
  const at = isNow ? now : Math.min(now, Number(answered));
  return {
    kind: 'keypad_answered',
    at,
    callKey,
    queue,
    answer: said === 'yes' ? 'granted' : said === 'no' ? 'refused' : 'told',
    promptedAt: at - Math.max(0, Number(answered) - Number(prompted)),
    reference: answered,
    prompt: {
      kind: kind === 'notice' ? 'notice' : 'consent',
      language,
      wordingVersion: decoded(parts[7] ?? ''),
      ruleVersion: decoded(parts[8] ?? ''),
    },
  };
};

/** What callers say by keypad before they wait. A phone of an agent has no say here. */
export type KeypadAnswers = {
  readonly take: (
    message: AmiMessage,
    at: number,
  ) => readonly (KeypadAnswer | EventOf<'prompt_wanted'>)[];
  /** The last answer stays on the channel for as long as that lives: told once all the same. */
  readonly resync: (channels: readonly SnapshotChannel[], at: number) => readonly KeypadAnswer[];
  readonly forget: (callKey: CallKey) => void;
};

export const createKeypadAnswers = (table: ChannelTable): KeypadAnswers => {
  const told = new Map<CallKey, Set<string>>();

  const answer = (channel: TrackedChannel | null, said: string, when: When): KeypadAnswer[] => {
    if (channel?.extension !== null) return [];
    const given = readSaid(said, channel.callKey, when);
    if (given === null) return [];
    const known = told.get(given.callKey) ?? new Set();
    if (known.has(given.reference)) return [];
    told.set(given.callKey, known.add(given.reference));
    return [given];
  };

  return {
    take: (message, at) => {
      const name = field(message, 'UserEvent');
      if (name !== 'RingsidePrompt' && name !== 'RingsideSaid') return [];
      const channel = table.see(message, '');
      if (channel?.extension !== null) return [];
      if (name === 'RingsideSaid')
        return answer(channel, field(message, 'Said'), { at, isNow: true });
      return [
        {
          kind: 'prompt_wanted',
          at,
          callKey: channel.callKey,
          queue: field(message, 'Queue'),
          remoteNumber: callerNumber(field(message, 'CallerIDNum')),
          remoteName: callerName(field(message, 'CallerIDName')),
        },
      ];
    },
    resync: (channels, at) =>
      channels.flatMap(({ uniqueId, said }) =>
        answer(table.find(uniqueId), said, { at, isNow: false }),
      ),
    forget: (callKey) => {
      told.delete(callKey);
    },
  };
};
