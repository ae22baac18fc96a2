/** An address that is itself the secret; null: it is no https address of these hosts. */
export const webhookAddress = (
  text: string | undefined,
  isHost: (host: string) => boolean,
): URL | null => {
  const url = URL.parse(text ?? '');
  if (url?.protocol !== 'https:' || url.port !== '' || url.username !== '') return null;
  return isHost(url.hostname) ? url : null;
};
