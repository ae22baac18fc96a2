import type { HeadsetAsked } from '../../shared/ipc/headset-view.ts';
import type { UiHandlers } from '../ipc/ui-answers.ts';

/** What a headset's button asks of main is what the same key on the screen would. */
export const headsetAsks =
  (ui: Pick<UiHandlers, 'help.raise' | 'supervision.leave' | 'supervision.mode'>) =>
  (asked: HeadsetAsked): void => {
    switch (asked.what) {
      case 'help':
        void ui['help.raise']({ callKey: asked.callKey });
        return;
      case 'leave_join':
        void ui['supervision.leave'](null);
        return;
      case 'listen':
        void ui['supervision.mode']({ mode: 'listen' });
        return;
    }
  };
