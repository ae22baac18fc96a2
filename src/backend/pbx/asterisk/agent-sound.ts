import { field } from '../ami/ami-message.ts';
import type { AmiMessage } from '../ami/ami-message.ts';
import type { PbxEvent } from '../pbx.ts';
import type { ChannelTable } from './channel-table.ts';

type SoundEvent = Extract<PbxEvent, { readonly kind: 'agent_silent' | 'agent_heard' }>;

/** Whether anything of each agent's sound arrives at the PBX: a phone sends it muted and on hold as well. */
export type AgentSound = {
  readonly take: (message: AmiMessage, at: number) => readonly SoundEvent[];
  /** The channel's sound was seen to arrive again, before the next report says so. */
  readonly arrives: (uniqueId: string, at: number) => readonly SoundEvent[];
  /** Nobody was listening for a while: everything is told anew. */
  readonly forget: () => void;
};

type Heard = {
  /** Of the last packet that came, as the PBX reported it; '': none came yet. */
  sequence: string;
  /** Epoch ms of the first report that said so. */
  since: number;
  isSilent: boolean;
};

/**
 * Reads what the PBX reports to each phone of the sound that it received (RTCP, every `rtcpinterval` of rtp.conf): two
 * reports in a row that name the same last packet mean that nothing came between them.
 */
export const createAgentSound = (table: ChannelTable): AgentSound => {
  const heard = new Map<string, Heard>();

  const back = (uniqueId: string, at: number): readonly SoundEvent[] => {
    const channel = table.find(uniqueId);
    const extension = channel?.extension ?? null;
    if (channel === null || extension === null) return [];
    const { callKey } = channel;
    return [{ kind: 'agent_heard', at, callKey, extension }];
  };

  const reported = (message: AmiMessage, at: number): readonly SoundEvent[] => {
    const channel = table.find(field(message, 'Uniqueid'));
    const extension = channel?.extension ?? null;
    if (channel === null || extension === null) return [];
    // Who asks a colleague has the customer on hold, on another line.
    if (!channel.isUp || channel.leg === 'unknown' || channel.isConsult) return [];
    const sequence = field(message, 'Report0HighestSequence');
    const known = heard.get(channel.uniqueId);
    if (known?.sequence !== sequence) {
      heard.set(channel.uniqueId, { sequence, since: at, isSilent: false });
      return known?.isSilent === true ? back(channel.uniqueId, at) : [];
    }
    if (known.isSilent) return [];
    known.isSilent = true;
    const { callKey } = channel;
    const held = channel.heldAt !== null;
    return [{ kind: 'agent_silent', at, callKey, extension, since: known.since, held }];
  };

  const anew = (uniqueId: string, at: number): readonly SoundEvent[] => {
    const wasSilent = heard.get(uniqueId)?.isSilent === true;
    heard.delete(uniqueId);
    return wasSilent ? back(uniqueId, at) : [];
  };

  return {
    take: (message, at) => {
      const event = field(message, 'Event');
      if (event === 'RTCPSent') return reported(message, at);
      const uniqueId = field(message, 'Uniqueid');
      if (event === 'Hangup') heard.delete(uniqueId);
      // On hold less is missing: what is silent is judged anew.
      return event === 'Hold' || event === 'Unhold' ? anew(uniqueId, at) : [];
    },
    arrives: anew,
    forget: () => heard.clear(),
  };
};
