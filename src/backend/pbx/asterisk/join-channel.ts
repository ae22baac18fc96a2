/** The unique ids of supervisors' lines are given by us; nobody else can choose one. */
const PREFIX = 'ringside-join-';
const JOIN_ID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export const isJoinId = (text: string): boolean => JOIN_ID.test(text);

export const joinChannelId = (joinId: string): string => `${PREFIX}${joinId}`;

/** null: not a supervisor's line. */
export const joinIdOfChannel = (uniqueId: string): string | null =>
  uniqueId.startsWith(PREFIX) ? uniqueId.slice(PREFIX.length) : null;
