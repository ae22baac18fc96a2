import type { Page } from 'playwright';
import { deskPage } from '../../../scripts/headless/desk-page.ts';
import { eventually } from '../../../scripts/headless/timeline.ts';
import type { UiBridge } from '../../../src/shared/ipc/bridge.ts';
import type { Centre } from './centre.ts';
import { probeDesk, type DeskProbe, type ShownCall } from './desk-probe.ts';
import { legAtPbx, type PbxLeg } from './ringing-leg.ts';
import { nowMs } from './sip-tap.ts';

export const uiAddress = 'app://ui';

/** A call that rings at the app. */
export type RingingCall = ShownCall & {
  readonly leg: PbxLeg;
  /** The INVITE passed on its way to the phone; epoch ms. */
  readonly invitedAt: number;
};

export type AnsweredCall = RingingCall & {
  readonly pressedAt: number;
  readonly heardAt: number;
};

/** What an agent's "Hang up" did; epoch ms. */
export type HungUp = {
  readonly pressedAt: number;
  /** The phone says that the call has ended. */
  readonly idleAt: number;
  /** The frame that shows it. */
  readonly shownAt: number;
  /** The BYE passed on its way to the PBX. */
  readonly byeAt: number;
};

/** The app's desk, used as the agent uses it. */
export type AppPhone = {
  readonly page: Page;
  readonly signInReady: () => Promise<void>;
  readonly ring: (number: string, to: 'queue' | 'extension') => Promise<RingingCall>;
  readonly answer: (call: RingingCall) => Promise<AnsweredCall>;
  /** Resolves when the PBX has ended the leg; epoch ms. */
  readonly hangUp: (call: RingingCall) => Promise<number>;
  /** How long the last hang-up took, of this call. */
  readonly hungUp: (call: RingingCall) => Promise<HungUp>;
  readonly completeWrapUp: () => Promise<void>;
  /** Ends the one call that is on, and its wrap-up. */
  readonly endCall: () => Promise<void>;
  /** Past the screen: the wrap-up of a call that is not in the centre. */
  readonly settle: (callId: string) => Promise<void>;
};

type RingsideWindow = { readonly ringside: UiBridge };

export const appPhone = (centre: Centre, page: Page): AppPhone => {
  const desk = deskPage(page);
  const { app } = centre.agents;
  let probe: DeskProbe | null = null;
  const probed = async (): Promise<DeskProbe> => (probe ??= await probeDesk(page));

  const press = async (name: string): Promise<number> => {
    await desk.button(name).first().click();
    return (await probed()).pressedAt(name);
  };

  const completeWrapUp = async (): Promise<void> => {
    await desk.chooseWrapUpCode('');
    await desk.button('Complete wrap-up').click();
    await desk.wrapUp.waitFor({ state: 'detached' });
  };

  return {
    page,
    signInReady: async () => {
      await desk.signIn(app.username, app.password);
      await eventually('the phone registered at the PBX', async () =>
        (await centre.pbx.cli('pjsip show contacts')).some((line) =>
          line.includes(`${app.extension}/sip:`),
        )
          ? true
          : null,
      );
      await desk.ready();
      await desk.button('Not ready').waitFor();
    },
    ring: async (number, to) => {
      const { nextCall } = await probed();
      const since = nowMs();
      const leg = legAtPbx(centre.pbx, app.extension, since);
      await centre.placeCall({
        number,
        ...(to === 'queue' ? { queue: 'support' } : { extension: app.extension }),
      });
      const [shown, made] = await Promise.all([nextCall(), leg]);
      return { ...shown, leg: made, invitedAt: centre.tap.invitedAt(app.extension, since) };
    },
    answer: async (call) => {
      const pressedAt = await press('Answer');
      return { ...call, pressedAt, heardAt: await call.leg.heardAt() };
    },
    hangUp: async ({ leg }) => {
      await press('Hang up');
      return leg.endedAt();
    },
    hungUp: async ({ callId, invitedAt }) => {
      const { pressedAt, ended } = await probed();
      const [pressed, times] = await Promise.all([pressedAt('Hang up'), ended(callId)]);
      const byeAt = centre.tap.byeAt(app.extension, invitedAt);
      if (byeAt === null) throw new Error('no BYE passed');
      return { ...times, pressedAt: pressed, byeAt };
    },
    completeWrapUp,
    endCall: async () => {
      await press('Hang up');
      await completeWrapUp();
    },
    settle: (callId) =>
      page.evaluate(async (id) => {
        const { ringside } = window as unknown as RingsideWindow;
        const { session } = await ringside.request('desk.snapshot', null);
        const code = session.state === 'signed_in' ? session.wrapUpCodes[0]?.code : undefined;
        if (code === undefined) throw new Error('no wrap-up code');
        await ringside.request('wrapUp.complete', { callId: id, code, notes: '' });
      }, callId),
  };
};
