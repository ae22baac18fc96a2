import type { Call } from './call.ts';

export type CallAction =
  'answer' | 'reject' | 'end' | 'hold' | 'resume' | 'mute' | 'unmute' | 'send_digits';

/** What the agent may do with a call now. Buttons, keys, headset and tray all ask here and nowhere else. */
export const allowedActions = (call: Call): readonly CallAction[] => {
  switch (call.state) {
    case 'offered':
      return ['answer', 'reject'];
    case 'dialing':
    case 'alerting':
    case 'answering':
      return ['end'];
    case 'connected':
      return [
        'end',
        call.hold === 'local' || call.hold === 'both' ? 'resume' : 'hold',
        call.muted ? 'unmute' : 'mute',
        'send_digits',
      ];
    case 'ended':
      return [];
  }
};

export const isAllowed = (call: Call, action: CallAction): boolean =>
  allowedActions(call).includes(action);
