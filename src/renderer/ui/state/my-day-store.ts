import { create } from 'zustand';
import type { UiAnswer } from '../../../shared/ipc/contract.ts';
import { serverNow } from '../bridge/clock.ts';
import { ask } from './orders.ts';

export type MyDay = Extract<UiAnswer<'reports.myDay'>, { readonly ok: true }>['value'];

type Kept = {
  /** What was read last; null: nothing yet. */
  readonly day: MyDay | null;
  readonly state: 'loading' | 'here' | 'away';
  /** Epoch ms. */
  readonly readAt: number;
};

const nothing: Kept = { day: null, state: 'loading', readAt: 0 };

export const useMyDay = create<Kept>(() => nothing);

let latest = 0;

export const readMyDay = async (): Promise<void> => {
  latest += 1;
  const mine = latest;
  const answer = await ask('reports.myDay', null);
  if (mine !== latest) return;
  useMyDay.setState(
    answer.ok ? { day: answer.value, state: 'here', readAt: serverNow() } : { state: 'away' },
  );
};

/** Somebody else works here from now on. */
export const forgetMyDay = (): void => {
  latest += 1;
  useMyDay.setState(nothing);
};
