import type { Wish } from '../../shared/domain/agent/agent.ts';
import type { Call } from '../../shared/domain/call/call.ts';
import type { DeskSnapshot } from '../../shared/ipc/desk.ts';
import type { PhoneCommand, PhoneSnapshot } from '../../shared/ipc/phone.ts';
import { callFor, toggleFor } from '../../shared/domain/call/meant-call.ts';
import { callerText } from '../caller.ts';
import type { Say } from '../text/texts.ts';
import { trayState } from './tray-state.ts';

/** What an entry of the tray's menu does. */
export type TrayOrder =
  | { readonly kind: 'command'; readonly command: PhoneCommand }
  | { readonly kind: 'wish'; readonly wish: Wish }
  | { readonly kind: 'do_not_disturb' | 'compact'; readonly on: boolean }
  | { readonly kind: 'open' | 'quit' };

export type TrayEntry =
  | { readonly kind: 'text'; readonly label: string }
  | { readonly kind: 'separator' }
  | {
      readonly kind: 'act';
      readonly label: string;
      readonly order: TrayOrder;
      /** null: it is no switch. */
      readonly checked: boolean | null;
    }
  | { readonly kind: 'menu'; readonly label: string; readonly entries: readonly TrayEntry[] };

const act = (label: string, order: TrayOrder, checked: boolean | null = null): TrayEntry => ({
  kind: 'act',
  label,
  order,
  checked,
});
const separator: TrayEntry = { kind: 'separator' };

const reasonText = (desk: DeskSnapshot, code: string): string => {
  if (desk.session.state !== 'signed_in') return '';
  const { language } = desk.settings;
  const { reasons, otherReasons = [] } = desk.session;
  const named = [...reasons, ...otherReasons].find((reason) => reason.code === code);
  return named?.label[language] ?? '';
};

/** The state in words: what the icon says, and why. */
export const stateText = (desk: DeskSnapshot, phone: PhoneSnapshot, say: Say): string => {
  const state = trayState(desk, phone);
  const agent = desk.agent?.state;
  const why =
    state === 'not_ready' && agent?.state === 'not_ready' ? reasonText(desk, agent.reason) : '';
  return why === '' ? say(`tray.${state}`) : `${say(`tray.${state}`)} (${why})`;
};

/** What the menu offers of a call; each is a command that names the call and nothing else. */
type Offered = 'answer' | 'reject' | 'end' | 'hold' | 'resume' | 'mute' | 'unmute';
type Ordered = { readonly kind: Offered; readonly call: Call };

const callEntries = (desk: DeskSnapshot, { calls }: PhoneSnapshot, say: Say): TrayEntry[] => {
  const simple = (['answer', 'reject', 'end'] as const).flatMap((kind): Ordered[] => {
    const call = callFor(calls, kind);
    return call === null ? [] : [{ kind, call }];
  });
  const toggles = (['hold', 'mute'] as const).flatMap((kind): Ordered[] => {
    const toggle = toggleFor(calls, kind);
    return toggle === null ? [] : [{ kind: toggle.action, call: toggle.call }];
  });
  return [...simple, ...toggles].map(({ kind, call }) => {
    const who = callerText(desk, call) || say('offer.unknownCaller');
    return act(`${say(`tray.${kind}`)}: ${who}`, {
      kind: 'command',
      command: { kind, callId: call.callId },
    });
  });
};

const stateEntries = (desk: DeskSnapshot, say: Say): TrayEntry[] => {
  const { session, settings } = desk;
  if (session.state !== 'signed_in') return [];
  const agent = desk.agent?.state;
  return [
    act(
      say('tray.becomeReady'),
      { kind: 'wish', wish: { kind: 'ready' } },
      agent?.state === 'ready',
    ),
    {
      kind: 'menu',
      label: say('tray.becomeNotReady'),
      entries: session.reasons.map(({ code, label }) =>
        act(
          label[settings.language],
          { kind: 'wish', wish: { kind: 'not_ready', reason: code } },
          agent?.state === 'not_ready' && agent.reason === code,
        ),
      ),
    },
    act(
      say('tray.doNotDisturb'),
      { kind: 'do_not_disturb', on: desk.agent?.doNotDisturb !== true },
      desk.agent?.doNotDisturb === true,
    ),
    separator,
    act(say('tray.compact'), { kind: 'compact', on: !settings.compact }, settings.compact),
  ];
};

const group = (entries: readonly TrayEntry[]): readonly TrayEntry[] =>
  entries.length === 0 ? [] : [...entries, separator];

/** The whole menu: what can be done now, and nothing else. */
export const trayMenu = (
  desk: DeskSnapshot,
  phone: PhoneSnapshot,
  say: Say,
): readonly TrayEntry[] => [
  { kind: 'text', label: stateText(desk, phone, say) },
  separator,
  ...group(callEntries(desk, phone, say)),
  ...group(stateEntries(desk, say)),
  act(say('tray.open'), { kind: 'open' }),
  act(say('tray.quit'), { kind: 'quit' }),
];
