import { ActionIcon, Tooltip } from '@mantine/core';
import IconStar from '@tabler/icons-react/dist/esm/icons/IconStar.mjs';
import IconStarFilled from '@tabler/icons-react/dist/esm/icons/IconStarFilled.mjs';

/** Makes somebody a favourite, or no longer one. */
export const StarButton = ({
  label,
  chosen,
  small = false,
  onToggle,
}: {
  /** What a press does. */
  readonly label: string;
  readonly chosen: boolean;
  /** Within a line of text. */
  readonly small?: boolean;
  readonly onToggle: () => void;
}) => (
  <Tooltip label={label}>
    <ActionIcon
      size={small ? 'xs' : 'md'}
      color={chosen ? 'wrap-up' : 'not-ready'}
      aria-label={label}
      data-chosen={chosen || undefined}
      onClick={onToggle}
    >
      {chosen ? <IconStarFilled size={16} /> : <IconStar size={16} />}
    </ActionIcon>
  </Tooltip>
);
