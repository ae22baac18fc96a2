/** The desk's own part of the program: fetched while the agent is still typing the password. */
export const loadDesk = () => import('./Desk.tsx');
