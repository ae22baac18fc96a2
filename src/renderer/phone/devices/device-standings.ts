import {
  deviceRoles,
  type DeviceRole,
  type FoundDevice,
} from '../../../shared/domain/devices/device.ts';
import {
  noStanding,
  standingIn,
  withOfferDeclined,
  withOfferTaken,
  type DeviceChange,
  type Standing,
} from '../../../shared/domain/devices/standing.ts';
import type { DeviceSettings } from '../../../shared/ipc/devices.ts';
import type { DeviceLists } from '../media/devices.ts';

export type RoleChange = DeviceChange & { readonly role: DeviceRole };

/** What serves as microphone, speaker and ringer. */
export type DeviceStandings = {
  readonly of: (role: DeviceRole) => Standing;
  /** Devices, rankings or calls are others now; answers which roles have another device. */
  readonly look: (
    lists: Pick<DeviceLists, 'microphones' | 'speakers'>,
    settings: DeviceSettings,
    talking: boolean,
  ) => readonly RoleChange[];
  /** The agent's word on everything that is offered. */
  readonly decide: (yes: boolean) => readonly RoleChange[];
};

export const createDeviceStandings = (): DeviceStandings => {
  let standings: Readonly<Record<DeviceRole, Standing>> = {
    microphone: noStanding,
    speaker: noStanding,
    ringer: noStanding,
  };
  const put = (
    role: DeviceRole,
    next: { readonly standing: Standing; readonly change: DeviceChange | null },
  ): readonly RoleChange[] => {
    standings = { ...standings, [role]: next.standing };
    return next.change === null ? [] : [{ ...next.change, role }];
  };
  const foundFor = (
    role: DeviceRole,
    lists: Pick<DeviceLists, 'microphones' | 'speakers'>,
  ): readonly FoundDevice[] => (role === 'microphone' ? lists.microphones : lists.speakers);

  return {
    of: (role) => standings[role],
    look: (lists, settings, talking) =>
      deviceRoles.flatMap((role) =>
        put(
          role,
          standingIn(standings[role], {
            found: foundFor(role, lists),
            preferences: settings[role],
            // Nobody hears a ringer change.
            talking: talking && role !== 'ringer',
            better: settings.better,
          }),
        ),
      ),
    decide: (yes) =>
      deviceRoles.flatMap((role) =>
        put(
          role,
          yes
            ? withOfferTaken(standings[role])
            : { standing: withOfferDeclined(standings[role]), change: null },
        ),
      ),
  };
};
