/** Agents' endpoints are named by their extension: digits only. Trunks must not be. */
const EXTENSION = /^[0-9]{2,8}$/;
const AGENT_CHANNEL = /^PJSIP\/([0-9]{2,8})-[0-9a-f]+$/;
const AGENT_INTERFACE = /^PJSIP\/([0-9]{2,8})$/;

export const isExtension = (text: string): boolean => EXTENSION.test(text);

/** The interface by which a queue calls the agent. */
export const agentInterface = (extension: string): string => `PJSIP/${extension}`;

/** The agent's extension of a channel's name, or null for any other channel. */
export const extensionOfChannel = (channel: string): string | null =>
  AGENT_CHANNEL.exec(channel)?.[1] ?? null;

export const extensionOfInterface = (name: string): string | null =>
  AGENT_INTERFACE.exec(name)?.[1] ?? null;
