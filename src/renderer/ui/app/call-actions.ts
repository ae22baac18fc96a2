import type { TFunction } from 'i18next';
import {
  allowedActions,
  type CallAction,
  type JointAction,
} from '../../../shared/domain/call/allowed-actions.ts';
import {
  answerCall,
  rejectCall,
  rejectReasons,
  togglePanel,
} from '../features/call/call-orders.ts';
import { beginHeldMute, endHeldMute } from '../features/call/held-mute.ts';
import { dialFieldId } from '../features/dial/dial-field.ts';
import type { ListedAction } from '../features/spotlight/listed-action.ts';
import { callBackLatest } from '../state/call-back.ts';
import { chords } from '../state/chords.ts';
import {
  heardLeg,
  isInConference,
  jointActionsOf,
  jointCommand,
  panelsOf,
  swapLeg,
  type Panel,
} from '../state/legs.ts';
import { orderPhone } from '../state/orders.ts';
import { change, showDesk } from '../state/view-store.ts';
import type { Work } from '../state/work.ts';
import { focusById } from './focus-by-id.ts';
import { onDesk } from './on-desk.ts';

/** What can be done with the call that rings and the one that is heard. */
export const callActions = (
  works: readonly Work[],
  centre: Work | null,
  t: TFunction,
): ListedAction[] => {
  const ringing = works.find((work) => work.stage === 'ringing');
  const call = centre === null ? null : (heardLeg(works, centre)?.call ?? null);
  const allowed: readonly CallAction[] = call === null ? [] : allowedActions(call);
  const onCall = (kind: 'end' | 'hold' | 'resume' | 'mute' | 'unmute') => (): void => {
    if (call !== null) void orderPhone({ kind, callId: call.callId });
  };
  const held = allowed.includes('resume');
  const muted = allowed.includes('unmute');
  return [
    {
      id: 'answer',
      group: 'call',
      label: t('call.answer'),
      chord: chords.answer,
      possible: ringing !== undefined,
      run: () => {
        if (ringing !== undefined) answerCall(ringing.callId);
      },
    },
    {
      id: 'reject',
      group: 'call',
      label: t('call.reject'),
      chord: chords.reject,
      possible: ringing !== undefined,
      run: () => {
        if (ringing !== undefined) rejectCall(ringing.callId);
      },
    },
    ...rejectReasons.map((reason) => ({
      id: `reject-${reason}`,
      group: 'call' as const,
      label: t('call.rejectAs', { reason: t(`call.rejectReason.${reason}`) }),
      chord: null,
      possible: ringing?.queue === null,
      run: () => {
        if (ringing !== undefined) rejectCall(ringing.callId, reason);
      },
    })),
    {
      id: 'end',
      group: 'call',
      label: t('call.end'),
      chord: chords.end,
      // In a conference each of the others is hung up by name.
      possible: call !== null && allowed.includes('end') && !isInConference(call),
      run: onCall('end'),
    },
    {
      id: 'hold',
      group: 'call',
      label: t(held ? 'call.resume' : 'call.hold'),
      chord: chords.hold,
      possible: held || allowed.includes('hold'),
      run: onCall(held ? 'resume' : 'hold'),
    },
    {
      id: 'mute',
      group: 'call',
      label: t(muted ? 'call.unmute' : 'call.mute'),
      chord: chords.mute,
      possible: muted || allowed.includes('mute'),
      run: onCall(muted ? 'unmute' : 'mute'),
    },
    {
      id: 'mute-while-held',
      group: 'call',
      label: t('call.muteWhileHeld'),
      chord: chords.muteWhileHeld,
      possible: muted || allowed.includes('mute'),
      run: () => {
        if (call !== null) beginHeldMute(call);
      },
      release: endHeldMute,
    },
    {
      id: 'keypad',
      group: 'call',
      label: t('call.keypad'),
      chord: chords.keypad,
      possible: allowed.includes('send_digits'),
      run: () => {
        showDesk();
        change({ keypadCallId: call?.callId ?? null });
      },
    },
    {
      id: 'dial',
      group: 'call',
      label: t('dial.title'),
      chord: chords.dial,
      possible: centre === null,
      run: () => {
        onDesk(() => {
          focusById(dialFieldId);
        });
      },
    },
    {
      id: 'call-back',
      group: 'call',
      label: t('missed.callBack'),
      chord: chords.callBack,
      possible: centre === null,
      run: () => void callBackLatest(),
    },
  ];
};

/** What several calls allow, and what makes several of one. */
export const severalActions = (
  works: readonly Work[],
  centre: Work | null,
  t: TFunction,
): ListedAction[] => {
  const panels = centre === null ? [] : panelsOf(works, centre);
  const joint = centre === null ? [] : jointActionsOf(works, centre);
  const swap = centre === null ? null : swapLeg(works, centre);
  const together = joint.includes('split');
  const open = (kind: Panel) => (): void => {
    showDesk();
    if (centre !== null) togglePanel(kind, centre.callId);
  };
  const join = (kind: JointAction) => (): void => {
    const command = centre === null ? null : jointCommand(kind, works, centre);
    if (command !== null) void orderPhone(command);
  };
  return [
    {
      id: 'transfer',
      group: 'call',
      label: t('call.transfer'),
      chord: chords.transfer,
      possible: panels.includes('transfer'),
      run: open('transfer'),
    },
    {
      id: 'add-call',
      group: 'call',
      label: t('call.addCall'),
      chord: chords.addCall,
      possible: panels.includes('add_call'),
      run: open('add_call'),
    },
    {
      id: 'swap',
      group: 'call',
      label: t('call.swap'),
      chord: chords.swap,
      possible: swap !== null,
      run: () => {
        if (swap !== null) void orderPhone({ kind: 'resume', callId: swap.callId });
      },
    },
    {
      id: 'complete-transfer',
      group: 'call',
      label: t(together ? 'call.leaveThem' : 'call.completeTransfer'),
      chord: chords.completeTransfer,
      possible: joint.includes('complete_transfer'),
      run: join('complete_transfer'),
    },
    {
      id: 'merge',
      group: 'call',
      label: t(together ? 'call.split' : 'call.merge'),
      chord: chords.merge,
      possible: together || joint.includes('merge'),
      run: join(together ? 'split' : 'merge'),
    },
  ];
};
