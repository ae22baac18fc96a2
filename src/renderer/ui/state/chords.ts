import type { Chord } from '../components/chord.ts';

/**
 * The keys of the desk. Each needs a modifier, so that typing can neither answer nor reject; none is a combination
 * that writes a character on some layout.
 */
export const chords = {
  ready: { code: 'KeyG', primary: true, shift: true },
  notReady: { code: 'KeyB', primary: true, shift: true },
  doNotDisturb: { code: 'KeyI', primary: true, shift: true },
  answer: { code: 'KeyA', primary: true, shift: true },
  reject: { code: 'KeyX', primary: true, shift: true },
  end: { code: 'KeyE', primary: true, shift: true },
  hold: { code: 'KeyH', primary: true, shift: true },
  mute: { code: 'KeyM', primary: true, shift: true },
  /** Held down: a cough nobody hears, or a word out of a mute. */
  muteWhileHeld: { code: 'F4' },
  /** Takes the better device that is offered. */
  useDevice: { code: 'F3' },
  /** Of the call that is heard. */
  quieter: { code: 'F2' },
  louder: { code: 'F2', shift: true },
  /** Keeps how loud it was, and when. */
  wasLoud: { code: 'F5' },
  strongSuppression: { code: 'F5', shift: true },
  keypad: { code: 'KeyK', primary: true, shift: true },
  transfer: { code: 'KeyT', primary: true, shift: true },
  addCall: { code: 'KeyP', primary: true, shift: true },
  swap: { code: 'KeyL', primary: true, shift: true },
  completeTransfer: { code: 'KeyO', primary: true, shift: true },
  merge: { code: 'KeyJ', primary: true, shift: true },
  callBack: { code: 'KeyR', primary: true, shift: true },
  scheduleCallBack: { code: 'KeyH', primary: true },
  /** What a queue offers. */
  takeCallBack: { code: 'F2', primary: true },
  passCallBack: { code: 'F3', primary: true },
  callBacks: { code: 'KeyM', primary: true },
  askConsent: { code: 'KeyS', primary: true, shift: true },
  consentGranted: { code: 'KeyY', primary: true, shift: true },
  consentRefused: { code: 'KeyN', primary: true, shift: true },
  keepConsent: { code: 'KeyS', primary: true },
  payment: { code: 'KeyP', primary: true },
  extendPayment: { code: 'KeyE', primary: true },
  /** What to say, who it is, and pieces of text for the notes. */
  script: { code: 'F12' },
  identity: { code: 'KeyT', primary: true },
  macro: { code: 'KeyN', primary: true },
  wrapUpCode: { code: 'KeyU', primary: true, shift: true },
  completeWrapUp: { code: 'Enter', primary: true },
  extendWrapUp: { code: 'Enter', primary: true, shift: true },
  /** Asks for help in a call; as on every keyboard. */
  raiseHand: { code: 'F1' },
  takeHand: { code: 'F1', primary: true },
  /** Offers the survey after a call, or copies its link. */
  survey: { code: 'F10' },
  dial: { code: 'KeyD', primary: true, shift: true },
  history: { code: 'KeyF', primary: true, shift: true },
  myDay: { code: 'KeyD', primary: true },
  shift: { code: 'Period', primary: true },
  colleagues: { code: 'KeyC', primary: true, shift: true },
  /** The page of the caller's ticket or record in another system. */
  openElsewhere: { code: 'KeyG', primary: true },
  /** What is written in other systems. */
  newTicket: { code: 'F6', primary: true },
  addToTicket: { code: 'F7', primary: true },
  escalate: { code: 'F8', primary: true },
  knowledge: { code: 'F12', shift: true },
  findCustomer: { code: 'KeyF', primary: true },
  listen: { code: 'KeyL', primary: true },
  quality: { code: 'KeyJ', primary: true },
  floor: { code: 'KeyB', primary: true },
  /** A key that writes nothing. */
  floorWall: { code: 'F11' },
  reports: { code: 'KeyR', primary: true },
  coaching: { code: 'KeyO', primary: true },
  coachingNote: { code: 'KeyI', primary: true },
  scoreContact: { code: 'KeyU', primary: true },
  /** Function keys write nothing. */
  joinListen: { code: 'F6' },
  joinWhisper: { code: 'F7' },
  joinBarge: { code: 'F8' },
  joinTakeOver: { code: 'F9', shift: true },
  joinLeave: { code: 'F9' },
  everything: { code: 'KeyK', primary: true },
  compact: { code: 'KeyW', primary: true, shift: true },
  settings: { code: 'Comma', primary: true },
  shortcuts: { code: 'Slash', primary: true },
} as const satisfies Record<string, Chord>;

/** In the question whether to call a number; the caret is on Cancel, so that Enter alone dials nothing. */
export const dialRequestChords = {
  call: { code: 'Enter', primary: true },
} as const satisfies Record<string, Chord>;

/** Sends what a form holds; in no other place does it mean this. */
export const sendChord: Chord = { code: 'Enter', primary: true };

/** Within the panel of transfer; in no other place do they mean this. */
export const transferChords = {
  askFirst: { code: 'Enter' },
  now: { code: 'Enter', shift: true },
} as const satisfies Record<string, Chord>;

/** Within the script and the questions of identity; in no other place do they mean this. */
export const guidanceChords = {
  /** A step back; of a question: the answer was a slip. */
  back: { code: 'Backspace' },
  restart: { code: 'Digit0' },
  insertPath: { code: 'KeyN' },
  right: { code: 'Digit1' },
  wrong: { code: 'Digit2' },
  skipped: { code: 'Digit3' },
} as const satisfies Record<string, Chord>;

/** In the search of the knowledge; in no other place do they mean this. */
export const knowledgeChords = {
  insert: { code: 'Enter' },
  /** With its first words. */
  insertWithText: { code: 'Enter', shift: true },
} as const satisfies Record<string, Chord>;

/** On a line of the history; in no other place do they mean this. */
export const historyChords = {
  open: { code: 'Enter' },
  callBack: { code: 'Enter', shift: true },
  /** On a call that was missed. */
  note: { code: 'F2' },
} as const satisfies Record<string, Chord>;

/** On a line of the call-backs; in no other place do they mean this. */
export const callBackChords = {
  open: { code: 'Enter' },
  dial: { code: 'Enter', shift: true },
  postpone: { code: 'KeyP' },
  done: { code: 'KeyD' },
  cancel: { code: 'Delete' },
  /** What is over. */
  reopen: { code: 'KeyU' },
} as const satisfies Record<string, Chord>;

/** On a recording; in no other place do they mean this. */
export const playerChords = {
  play: { code: 'Space' },
  pause: { code: 'KeyK' },
  back: { code: 'ArrowLeft' },
  forward: { code: 'ArrowRight' },
  farBack: { code: 'KeyJ' },
  farForward: { code: 'KeyL' },
  slower: { code: 'Comma' },
  faster: { code: 'Period' },
  skipSilence: { code: 'KeyS' },
  comment: { code: 'KeyC' },
} as const satisfies Record<string, Chord>;

/** Chooses the nth customer of a match. */
export const matchChord = (index: number): Chord => ({ code: `Digit${index + 1}`, primary: true });
