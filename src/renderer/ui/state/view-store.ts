import { create } from 'zustand';

/** What fills the main part of the window. Calls are shown above it, whatever it is. */
export type Place =
  | { readonly kind: 'desk' }
  | { readonly kind: 'settings' }
  | { readonly kind: 'contact'; readonly contactId: string };

type View = {
  readonly place: Place;
  readonly spotlight: boolean;
  readonly shortcuts: boolean;
  /** The call or wrap-up that the agent chose to look at; null: whichever matters most. */
  readonly chosenCallId: string | null;
  /** The customer that the agent opened by search; shown while no call is. */
  readonly openCustomerId: string | null;
  readonly keypadCallId: string | null;
  /** What is open in the call's centre, in the place of the wrap-up. */
  readonly panel: { readonly kind: 'transfer' | 'add_call'; readonly callId: string } | null;
  readonly reasonMenu: boolean;
};

export const useView = create<View>(() => ({
  place: { kind: 'desk' },
  spotlight: false,
  shortcuts: false,
  chosenCallId: null,
  openCustomerId: null,
  keypadCallId: null,
  panel: null,
  reasonMenu: false,
}));

export const show = (place: Place): void => {
  useView.setState({ place });
};

export const showDesk = (): void => {
  show({ kind: 'desk' });
};

export const change = (part: Partial<View>): void => {
  useView.setState(part);
};
