/** What is remembered of a call at an agent, whoever reported it. Epoch ms. */
export type CallMemory = {
  readonly callKey: string;
  readonly answeredAt: number | null;
  readonly endedAt: number | null;
  readonly wrappedUpAt: number | null;
  /** The PBX's own word. */
  readonly pbxOfferedAt: number | null;
  readonly pbxAnsweredAt: number | null;
  readonly pbxEndedAt: number | null;
  /** The agent listens to the own mailbox: no wrap-up is owed. */
  readonly isMailbox: boolean;
};

export const newCallMemory = (callKey: string): CallMemory => ({
  callKey,
  answeredAt: null,
  endedAt: null,
  wrappedUpAt: null,
  pbxOfferedAt: null,
  pbxAnsweredAt: null,
  pbxEndedAt: null,
  isMailbox: false,
});
