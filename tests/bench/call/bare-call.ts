import type { HungUp } from '../support/app-phone.ts';
import type { BarePhone } from '../support/bare-page.ts';
import { barePhone } from '../support/bare-page.ts';
import type { Centre } from '../support/centre.ts';
import type { AttachedElectron, LaunchedElectron } from '../support/launched-electron.ts';
import { launchPlain } from '../support/programs.ts';
import { legAtPbx, unevenPause } from '../support/ringing-leg.ts';
import { nowMs } from '../support/sip-tap.ts';
import { ringMs } from './plan.ts';

/** A call to the bare JsSIP page; epoch ms. */
export type BareCall = {
  readonly invitedAt: number;
  /** The frame that shows the ring. */
  readonly shownAt: number;
  readonly answeredAt: number;
  readonly heardAt: number;
  readonly hangUp: () => Promise<HungUp>;
};

/** Calls the bare phone, which answers a moment later. */
export const ringBare = async (
  centre: Centre,
  phone: BarePhone,
  number: string,
): Promise<BareCall> => {
  const { extension } = centre.agents.bare;
  const since = nowMs();
  const made = legAtPbx(centre.pbx, extension, since);
  await centre.placeCall({ number, extension });
  const [shownAt, leg] = await Promise.all([phone.shownAt(since), made]);
  const invitedAt = centre.tap.invitedAt(extension, since);
  await unevenPause(ringMs);
  const answeredAt = await phone.answer();
  const heardAt = await leg.heardAt();
  return {
    invitedAt,
    shownAt,
    answeredAt,
    heardAt,
    hangUp: async () => {
      const times = await phone.end();
      await leg.endedAt();
      const byeAt = centre.tap.byeAt(extension, since);
      if (byeAt === null) throw new Error('the bare phone sent no BYE');
      return { ...times, byeAt };
    },
  };
};

/** The bare phone in an Electron of its own. */
export type OpenBare = {
  readonly program: LaunchedElectron;
  readonly attached: AttachedElectron;
  readonly phone: BarePhone;
};

export const attachBare = async (program: LaunchedElectron, pageUrl: string): Promise<OpenBare> => {
  const attached = await program.attach();
  return { program, attached, phone: barePhone(await attached.page(pageUrl)) };
};

export const openBare = async (centre: Centre, pageUrl: string): Promise<OpenBare> => {
  const bare = await attachBare(
    await launchPlain(centre, 'bare', { windows: 1, pageUrl }),
    pageUrl,
  );
  const { sip } = await centre.signIn(centre.agents.bare);
  if (sip === null) throw new Error('the bare phone was given no account');
  await bare.phone.register(sip);
  return bare;
};
