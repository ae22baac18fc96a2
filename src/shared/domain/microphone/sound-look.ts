/** Looks are taken five times a second, with the levels of a call. */
export const looksPerSecond = 5;

export const looksIn = (seconds: number): number => Math.round(seconds * looksPerSecond);
