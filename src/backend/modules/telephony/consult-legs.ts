import type { PbxEvent } from '../../pbx/pbx.ts';

/**
 * Legs whose agent is in a customer's call without hearing the customer: a colleague who is asked, or the agent who asks
 * when the customer is gone. The PBX tells of each anew after a restart of the backend, so they need no table.
 */
export type ConsultLegs = {
  readonly take: (event: PbxEvent) => void;
  readonly has: (callKey: string, extension: string) => boolean;
};

export const createConsultLegs = (): ConsultLegs => {
  const legs = new Set<string>();
  return {
    take: (event) => {
      switch (event.kind) {
        case 'leg_offered':
          if (event.consult === true) legs.add(`${event.extension} ${event.callKey}`);
          else legs.delete(`${event.extension} ${event.callKey}`);
          break;
        case 'customer_left':
          legs.add(`${event.extension} ${event.callKey}`);
          break;
        case 'customer_joined':
        case 'leg_ended':
          legs.delete(`${event.extension} ${event.callKey}`);
          break;
        default:
      }
    },
    has: (callKey, extension) => legs.has(`${extension} ${callKey}`),
  };
};
