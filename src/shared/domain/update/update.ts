/** Why a new version is not put in the place of the running one just now; the first that holds is told. */
export const updateObstacles = ['call', 'wrap_up', 'draft', 'ready'] as const;
export type UpdateObstacle = (typeof updateObstacles)[number];

/** What would suffer from a restart. */
export type DeskAtWork = {
  /** A call or a supervisor's line, in whatever state. */
  readonly inCall: boolean;
  readonly owesWrapUp: boolean;
  /** Something typed for a call that is not over. */
  readonly hasDraft: boolean;
  /** A queue may offer a call at any moment. */
  readonly isReachable: boolean;
};

/** null: nothing is lost by a restart. */
export const updateObstacle = (desk: DeskAtWork): UpdateObstacle | null => {
  if (desk.inCall) return 'call';
  if (desk.owesWrapUp) return 'wrap_up';
  if (desk.hasDraft) return 'draft';
  return desk.isReachable ? 'ready' : null;
};

/** Nobody has been at this machine for so long: whoever types a password is not interrupted. */
export const unusedForMs = 60_000;

/** Whether it is applied without being asked for: where nobody is signed in, since a restart ends the session. */
export const appliesByItself = (
  desk: DeskAtWork,
  { isSignedOut, unusedMs }: { readonly isSignedOut: boolean; readonly unusedMs: number },
): boolean => updateObstacle(desk) === null && isSignedOut && unusedMs >= unusedForMs;

/** What may go wrong; nothing is changed by any of it. */
export const updateFailures = [
  /** The feed does not answer, or answers no. */
  'feed_away',
  /** What it says cannot be read. */
  'feed_unreadable',
  /** Cut off, or not what the feed promised (SHA-512), or signed by somebody else. */
  'damaged',
  'disk_full',
  /** The program's file cannot be replaced by this user. */
  'not_writable',
  'failed',
] as const;
export type UpdateFailure = (typeof updateFailures)[number];

const messageOf = (thrown: unknown): string => (thrown instanceof Error ? thrown.message : '');
const codeOf = (thrown: unknown): string => {
  const code: unknown =
    typeof thrown === 'object' && thrown !== null ? Reflect.get(thrown, 'code') : undefined;
  return typeof code === 'string' ? code : '';
};

/** In our terms, from the codes of Node, Chromium (`net::ERR_…`) and the updater. */
export const updateFailureOf = (thrown: unknown): UpdateFailure => {
  const code = codeOf(thrown);
  const message = messageOf(thrown);
  const says = (pattern: RegExp): boolean => pattern.test(code) || pattern.test(message);
  if (says(/ENOSPC|EDQUOT|EFBIG|FILE_NO_SPACE/u)) return 'disk_full';
  if (says(/EACCES|EPERM|EROFS|ETXTBSY/u)) return 'not_writable';
  if (says(/CHECKSUM|CONTENT_LENGTH_MISMATCH|INCOMPLETE_CHUNKED|INVALID_SIGNATURE|sha512/iu)) {
    return 'damaged';
  }
  if (says(/INVALID_UPDATE_INFO|INVALID_VERSION|NO_FILES|YAMLException|no files/iu)) {
    return 'feed_unreadable';
  }
  if (
    says(/net::ERR_|ECONN|ETIMEDOUT|ENOTFOUND|HTTP_ERROR|LATEST_VERSION|CHANNEL_FILE|HttpError/iu)
  ) {
    return 'feed_away';
  }
  return 'failed';
};

/** What the feed says is new, for people to read: without markup, cut short. */
export const releaseText = (notes: unknown): string => {
  const text = Array.isArray(notes)
    ? notes
        .map((note: unknown) =>
          typeof note === 'object' && note !== null ? String(Reflect.get(note, 'note') ?? '') : '',
        )
        .join('\n')
    : typeof notes === 'string'
      ? notes
      : '';
  return text
    .replaceAll(/<[^>]*>/gu, '')
    .replaceAll(/[^\P{C}\n]/gu, '')
    .trim()
    .slice(0, 4_000);
};
