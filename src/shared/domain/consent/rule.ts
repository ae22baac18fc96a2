/** What a place asks for before a call may be recorded, in order of strictness. */
export type Need =
  /** One party's knowledge is enough, and the centre is one. */
  | 'none'
  /** The others have to be told, and may speak against it. */
  | 'notice'
  /** Everybody has to agree. */
  | 'consent';

/** Where somebody is; null: nobody knows. */
export type Place = {
  /** ISO 3166-1 alpha-2. */
  readonly country: string;
  /** ISO 3166-2, such as US-CA; absent: somewhere in the country. */
  readonly subdivision?: string;
} | null;

/** The rule that holds for one call, and the places that ask for it. */
export type ConsentRule = {
  readonly need: Need;
  /** Every place whose own rule is this strict, with the law that says so. */
  readonly because: readonly { readonly place: Place; readonly source: string }[];
  /** Of the file of jurisdictions that it was found in. */
  readonly rulesVersion: string;
};

export const strictness: Readonly<Record<Need, number>> = { none: 0, notice: 1, consent: 2 };
