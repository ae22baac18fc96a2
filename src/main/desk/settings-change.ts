import type { Refusal } from '../../shared/ipc/contract.ts';
import type { DeskSnapshot, Settings } from '../../shared/ipc/desk.ts';
import { failure, success, type Result } from '../../shared/result.ts';

/** A backend's address as typed: https, or http for a local network; without path, user or query. */
export const isBackendUrl = (text: string): boolean => {
  if (!URL.canParse(text)) return false;
  const url = new URL(text);
  return (
    (url.protocol === 'https:' || url.protocol === 'http:') &&
    url.username === '' &&
    url.password === '' &&
    url.search === '' &&
    url.hash === ''
  );
};

/** Whether the change may be made now. */
export const settingsRefusal = (
  change: Partial<Settings>,
  session: DeskSnapshot['session'],
): Result<null, Refusal> => {
  const { backendUrl } = change;
  if (backendUrl === undefined) return success(null);
  if (session.state !== 'signed_out') {
    return failure({ code: 'conflict', detail: 'Sign out before moving to another backend' });
  }
  if (backendUrl !== '' && !isBackendUrl(backendUrl)) {
    return failure({ code: 'invalid', detail: 'backendUrl' });
  }
  return success(null);
};
