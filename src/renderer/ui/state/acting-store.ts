import { create } from 'zustand';

export type ActedOn = { readonly agentId: string; readonly name: string };

/** What a supervisor is about to do, and to whom. */
export type ActingDialog =
  | ({ readonly kind: 'queues' | 'sign_out' } & ActedOn)
  /** `agentId` null: of everybody. */
  | { readonly kind: 'wrap_ups'; readonly agentId: string | null }
  | { readonly kind: 'message' }
  /** What supervisors did and wrote, for the agent to read. */
  | { readonly kind: 'memos' };

export const useActingDialog = create<{ readonly dialog: ActingDialog | null }>(() => ({
  dialog: null,
}));

export const openActing = (dialog: ActingDialog): void => {
  useActingDialog.setState({ dialog });
};

export const closeActing = (): void => {
  useActingDialog.setState({ dialog: null });
};
