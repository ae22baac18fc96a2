import type { DeskState } from '../../shared/api/routes.ts';

/** What a centre may have set, and the session tells only where it has. */
export const centreParts = ({ payment, helpPages, updates, surveys }: DeskState) => ({
  helpPages: helpPages ?? [],
  ...(payment === undefined ? {} : { payment }),
  ...(surveys === undefined ? {} : { surveys }),
  ...(updates === undefined ? {} : { updates }),
});
