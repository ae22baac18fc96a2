import type { DeskSnapshot } from '../../shared/ipc/desk.ts';

const mostWatched = 200;

/**
 * Whose phones the phone itself watches: the favourites among colleagues, where no PBX port tells the backend who is
 * there. Otherwise nobody's: the backend knows more.
 */
export const watchedExtensions = ({
  session,
  pbx,
}: Pick<DeskSnapshot, 'session' | 'pbx'>): readonly string[] =>
  session.state !== 'signed_in' || pbx?.state !== 'absent'
    ? []
    : session.favourites
        .filter(({ kind, target }) => kind === 'agent' && /^[0-9]{2,8}$/u.test(target))
        .map(({ target }) => target)
        .slice(0, mostWatched);
