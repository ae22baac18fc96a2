import { Tooltip } from '@mantine/core';
import styles from './Definition.module.css';

/** The name of a figure; pointed at or reached with the keyboard, it says what the figure means. */
export const Definition = ({
  name,
  text,
  className = '',
}: {
  readonly name: string;
  readonly text: string;
  readonly className?: string | undefined;
}) => (
  <Tooltip label={text} multiline maw={320} events={{ hover: true, focus: true, touch: true }}>
    <button type="button" className={`${styles['name'] ?? ''} ${className}`}>
      {name}
    </button>
  </Tooltip>
);
