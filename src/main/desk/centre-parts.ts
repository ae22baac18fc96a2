import type { DeskState } from '../../shared/api/routes.ts';

/** What a centre may have set, and the session tells only where it has. */
export const centreParts = ({ payment, helpPages, updates }: DeskState) => ({
  helpPages: helpPages ?? [],
  ...(payment === undefined ? {} : { payment }),
  ...(updates === undefined ? {} : { updates }),
});
