/** The unique ids of the channels that play music to a customer whose agent is not heard are given by us. */
export const COMFORT_PREFIX = 'ringside-comfort-';

/** These channels are no part of a call. */
export const isComfortChannel = (uniqueId: string): boolean => uniqueId.startsWith(COMFORT_PREFIX);
