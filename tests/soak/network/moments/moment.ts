import type { OfferedCall } from '../../../support/agent-at-work.ts';
import type { DeskApp } from '../../../support/desk-app.ts';
import { type FarEnd, until } from '../../../support/engine-page/far-end.ts';
import { killPage } from '../../../support/kill-page.ts';
import type { Scene } from '../repeated.ts';

export type Call = OfferedCall & { readonly customer: FarEnd };

/** Who looks on while the phone dies; what is not right is thrown. */
export type Witness = {
  /** The dead phone's legs are gone at the PBX. */
  readonly gone?: () => Promise<void>;
  /** The customer rings here again. */
  readonly rung?: () => Promise<void>;
  /** And hears the agent again. */
  readonly again?: (leg: OfferedCall) => Promise<void>;
  /** The customer hung up, and everything is wrapped up. */
  readonly over?: () => Promise<void>;
  /** Whatever became of it. */
  readonly leave?: () => Promise<void>;
};

/** Brings the desk into a moment, in which its phone dies. */
export type Moment = {
  readonly name: string;
  readonly begin: (scene: Scene) => Promise<Call>;
  readonly reach: (desk: DeskApp, call: Call) => Promise<unknown>;
  /** After `reach`. */
  readonly witness?: (scene: Scene, call: Call) => Promise<Witness>;
  /** What is killed, one after another; the phone alone unless said otherwise. */
  readonly kill?: (desk: DeskApp) => Promise<void>;
  /** The customer is with somebody else by then, or may be. */
  readonly elsewhere?: true;
};

export const settledWithinMs = 10_000;
export const patienceMs = 30_000;
export const audibleDb = -30;

export const ringing = ({ bed, desk }: Scene): Promise<Call> => bed.ringing(desk, 'queue-support');
export const talking = ({ bed, desk }: Scene): Promise<Call> => bed.inCall(desk, 'queue-support');
export const nothing = (): Promise<void> => Promise.resolve();

export const killPhone = (desk: DeskApp): Promise<void> => killPage(desk.app, 'phone');

export const engineOf = async (desk: DeskApp): Promise<string> =>
  (await desk.phoneSnapshot()).engineId;

export const untilAnotherEngine = (desk: DeskApp, before: string): Promise<void> =>
  until(
    'another phone is there',
    async () =>
      (await engineOf(desk)) !== before && (await desk.deskSnapshot()).engine === 'running',
    patienceMs,
  );
