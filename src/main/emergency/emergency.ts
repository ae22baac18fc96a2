import { knownAddressSchema } from '../../shared/api/emergency.ts';
import { asksForAddress, locationLine } from '../../shared/domain/emergency/location.ts';
import type { DeskSnapshot } from '../../shared/ipc/desk.ts';
import { failure, success } from '../../shared/result.ts';
import type { DeskSession } from '../desk/desk-session.ts';
import type { DeskStore } from '../desk/desk-store.ts';
import type { UiHandlers } from '../ipc/ui-answers.ts';
import { createLogger } from '../log/logger.ts';

const log = createLogger('emergency');

export type EmergencyPorts = {
  readonly store: DeskStore;
  readonly request: DeskSession['request'];
  /** The network that this machine is in; null: none. */
  readonly network: () => Promise<string | null>;
};

export type Emergency = {
  readonly handlers: Pick<UiHandlers, 'emergency.confirm' | 'emergency.later' | 'emergency.read'>;
  /** This machine may be in another network. */
  readonly moved: () => void;
  /** What goes with a call for help; absent: where the agent is was not confirmed. */
  readonly setupPart: () => { readonly location?: string };
};

const countryOf = ({ session }: DeskSnapshot): string | null =>
  session.state === 'signed_in' ? session.country : null;

/** Where this desk is, for calls for help: asked at the sign-in and when the network changed, never at a call. */
export const createEmergency = ({ store, request, network }: EmergencyPorts): Emergency => {
  let here: string | null = null;
  /** What was answered is of this moment; a later question takes its place. */
  let asked = 0;
  let known: string | null = null;

  const look = async (): Promise<void> => {
    const mine = (asked += 1);
    const name = await network();
    if (mine !== asked) return;
    here = name;
    // An address of another network leads help to the wrong door.
    if (name !== known) store.update({ emergencyPlace: null });
    const answer = await request({
      method: 'PUT',
      path: '/emergency/network',
      body: { network: name },
      answer: knownAddressSchema,
    });
    if (mine !== asked) return;
    if (!answer.ok) {
      // Said again when the backend is back.
      known = null;
      log.warn('Where this desk is could not be told', { why: answer.why.detail });
      return;
    }
    const before = store.snapshot().emergencyPlace;
    const later = before?.later === true && known === name;
    known = name;
    // Without a network nobody can call; and nobody is asked for a place that is none.
    store.update({ emergencyPlace: name === null ? null : { ...answer.value, later } });
  };

  const moved = (): void => {
    const country = countryOf(store.snapshot());
    if (country === null || !asksForAddress(country)) return;
    look().catch((thrown: unknown) =>
      log.warn('Not known where this desk is', { why: String(thrown) }),
    );
  };

  let wasOnline = false;
  let userId: string | null = null;
  store.subscribe((desk) => {
    const { session } = desk;
    const next = session.state === 'signed_in' ? session.user.id : null;
    const isOnline = desk.backend.state === 'connected';
    const isDue = next !== null && isOnline && (!wasOnline || next !== userId);
    if (next === null && userId !== null) {
      asked += 1;
      known = null;
      store.update({ emergencyPlace: null, emergencies: [] });
    }
    wasOnline = isOnline;
    userId = next;
    if (isDue) moved();
  });

  return {
    moved,
    setupPart: () => {
      const confirmed = store.snapshot().emergencyPlace?.confirmed ?? null;
      return confirmed === null ? {} : { location: locationLine(confirmed) };
    },
    handlers: {
      'emergency.confirm': async (address) => {
        const name = here;
        if (name === null) return failure({ code: 'not_supported', detail: 'no network' });
        const answer = await request({
          method: 'PUT',
          path: '/emergency/address',
          body: { network: name, address },
          answer: null,
        });
        if (!answer.ok) return answer;
        if (here === name) {
          store.update({ emergencyPlace: { confirmed: address, latest: address, later: false } });
        }
        return success(null);
      },
      'emergency.later': () => {
        const place = store.snapshot().emergencyPlace ?? null;
        if (place !== null) store.update({ emergencyPlace: { ...place, later: true } });
        return success(null);
      },
      'emergency.read': ({ callKey }) => {
        const { emergencies = [] } = store.snapshot();
        store.update({ emergencies: emergencies.filter((call) => call.callKey !== callKey) });
        return success(null);
      },
    },
  };
};
