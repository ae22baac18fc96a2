/** A combination of keys by Electron's names for them, taken apart: what two of them have in common can be compared. */
export type Accelerator = {
  readonly key: string;
  readonly control: boolean;
  readonly command: boolean;
  readonly alt: boolean;
  readonly shift: boolean;
};

const modifiers: Readonly<Record<string, 'control' | 'command' | 'alt' | 'shift' | 'primary'>> = {
  control: 'control',
  ctrl: 'control',
  command: 'command',
  cmd: 'command',
  super: 'command',
  meta: 'command',
  commandorcontrol: 'primary',
  cmdorctrl: 'primary',
  alt: 'alt',
  option: 'alt',
  shift: 'shift',
};

const keys =
  /^(?:[A-Z0-9]|F(?:[1-9]|1\d|2[0-4])|Space|Enter|Home|End|PageUp|PageDown|Insert|Delete|Up|Down|Left|Right)$/u;

/** null: it is none. `mac` says which key the primary modifier is. */
export const readAccelerator = (text: string, mac: boolean): Accelerator | null => {
  const parts = text.split('+');
  const key = parts.pop() ?? '';
  if (!keys.test(key)) return null;
  const held = { control: false, command: false, alt: false, shift: false };
  for (const part of parts) {
    const modifier = modifiers[part.toLowerCase()];
    if (modifier === undefined) return null;
    held[modifier === 'primary' ? (mac ? 'command' : 'control') : modifier] = true;
  }
  return { key, ...held };
};

export const sameKeys = (one: Accelerator, other: Accelerator): boolean =>
  one.key === other.key &&
  one.control === other.control &&
  one.command === other.command &&
  one.alt === other.alt &&
  one.shift === other.shift;

/**
 * Whether people press it to write or to move the caret: a global key takes the press away from every program. Function
 * keys write nothing; on a Mac, Alt writes characters.
 */
export const isTyped = (accelerator: Accelerator, mac: boolean): boolean =>
  !/^F\d/u.test(accelerator.key) &&
  !accelerator.control &&
  !accelerator.command &&
  (mac || !accelerator.alt);
