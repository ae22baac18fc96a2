import { showDesk, useView } from '../state/view-store.ts';

/** Acts on the desk at once where it is on screen, else as soon as it is. */
export const onDesk = (act: () => void): void => {
  if (useView.getState().place.kind === 'desk') {
    act();
    return;
  }
  showDesk();
  requestAnimationFrame(() => requestAnimationFrame(act));
};
