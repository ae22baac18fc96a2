import type { DeskState } from '../../shared/api/routes.ts';

/** What a centre may have set, and the session tells only where it has. */
export const centreParts = ({ payment, helpPages, guidance, updates }: DeskState) => ({
  helpPages: helpPages ?? [],
  ...(guidance === undefined ? {} : { guidance }),
  ...(payment === undefined ? {} : { payment }),
  ...(updates === undefined ? {} : { updates }),
});
