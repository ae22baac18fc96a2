import { useEffect, useState } from 'react';
import type { BoardTerms } from '../../../../shared/api/board.ts';
import type { Report } from '../../../../shared/api/reports.ts';
import { ask } from '../../state/orders.ts';
import { useNow } from '../../state/use-now.ts';

/** Today's report of queues, read again each minute while it is shown; null: nothing yet, or it cannot be read now. */
export const useFloorDay = (day: BoardTerms['day']): Report | null => {
  const minute = useNow('minute');
  const [report, setReport] = useState<Report | null>(null);
  const { from, to } = day;
  useEffect(() => {
    let current = true;
    void ask('floor.day', { from, to }).then((answer) => {
      if (current && answer.ok) setReport(answer.value);
    });
    return () => {
      current = false;
    };
  }, [from, to, minute]);
  // Yesterday's is none of today.
  return report?.from === from ? report : null;
};
