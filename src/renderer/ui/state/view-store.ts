import { create } from 'zustand';

/** What fills the main part of the window. Calls are shown above it, whatever it is. */
export type Place =
  | { readonly kind: 'desk' }
  | { readonly kind: 'settings' }
  | { readonly kind: 'history' }
  | { readonly kind: 'shift' }
  | { readonly kind: 'my_day' }
  | { readonly kind: 'quality' }
  /** Of an agent whom a supervisor chose; absent: one's own, or whom to choose. */
  | { readonly kind: 'coaching'; readonly agentId?: string }
  | { readonly kind: 'reports' }
  | { readonly kind: 'call_backs' }
  | { readonly kind: 'diagnostics' }
  | { readonly kind: 'check' }
  | { readonly kind: 'connections' }
  | { readonly kind: 'undelivered' }
  | { readonly kind: 'own_directory' }
  /** `wall`: on a display that nobody sits at. */
  | { readonly kind: 'floor'; readonly wall?: true }
  /** `from` is where going back leads; absent: the desk. */
  | {
      readonly kind: 'contact';
      readonly contactId: string;
      readonly from?:
        'history' | 'quality' | 'coaching' | 'floor' | 'reports' | 'call_backs' | 'undelivered';
    };

/** What stands beside the keypad while no call is open. */
export type Beside = 'recent' | 'favourites' | 'colleagues';

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
  /** null: favourites where there are any. */
  readonly beside: Beside | null;
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
  beside: null,
}));

export const show = (place: Place): void => {
  useView.setState({ place });
};

export const showDesk = (): void => {
  show({ kind: 'desk' });
};

/** One step back: from a contact to the list that it was opened from, else to the desk. */
export const goBack = (): void => {
  const { place } = useView.getState();
  if (place.kind === 'floor' && place.wall === true) show({ kind: 'floor' });
  else show({ kind: place.kind === 'contact' ? (place.from ?? 'desk') : 'desk' });
};

export const change = (part: Partial<View>): void => {
  useView.setState(part);
};
