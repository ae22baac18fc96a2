import type { DeskState } from '../../shared/api/routes.ts';

/** What a centre may have set, and the session tells only where it has. */
export const centreParts = ({ payment, helpPages, guidance, updates, surveys }: DeskState) => ({
  helpPages: helpPages ?? [],
  ...(guidance === undefined ? {} : { guidance }),
  ...(payment === undefined ? {} : { payment }),
  ...(surveys === undefined ? {} : { surveys }),
  ...(updates === undefined ? {} : { updates }),
});
