/** What is remembered of a call at an agent, whoever reported it. Epoch ms. */
export type CallMemory = {
  readonly callKey: string;
  readonly answeredAt: number | null;
  readonly endedAt: number | null;
  readonly wrappedUpAt: number | null;
  /** The PBX's own word. */
  readonly pbxAnsweredAt: number | null;
  readonly pbxEndedAt: number | null;
};

export const newCallMemory = (callKey: string): CallMemory => ({
  callKey,
  answeredAt: null,
  endedAt: null,
  wrappedUpAt: null,
  pbxAnsweredAt: null,
  pbxEndedAt: null,
});
