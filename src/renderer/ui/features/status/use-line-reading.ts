import { useEffect, useState } from 'react';
import type { LineReading } from '../../../../shared/ipc/phone.ts';
import { onLevels } from '../../bridge/levels.ts';

/** The figures of the last second; null: none came since this is looked at. */
export const useLineReading = (): LineReading | null => {
  const [reading, setReading] = useState<LineReading | null>(null);
  useEffect(
    () =>
      onLevels(({ line }) => {
        if (line !== undefined) setReading(line);
      }),
    [],
  );
  return reading;
};
