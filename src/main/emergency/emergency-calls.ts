import type { EmergencyCall } from '../../shared/api/emergency.ts';

/** Those that a desk keeps in sight. */
const keptCalls = 20;

/** A colleague's call for help, in the place of what was known of it. */
export const withEmergency = (
  calls: readonly EmergencyCall[],
  call: EmergencyCall,
): readonly EmergencyCall[] =>
  [...calls.filter(({ callKey }) => callKey !== call.callKey), call].slice(-keptCalls);
