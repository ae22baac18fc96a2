import type { DeskSnapshot } from '../../shared/ipc/desk.ts';
import type { UiEvent, UiEventName } from '../../shared/ipc/contract.ts';
import { tellUi } from '../ipc/ui-ipc.ts';
import type { CompactWindow, CompactWindowPorts } from './compact-window.ts';
import type { UiWindow } from './ui-window.ts';

/** Whether the strip stands for the desk: while it is wished and somebody is signed in. */
export const isCompact = ({
  settings,
  session,
}: Pick<DeskSnapshot, 'settings' | 'session'>): boolean =>
  settings.compact && session.state === 'signed_in';

export type CompactMode = {
  readonly follow: (desk: DeskSnapshot) => void;
  readonly tell: <Name extends UiEventName>(name: Name, event: UiEvent<Name>) => void;
  readonly move: (x: number, y: number) => void;
  readonly pageLives: () => void;
};

/** The desk's window or the strip: there is no strip's window but in compact mode. */
export const createCompactMode = (ports: {
  readonly ui: Pick<UiWindow, 'show' | 'showInactive' | 'hide'>;
  readonly window: Omit<CompactWindowPorts, 'onShown'>;
  readonly load: () => Promise<(ports: CompactWindowPorts) => CompactWindow>;
}): CompactMode => {
  let wanted = false;
  let window: CompactWindow | null = null;

  const enter = async (): Promise<void> => {
    const open = await ports.load();
    if (!wanted || window !== null) return;
    window = open({
      ...ports.window,
      onShown: () => {
        if (wanted) ports.ui.hide();
      },
    });
  };

  return {
    follow: (desk) => {
      const next = isCompact(desk);
      if (next === wanted) return;
      wanted = next;
      if (next) {
        void enter();
        return;
      }
      window?.close();
      window = null;
      // Only the agent's own wish is a reason to take the focus; that a session ended is none.
      if (desk.settings.compact) ports.ui.showInactive();
      else ports.ui.show();
    },
    tell: (name, event) => {
      if (window !== null) tellUi(window.contents(), name, event);
    },
    move: (x, y) => window?.move(x, y),
    pageLives: () => window?.pageLives(),
  };
};
