import { Button } from '@mantine/core';
import IconArrowLeft from '@tabler/icons-react/dist/esm/icons/IconArrowLeft.mjs';
import type { Ref } from 'react';

/** The way out of a page that stands in the desk's place. */
export const BackButton = ({
  ref,
  children,
  onClick,
}: {
  readonly ref?: Ref<HTMLButtonElement>;
  readonly children: string;
  readonly onClick: () => void;
}) => (
  <Button
    ref={ref}
    variant="subtle"
    color="not-ready"
    size="compact-sm"
    leftSection={<IconArrowLeft size={16} />}
    onClick={onClick}
  >
    {children}
  </Button>
);
