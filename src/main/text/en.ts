/** What main itself says: tray, notifications, questions, menu. The window has its own texts. */
export const en = {
  tray: {
    signed_out: 'Ringside: signed out',
    away: 'Ringside: calls cannot reach you',
    ready: 'Ringside: ready',
    not_ready: 'Ringside: not ready',
    ringing: 'Ringside: incoming call',
    in_call: 'Ringside: in a call',
    wrap_up: 'Ringside: wrap-up',
    open: 'Open Ringside',
    becomeReady: 'Ready',
    becomeNotReady: 'Not ready',
    answer: 'Answer',
    end: 'Hang up',
    quit: 'Quit',
  },
  offer: {
    title: 'Incoming call',
    inQueue: '{{caller}} · {{queue}}',
    unknownCaller: 'Unknown caller',
  },
  quit: {
    inCall: 'A call is in progress.',
    inWrapUp: 'A wrap-up is not complete.',
    inCallDetail: 'Quitting ends the call.',
    inWrapUpDetail: 'It is kept and offered again at the next sign-in.',
    stay: 'Stay',
    quit: 'Quit',
  },
  menu: {
    edit: 'Edit',
    undo: 'Undo',
    redo: 'Redo',
    cut: 'Cut',
    copy: 'Copy',
    paste: 'Paste',
    selectAll: 'Select all',
    view: 'View',
    zoomIn: 'Zoom in',
    zoomOut: 'Zoom out',
    resetZoom: 'Actual size',
    fullScreen: 'Full screen',
    quit: 'Quit',
  },
};

export type Texts = typeof en;
