import { useRef, type PointerEvent } from 'react';
import { ask } from '../state/orders.ts';

type Start = {
  readonly pointerX: number;
  readonly pointerY: number;
  readonly x: number;
  readonly y: number;
};

type Drag = {
  readonly onPointerDown: (event: PointerEvent<HTMLElement>) => void;
  readonly onPointerMove: (event: PointerEvent<HTMLElement>) => void;
  readonly onPointerUp: () => void;
  readonly onPointerCancel: () => void;
};

/**
 * Moves the window with the pointer. The system's own way of dragging goes through the window manager, which does not
 * touch a window that can have no focus.
 */
export const useDrag = (): Drag => {
  const start = useRef<Start | null>(null);
  const asked = useRef(false);
  const stop = (): void => {
    start.current = null;
  };
  return {
    onPointerDown: (event) => {
      const onButton = event.target instanceof Element && event.target.closest('button') !== null;
      if (event.button !== 0 || onButton) return;
      event.currentTarget.setPointerCapture(event.pointerId);
      start.current = {
        pointerX: event.screenX,
        pointerY: event.screenY,
        x: window.screenX,
        y: window.screenY,
      };
    },
    onPointerMove: (event) => {
      const from = start.current;
      // One move at a time: the next one tells of all that came in between.
      if (from === null || asked.current) return;
      asked.current = true;
      void ask('compact.move', {
        x: Math.round(from.x + event.screenX - from.pointerX),
        y: Math.round(from.y + event.screenY - from.pointerY),
      }).then(() => {
        asked.current = false;
      });
    },
    onPointerUp: stop,
    onPointerCancel: stop,
  };
};
