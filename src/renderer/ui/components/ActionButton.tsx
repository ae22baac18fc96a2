import { Button, Tooltip, type ButtonProps } from '@mantine/core';
import type { MouseEventHandler, ReactNode, Ref } from 'react';
import { ariaKeys, keyText, type Chord } from './chord.ts';

export type ActionButtonProps = {
  /** The accessible name, exactly. */
  readonly label: string;
  readonly id?: string;
  readonly chord?: Chord;
  readonly icon?: ReactNode;
  readonly color?: string;
  readonly variant?: ButtonProps['variant'];
  readonly size?: string;
  readonly pressed?: boolean;
  /** Whether what it opens is open. */
  readonly expanded?: boolean;
  readonly disabled?: boolean;
  /** For a moment it does nothing; pressed, it says why. */
  readonly resting?: boolean;
  readonly loading?: boolean;
  readonly fullWidth?: boolean;
  readonly className?: string | undefined;
  readonly buttonRef?: Ref<HTMLButtonElement>;
  readonly onClick: MouseEventHandler<HTMLButtonElement>;
};

/** A button that tells its key in a tooltip and to assistive technology, and nothing of it in its name. */
export const ActionButton = ({
  label,
  id,
  chord,
  icon,
  color = 'not-ready',
  variant = 'light',
  size = 'sm',
  pressed,
  expanded,
  disabled = false,
  resting = false,
  loading = false,
  fullWidth = false,
  className,
  buttonRef,
  onClick,
}: ActionButtonProps) => {
  const button = (
    <Button
      {...(buttonRef === undefined ? {} : { ref: buttonRef })}
      {...(className === undefined ? {} : { className })}
      id={id}
      color={color}
      variant={variant}
      size={size}
      loading={loading}
      fullWidth={fullWidth}
      leftSection={icon}
      onClick={onClick}
      aria-pressed={pressed}
      aria-expanded={expanded}
      disabled={disabled}
      {...(resting ? { 'aria-disabled': true, 'data-disabled': true } : {})}
      aria-keyshortcuts={chord === undefined ? undefined : ariaKeys(chord)}
    >
      {label}
    </Button>
  );
  if (chord === undefined) return button;
  return <Tooltip label={keyText(chord)}>{button}</Tooltip>;
};
