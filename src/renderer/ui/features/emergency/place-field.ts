import { show } from '../../state/view-store.ts';

export const placeFieldId = 'emergency-street';

/** To the settings, where the agent says where they are; the page may have to be loaded first. */
export const showPlace = (): void => {
  show({ kind: 'settings' });
  const until = performance.now() + 2_000;
  const focus = (): void => {
    const field = document.getElementById(placeFieldId);
    if (field !== null) {
      field.scrollIntoView({ block: 'center' });
      field.focus();
    } else if (performance.now() < until) requestAnimationFrame(focus);
  };
  requestAnimationFrame(focus);
};
