/** What goes with everything that a connection is asked. */

/** Every ask ends by itself at its deadline, and at once when it is aborted. */
export type Ask = { readonly signal: AbortSignal; readonly deadlineMs: number };

/** What is asked after it may have been done already: look for our key first. */
export type RepeatedAsk = Ask & { readonly mayExist: boolean };

/** By name; secrets among them. Only fields of the description, each matching its pattern. */
export type Settings = Readonly<Record<string, string>>;
